"""Lists to look through: what is asked stands in the address, so that it can be kept and sent."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlencode

from elderlearn.web.shell.forms import Form

A_PAGE = 20
LAST_PAGE = 100_000
LONGEST = 300  # of one filter; a scanned code with its address fits

_instead: ContextVar[str] = ContextVar("first_page_instead", default="")


def note_page_asked(path: str, query: str) -> None:
    """Remembers, while a page is drawn, the first page of the list when a later one was asked for."""
    asked = dict(parse_qsl(query))
    later = asked.pop("page", "1") not in ("", "0", "1")
    _instead.set(path + (f"?{urlencode(asked)}" if asked else "") if later else "")


def is_no_page(query: str) -> bool:
    """The address asks for a page that no list has: none of 1, 2, 3 …"""
    asked = dict(parse_qsl(query)).get("page", "1")
    return not (asked.isascii() and asked.isdecimal() and int(asked[:9]))


def first_page_instead() -> str:
    """For lists that found nothing: where they begin, when nothing is on this page because it is past the end."""
    return _instead.get()


@dataclass(frozen=True)
class Look:
    """One look at a list: `given` are the filters as typed, `number` the page from 1."""

    path: str
    given: Mapping[str, str]
    number: int

    @classmethod
    def of(cls, path: str, form: Form, names: Collection[str]) -> Self:
        """From the address; what cannot be a page number is the first page."""
        typed = form.value("page")
        number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 7 else 1
        given = {name: form.value(name)[:LONGEST] for name in names if form.value(name)}
        return cls(path, given, min(max(number, 1), LAST_PAGE))

    def one_of(self, name: str, allowed: Collection[str], otherwise: str) -> str:
        """The filter when it is one of these; anything else counts as not chosen."""
        found = self.given.get(name, "")
        return found if found in allowed else otherwise

    @property
    def offset(self) -> int:
        """How many rows stand on earlier pages."""
        return A_PAGE * (self.number - 1)

    @property
    def earlier(self) -> str:
        """The page before, or nothing."""
        return self.address(page=self.number - 1) if self.number > 1 else ""

    def later(self, how_many: int) -> str:
        """The page after, or nothing."""
        return self.address(page=self.number + 1) if how_many > A_PAGE * self.number else ""

    def last(self, how_many: int) -> str:
        """The last page of so many rows."""
        return self.address(page=max(1, -(-how_many // A_PAGE)))

    def address(self, **changes: object) -> str:
        """This look with something else; a changed filter begins at the first page."""
        asked = {**self.given, **{name: str(value) for name, value in changes.items() if value is not None}}
        if asked.get("page") == "1":
            del asked["page"]
        query = urlencode({name: value for name, value in asked.items() if value})
        return self.path + (f"?{query}" if query else "")
