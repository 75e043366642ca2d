"""People of the sample with their cards: one half meets the product, the other the floor."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.checkin.resum import resum
from elderlearn.enrolment.enrolled_period import resum as resum_enrolled
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.card_keys import card_keys
from elderlearn.people.codes import code_for
from elderlearn.people.hold import hold_people

AT_ONCE = 2000


@dataclass(frozen=True)
class Person:
    """Somebody with a card and its code."""

    resident_id: int
    code: str


async def two_halves() -> tuple[list[Person], list[Person]]:
    """Everybody with a card, in no order but always the same; the second half is the floor's.

    So what the floor writes past every rule stays with people of its own and can be put right.
    """
    keys = card_keys()
    found = await rows(
        """SELECT c.resident, c.key_id, c.secret_id FROM card c JOIN resident r ON r.id = c.resident
        WHERE c.state = 'active' AND r.state = 'active' ORDER BY c.secret_id"""
    )
    people = [
        Person(one["resident"], code_for(one["key_id"], one["secret_id"], keys[one["key_id"]])) for one in found
    ]
    return people[::2], people[1::2]


async def put_right(people: list[Person]) -> None:
    """The sums of these people fit their rows again: the floor knows no caps and no rule."""
    ids = sorted(one.resident_id for one in people)
    for at in range(0, len(ids), AT_ONCE):
        some = ids[at : at + AT_ONCE]
        async with unit_of_work():
            await hold_people(some)
            await resum(some)
            await resum_enrolled(some)
