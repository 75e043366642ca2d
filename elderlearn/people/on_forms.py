"""Who is meant by the lines of a list: each a registration number, or a name, as it stands on a paper form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from elderlearn.people.search import FoundPerson, find_people

MOST_CHOICES = 6  # of one name; more are told apart by their number
LONGEST_LINE = 60
COUNTED = re.compile(r"\s*[0-9]{1,2}\s*[.)\u3001\uff0e\uff09]\s*")  # "12." before the name


@dataclass(frozen=True)
class OnForm:
    """One line as typed and whom it may mean. `why_not`: unknown, elsewhere (of another street), too_many; or
    twice, when `same_as` is the line that named her first."""

    number: int
    typed: str = field(repr=False)
    people: list[FoundPerson]
    why_not: str = ""
    same_as: int | None = None


def lines_of(text: str) -> list[str]:
    """The lines with something in them, without what counts them."""
    lines = [COUNTED.sub("", line, count=1).strip() for line in text.splitlines()]
    return [line for line in lines if line]


async def people_on_forms(lines: Sequence[str], *, place_id: int, district_id: int) -> list[OnForm]:
    """For each line those at home in the place who may be meant, in the order of the lines."""
    found: list[OnForm] = []
    first: dict[int, int] = {}
    for number, line in enumerate(lines, 1):
        one = await _on_form(number, line, place_id, district_id)
        if len(one.people) == 1:
            same_as = first.setdefault(one.people[0].id, number)
            if same_as != number:
                one = OnForm(number, line, one.people, "twice", same_as)
        found.append(one)
    return found


async def _on_form(number: int, line: str, place_id: int, district_id: int) -> OnForm:
    found = await find_people(line, place_id=place_id, district_id=district_id, limit=MOST_CHOICES + 1)
    there = [one for one in found.people if one.state != "died"]
    named = [one for one in there if one.name == line]  # a longer name begins with the same characters
    people = named or there
    if not people:
        return OnForm(number, line, [], "elsewhere" if found.elsewhere else "unknown")
    return OnForm(number, line, [], "too_many") if len(people) > MOST_CHOICES else OnForm(number, line, people)
