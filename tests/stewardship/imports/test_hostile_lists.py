"""Whatever stands in the cells: good lines and faults, never an exception; every reason has its sentence."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elderlearn.catalogue.run_lines import read_runs
from elderlearn.checkin.attendance_lines import AttendanceLines
from elderlearn.cli._import_reasons import REASONS, REMARKS, sentence
from elderlearn.ground.clock import today
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.ground.spreadsheets.sheet import Sheet
from elderlearn.people.resident_lines import ResidentLines
from elderlearn.places.check_places import check_places
from elderlearn.places.import_place_list import read_places
from elderlearn.places.import_population import read_figures
from elderlearn.stewardship.enrolment_lines import EnrolmentLines
from elderlearn.stewardship.imports.kinds import KINDS
from tests.ground.spreadsheets.workbooks import csv_of, workbook
from tests.people.test_import_residents import BOOK
from tests.people_standing import CLI

CODE = Path(__file__).parents[3] / "elderlearn"
WHERE_THE_REASON_STANDS = {"Fault": (3,), "Unsafe": (0,), "_nothing": (0,), "_fault": (3,)}
EXAMPLES = sorted({one.example for kind in KINDS.values() for one in kind.layout.columns if one.example})
ANYTHING = st.one_of(
    st.text(max_size=10),
    st.integers(-(10**18), 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(min_value=date(1900, 1, 1)),
    st.none(),
    st.sampled_from([one.removeprefix("(示例)") for one in EXAMPLES]),
)


def read_lines(kind: str, sheet: Sheet) -> tuple[int, list[Any]]:
    """How many good lines, and the faults."""
    if kind == "places":
        numbered, faults = read_places(sheet, BOOK.by_id[1])
        good, bad = check_places(numbered, set(BOOK.by_code))
        return len(good), [*faults, *bad]
    if kind == "population":
        figures, faults = read_figures(sheet, BOOK)
        return len(figures), faults
    if kind == "courses":
        runs, faults = read_runs(sheet, BOOK, BOOK.by_id[2])
        return len(runs), faults
    if kind == "enrolments":
        seats = EnrolmentLines(sheet, BOOK, today=today(), by=CLI)
        seats.check(sheet.rows)
        return len(seats.seats), seats.faults
    lines: Any = AttendanceLines(sheet, BOOK, today=today(), by=CLI)
    if kind == "residents":
        lines = ResidentLines(sheet, BOOK, today=today(), by=CLI, within=BOOK.by_id[2])
    lines.check(sheet.rows)
    return len(lines.good), lines.faults


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_lists_give_lines_or_faults(kind: str) -> None:
    columns = KINDS[kind].layout.columns
    head = [one.names[0] for one in columns]
    row = st.lists(ANYTHING, min_size=len(head), max_size=len(head))

    @settings(max_examples=60)
    @given(st.lists(row, max_size=4), st.booleans())
    def reads(rows: list[list[Any]], is_workbook: bool) -> None:
        sheet = read_sheet(workbook([head, *rows]) if is_workbook else csv_of([head, *rows]), KINDS[kind].layout)
        good, faults = read_lines(kind, sheet)
        assert good or faults or not sheet.rows
        assert all(sentence(one) for one in (*sheet.faults, *faults))

    reads()


@pytest.mark.parametrize("kind", KINDS)
def test_the_row_of_the_template_is_one_that_would_be_good(kind: str) -> None:
    columns = KINDS[kind].layout.columns
    row = [one.example.removeprefix("(示例)") for one in columns]
    sheet = read_sheet(workbook([[one.names[0] for one in columns], row]), KINDS[kind].layout)
    good, faults = read_lines(kind, sheet)
    assert {one.reason for one in faults} <= {"unknown_place", "unknown_parent"} and (good or faults)


def test_every_reason_has_a_sentence() -> None:
    found = {reason for path in CODE.rglob("*.py") for reason in reasons_in(path)}
    assert len(found) > 40
    assert found - set(REASONS) - set(REMARKS) == set()


def reasons_in(path: Path) -> set[str]:
    found = set()
    for call in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        named = getattr(call.func, "id", getattr(call.func, "attr", ""))
        # cells.fault(key, reason, also) and sheet.fault(line, key, value, reason, also)
        own = (3 if len(call.args) > 3 else 1,) if named == "fault" else ()
        for at in own or WHERE_THE_REASON_STANDS.get(named, ()):
            if at < len(call.args):
                found |= {one.value for one in ast.walk(call.args[at]) if is_reason(one)}  # type: ignore[attr-defined]
    return found


def is_reason(node: ast.AST) -> bool:
    """A word in lower case; column names stand in other places of the same calls."""
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.replace("_", "").isalpha()
