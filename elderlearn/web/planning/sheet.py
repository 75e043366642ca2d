"""A plain form: its fields one below the other, and one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from litestar import Response

from elderlearn.places.queries import PlaceRow
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import AnyRequest, page

Group = tuple[str, Sequence[tuple[str, str]]]


@dataclass(frozen=True)
class Field:
    """`kind`: text, long, number, date, select, choice. A select begins empty with `first`; its options may stand
    in `groups`. Fields of one `row` stand side by side where there is room."""

    name: str
    label: str
    kind: str = "text"
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()
    optional: bool = False
    limit: int = 100
    first: str = ""
    groups: Sequence[Group] = ()
    row: str = ""


@dataclass(frozen=True)
class Sheet:
    """The page around the fields; `is_end` warns by colour."""

    title: str
    fields: Sequence[Field]
    button: str
    back: str
    back_text: str
    lead: str = ""
    is_end: bool = False

    @property
    def rows(self) -> list[list[Field]]:
        """The fields by row."""
        rows: list[list[Field]] = []
        for field in self.fields:
            if rows and field.row and rows[-1][0].row == field.row:
                rows[-1].append(field)
            else:
                rows.append([field])
        return rows


def show(request: AnyRequest, sheet: Sheet, form: Form) -> Response[str]:
    """The form as it stands; with complaints it is a 422."""
    return page(request, "planning/form.html", status=200 if form.is_good else 422, sheet=sheet, form=form)


def name_field(label: str, limit: int = 100) -> Field:
    """The first field of most sheets."""
    return Field("name", label, limit=limit)


def place_options(places: Sequence[PlaceRow]) -> list[tuple[str, str]]:
    """Places by code; communities stand indented below their street."""
    return [(one.code, ("\u3000" if one.level == "community" else "") + one.name) for one in places]
