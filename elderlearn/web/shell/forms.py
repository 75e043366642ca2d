"""Reading forms by hand: every value becomes a clean string, and all complaints are collected."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from litestar import Request

from elderlearn.locale import _
from elderlearn.web.shell.whence import FIELD, remember_page

LIMIT = 200  # signs a single-line field may hold when nothing else is said
BIGGEST = 2**31 - 1  # what an integer column takes
EXAMPLE_OF_BIRTH = "19500307"
A_DATE = re.compile(
    r"([0-9]{4})\s*[-./,\u3001\u3002\u5e74 ]\s*([0-9]{1,2})\s*[-./,\u3001\u3002\u6708 ]"
    r"\s*([0-9]{1,2})\s*[\u65e5\u53f7.\u3002]?"
)
EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
WHOLE = re.compile(r"[+-]?[0-9]{1,20}")


@dataclass
class Form:
    """What was typed, and what is wrong with it. Falsy errors mean: go ahead."""

    typed: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, **values: object) -> Form:
        """A form filled beforehand; none stays empty."""
        return cls({name: ["" if value is None else str(value)] for name, value in values.items()})

    @property
    def is_good(self) -> bool:
        """Nothing to complain about."""
        return not self.errors

    def complain(self, name: str, sentence: str) -> None:
        """The first complaint about a field stays; `name` may be any field on the page."""
        self.errors.setdefault(name, sentence)

    def value(self, name: str) -> str:
        """What to show in the field: as typed."""
        return (self.typed.get(name) or [""])[0]

    def has(self, name: str, value: str) -> bool:
        """This box is ticked or this option chosen."""
        return value in self.typed.get(name, [])

    def many(self, name: str) -> list[str]:
        """All values of ticked boxes with one name."""
        return [value for value in self.typed.get(name, []) if value]

    def ticked(self, name: str) -> bool:
        """A single box."""
        return bool(self.value(name))

    def text(self, name: str, *, limit: int = LIMIT, need: str | None = None) -> str:
        """The words of a field; `need` is the sentence when they are missing."""
        value = self.value(name)
        if not value and need:
            self.complain(name, need)
        if len(value) > limit:
            self.complain(name, _("Please use at most %(limit)s characters.", limit=limit))
        return value[:limit]

    def number(self, name: str, *, low: int = 0, high: int = BIGGEST, need: str | None = None) -> int | None:
        """A whole number in `low`..`high`; full-width digits are fine."""
        value = self.text(name, need=need)
        if not value:
            return None
        digits = unicodedata.normalize("NFKC", value).replace(",", "")
        if not WHOLE.fullmatch(digits):
            self.complain(name, _("Please write a whole number, in figures only."))
        elif not low <= int(digits) <= high:
            self.complain(name, _("Please write a number from %(low)s to %(high)s.", low=low, high=high))
        else:
            return int(digits)
        return None

    def day(self, name: str, *, need: str | None = None, example: str = "2026-11-24") -> date | None:
        """A date as browsers send it (2026-11-24), or as people type it: 2026.11.24, 20261124, in Chinese,
        in full-width digits. `example` is the one the field's hint gives."""
        value = self.text(name, need=need)
        if not value:
            return None
        typed = unicodedata.normalize("NFKC", value)
        found = A_DATE.fullmatch(typed) or EIGHT_DIGITS.fullmatch(typed)
        if found is None:
            self.complain(name, _("Please write year, month and day, for example %(example)s.", example=example))
            return None
        try:
            return date(*(int(part) for part in found.groups()))
        except ValueError:
            self.complain(name, _("There is no such day. Please look at the month and the day again."))
            return None

    def choice(self, name: str, allowed: Collection[str], *, need: str | None = None) -> str | None:
        """One of `allowed`; anything else counts as not chosen."""
        value = self.value(name)
        if value in allowed:
            return value
        if need or value:
            self.complain(name, need or _("Please choose one of these."))
        return None


async def read_form(request: Request[Any, Any, Any]) -> Form:
    """The posted form: stripped, without NUL, files left out."""
    posted = await request.form()
    typed = _strings(posted.multi_items())
    remember_page(request, "".join(typed.pop(FIELD, [])))
    return Form(typed)


def read_query(request: Request[Any, Any, Any]) -> Form:
    """The same for a search that is sent by GET."""
    return Form(_strings(request.query_params.multi_items()))


def _strings(items: Any) -> dict[str, list[str]]:
    typed: dict[str, list[str]] = {}
    for name, value in items:
        if isinstance(value, str):
            typed.setdefault(name, []).append(value.replace("\x00", "").strip())
    return typed
