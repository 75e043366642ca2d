"""A name, a year, and she is here; or nothing at all."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import replace
from typing import Any

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.people.cards import issue_blank
from elderlearn.people.queries import person
from elderlearn.people.residents import NewResident
from elderlearn.stewardship.walk_in import walk_in
from tests import people_standing as standing
from tests.checkin.hall import Hall, a_hall, attendances, call_off
from tests.conftest import Database
from tests.people.processes import PROCESSES, in_processes
from tests.people_standing import CLI

walk_in_file = importlib.import_module("elderlearn.stewardship.walk_in")


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall()


def mei(hall: Hall) -> NewResident:
    return NewResident(name="陈梅", born_year=1953, place_code=hall.places.community.code)


async def test_she_is_registered_and_here(hall: Hall) -> None:
    came = await walk_in(hall.session_ids[0], mei(hall), by=hall.by)
    assert came.is_new and came.card_number is not None
    assert await attendances() == [(hall.session_ids[0], came.resident_id)]
    her = await person(came.resident_id)
    assert (her.name, her.born_precision, her.verified) == ("陈梅", "year", "desk")
    assert not await differences()


async def test_the_same_form_sent_twice_at_once_is_one_person(hall: Hall) -> None:
    came = await asyncio.gather(*(walk_in(hall.session_ids[0], mei(hall), by=hall.by) for _ in range(4)))
    assert len({one.resident_id for one in came}) == 1 and sum(one.is_new for one in came) == 1
    assert len(await attendances()) == 1
    await walk_in(hall.session_ids[0], replace(mei(hall), born_year=1954), by=hall.by)
    assert len(await attendances()) == 2


async def forms_of_one_process(session_id: int, staff_id: int, new: NewResident) -> list[int]:
    by = Actor("staff", staff_id, "leader")
    return [one.resident_id for one in await asyncio.gather(*(walk_in(session_id, new, by=by) for _ in range(3)))]


async def test_forms_that_reach_several_nodes_are_one_person(hall: Hall, database: Database) -> None:
    values = hall.session_ids[0], hall.leader.id, mei(hall)
    came = await in_processes(forms_of_one_process, database.url, *values)
    assert len(came) == 3 * PROCESSES and len(set(came)) == 1
    assert not await differences()


async def test_without_the_lock_two_taps_are_two_people(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what the lock on the leader is for."""
    both_looked, look = asyncio.Barrier(2), walk_in_file._same_form

    async def look_together(*looked_for: Any, **how: Any) -> Any:
        found = await look(*looked_for, **how)
        await asyncio.wait_for(both_looked.wait(), 10)
        return found

    async def unlocked(statement: str, *values: Any) -> Any:
        return None if "FROM staff" in statement else await value(statement, *values)

    monkeypatch.setattr(walk_in_file, "_same_form", look_together)
    monkeypatch.setattr(walk_in_file, "value", unlocked)
    came = await asyncio.gather(*(walk_in(hall.session_ids[0], mei(hall), by=hall.by) for _ in range(2)))
    assert len({one.resident_id for one in came}) == 2


async def test_somebody_registered_long_ago_is_never_taken_for_her(hall: Hall) -> None:
    other = await standing.resident(hall.places.community, name="陈梅", born_on=None)
    await rows("UPDATE resident SET registered_at = now() - interval '1 day', born_on = '1953-12-31'")
    await rows("UPDATE card SET tied_at = now() - interval '1 day'")
    await record_sheet(hall.session_ids[0], [other.resident_id], by=hall.by)
    assert (await walk_in(hall.session_ids[0], mei(hall), by=hall.by)).is_new


async def test_a_blank_card_handed_out_becomes_hers_with_what_was_scanned(hall: Hall) -> None:
    [blank] = await issue_blank(1, hall.places.district.id, by=CLI)
    assert (await hall.scan(blank.code)).verdict == "recorded"
    for is_new in (True, False):
        came = await walk_in(hall.session_ids[0], mei(hall), card=blank.number, by=hall.by)
        assert (came.card_number, came.is_new) == (blank.number, is_new)
    assert await attendances() == [(hall.session_ids[0], came.resident_id)]
    assert not await differences()


@pytest.mark.parametrize(("card", "code"), [("12345678", "unknown_card"), ("x", "unknown_card")])
async def test_with_a_wrong_card_nothing_is_written(hall: Hall, card: str, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        await walk_in(hall.session_ids[0], mei(hall), card=card, by=hall.by)
    await nothing_written(hall)


async def test_somebodys_card_is_not_given_away(hall: Hall) -> None:
    with pytest.raises(Refusal, match="card_not_blank"):
        await walk_in(hall.session_ids[0], mei(hall), card=hall.anna.card_code, by=hall.by)
    await nothing_written(hall)


async def test_at_a_called_off_session_nobody_is_registered(hall: Hall) -> None:
    await call_off(hall.session_ids[0])
    with pytest.raises(Refusal, match="called_off"):
        await walk_in(hall.session_ids[0], mei(hall), by=hall.by)
    await nothing_written(hall)


async def test_another_leader_registers_nobody_here(hall: Hall) -> None:
    other = await standing.leader(hall.places.community)
    with pytest.raises(Missing):
        await walk_in(hall.session_ids[0], mei(hall), by=other.by("leader"))
    await nothing_written(hall)


async def nothing_written(hall: Hall) -> None:
    assert await attendances() == []
    assert await value("SELECT count(*) FROM resident WHERE name = '陈梅'") == 0


async def test_two_of_one_name_and_year_with_a_card_each_are_two_people(hall: Hall) -> None:
    blanks = await issue_blank(2, hall.places.district.id, by=CLI)
    came = [await walk_in(hall.session_ids[0], mei(hall), card=one.number, by=hall.by) for one in blanks]
    assert [one.card_number for one in came] == [one.number for one in blanks]
    assert len({one.resident_id for one in came}) == 2 and all(one.is_new for one in came)


async def test_a_form_sent_again_with_a_card_added_is_still_one_person(hall: Hall) -> None:
    [blank] = await issue_blank(1, hall.places.district.id, by=CLI)
    first = await walk_in(hall.session_ids[0], mei(hall), by=hall.by)
    again = await walk_in(hall.session_ids[0], mei(hall), card=blank.number, by=hall.by)
    assert (again.resident_id, again.is_new) == (first.resident_id, False)
