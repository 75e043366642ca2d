"""Files to fill in: the headings of an import, and one row marked as sample."""

from __future__ import annotations

import csv
import io

import xlsxwriter

from elderlearn.ground.spreadsheets.layout import Layout

WIDTH = 18


def template_csv(layout: Layout) -> bytes:
    """UTF-8 with mark, as Excel and WPS open it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_headings(layout), _examples(layout)])
    return text.getvalue().encode("utf-8-sig")


def template_xlsx(layout: Layout) -> bytes:
    """Every column is formatted as text, so that no number loses its end."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        text = workbook.add_format({"num_format": "@"})
        bold = workbook.add_format({"num_format": "@", "bold": True})
        sheet.set_column(0, len(layout.columns) - 1, WIDTH, text)
        for number, (heading, example) in enumerate(zip(_headings(layout), _examples(layout), strict=True)):
            sheet.write_string(0, number, heading, bold)
            sheet.write_string(1, number, example, text)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def _headings(layout: Layout) -> list[str]:
    return [f"{one.names[0]}*" if one.required else one.names[0] for one in layout.columns]


def _examples(layout: Layout) -> list[str]:
    return [one.example for one in layout.columns]
