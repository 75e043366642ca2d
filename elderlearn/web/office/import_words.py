"""Pure: what can be brought in, how it stands and what was counted, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elderlearn.locale import N_


@dataclass(frozen=True)
class KindWords:
    """`second` says what a row is, `before` what must be there already."""

    title: str
    second: str
    before: str


KINDS = {
    "places": KindWords(
        N_("Places"),
        N_("Streets and communities with their official codes, a row each."),
        N_("Nothing: this comes first. Places that are not in the file stay as they are."),
    ),
    "population": KindWords(
        N_("Number of elders"),
        N_("How many people of 60 and more live in a place, by year: what the rate is divided by."),
        N_("The places."),
    ),
    "residents": KindWords(
        N_("Register of residents"),
        N_("A row for each person, with the community she lives in."),
        N_("The places. Whoever is on the register already is not written twice, and nothing of hers is changed."),
    ),
    "courses": KindWords(
        N_("Courses with runs and sessions"),
        N_("A row for each run with its weekday, or for each single session."),
        N_("The places. Organisations that are not there yet are made when their kind is given."),
    ),
    "attendances": KindWords(
        N_("Attendances of this year so far"),
        N_("Who was where on which day, and for how many minutes: a row for each visit."),
        N_("The residents, and the organisations."),
    ),
}
STATES = {
    "waiting": (N_("Waits to be looked at"), "wait"),
    "checking": (N_("Is being looked at"), "wait"),
    "checked": (N_("Looked at; nothing is written yet"), "wait"),
    "writing": (N_("Is being written"), "wait"),
    "done": (N_("Brought in"), "done"),
    "failed": (N_("Did not work; nothing was written"), "no"),
    "cancelled": (N_("Called off; nothing was written"), "plain"),
}
# In the order in which they are shown.
COUNTS = {
    "added": N_("new"),
    "changed": N_("changed"),
    "organisations": N_("new organisations"),
    "courses": N_("new courses"),
    "runs": N_("new runs"),
    "sessions": N_("new sessions"),
    "attendances": N_("new attendances"),
    "unchanged": N_("there already"),
}


def counted(counts: Mapping[str, int] | None) -> list[tuple[str, int]]:
    """What stands in the numbers of a file, as message ids."""
    return [(words, (counts or {})[name]) for name, words in COUNTS.items() if name in (counts or {})]
