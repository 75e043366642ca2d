"""Pure: a long list of people on a phone: sixty at a time, or those who are looked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar
from urllib.parse import urlencode

from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.meant import is_meant

A_PART = 60  # about twelve screens of a phone
LONGEST = 60
FURTHEST = 10_000


class Listed(Protocol):
    """Somebody by name, with the last digits of her registration number."""

    @property
    def name(self) -> str: ...
    @property
    def number_ends(self) -> str: ...


One = TypeVar("One", bound=Listed)


@dataclass(frozen=True)
class Part(Generic[One]):
    """What is shown of `total`; `is_long` brings the field to search in. Addresses are empty where none is."""

    shown: list[One]
    total: int
    words: str
    number: int
    is_long: bool
    path: str
    who: str
    here: str
    earlier: str
    later: str


def part(people: Sequence[One], asked: Form, path: str, *, who: str = "") -> Part[One]:
    """As the address asks: `q` in the name, its spelling or at the end of the number; `page` from 1.

    `who` names the list where a page has several.
    """
    words = asked.value("q")[:LONGEST]
    found = [one for one in people if is_meant(one.name, one.number_ends, words)] if words else list(people)
    last = max(1, -(-len(found) // A_PART))
    typed = asked.value("page")
    number = (
        min(int(typed), last)
        if typed.isascii() and typed.isdecimal() and int(typed[:5]) > 0 and len(typed) < 6
        else 1
    )

    def address(page: int) -> str:
        chosen = {name: one for name, one in (("q", words), ("page", page)) if one and one != 1}
        return path + (f"?{urlencode(({'who': who} if who else {}) | chosen)}" if chosen or who else "")

    return Part(
        shown=found[(number - 1) * A_PART : number * A_PART],
        total=len(found),
        words=words,
        number=number,
        is_long=bool(words) or len(people) > A_PART,
        path=path,
        who=who,
        here=address(number),
        earlier=address(number - 1) if number > 1 else "",
        later=address(number + 1) if number < last else "",
    )
