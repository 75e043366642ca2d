"""A name, a year, and she is here; or nothing at all."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.people.cards import issue_blank
from elderlearn.people.queries import person
from elderlearn.people.residents import NewResident
from elderlearn.stewardship.perhaps_known import Known
from elderlearn.stewardship.walk_in import Answer, AskFirst, WalkedIn, walk_in
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


async def come(session_id: int, new: NewResident, **how: Any) -> WalkedIn:
    """Written down without a question."""
    came = await walk_in(session_id, new, **how)
    assert isinstance(came, WalkedIn)
    return came


async def ask(session_id: int, new: NewResident, **how: Any) -> tuple[Known, ...]:
    """The leader is asked first."""
    came = await walk_in(session_id, new, **how)
    assert isinstance(came, AskFirst)
    return came.people


async def test_she_is_registered_and_here(hall: Hall) -> None:
    came = await come(hall.session_ids[0], mei(hall), by=hall.by)
    assert came.is_new and came.card_number is not None
    assert await attendances() == [(hall.session_ids[0], came.resident_id)]
    her = await person(came.resident_id)
    assert (her.name, her.born_precision, her.verified) == ("陈梅", "year", "desk")
    assert not await differences()


async def test_the_same_form_sent_twice_at_once_is_one_person(hall: Hall) -> None:
    form = uuid4()
    came = await asyncio.gather(*(come(hall.session_ids[0], mei(hall), by=hall.by, form=form) for _ in range(4)))
    assert len({one.resident_id for one in came}) == 1 and sum(one.is_new for one in came) == 1
    assert len(await attendances()) == 1
    went_back = await come(hall.session_ids[0], replace(mei(hall), born_year=1954), by=hall.by, form=form)
    assert went_back.is_new and len(await attendances()) == 2


async def forms_of_one_process(session_id: int, staff_id: int, new: NewResident, form: UUID) -> list[int]:
    by = Actor("staff", staff_id, "leader")
    came = await asyncio.gather(*(come(session_id, new, by=by, form=form) for _ in range(3)))
    return [one.resident_id for one in came]


async def test_forms_that_reach_several_nodes_are_one_person(hall: Hall, database: Database) -> None:
    values = hall.session_ids[0], hall.leader.id, mei(hall), uuid4()
    came = await in_processes(forms_of_one_process, database.url, *values)
    assert len(came) == 3 * PROCESSES and len(set(came)) == 1
    assert not await differences()


async def test_without_the_lock_two_taps_are_two_people(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what the lock on the leader is for."""
    both_looked, look = asyncio.Barrier(2), walk_in_file.perhaps_known

    async def look_together(*looked_for: Any, **how: Any) -> Any:
        found = await look(*looked_for, **how)
        await asyncio.wait_for(both_looked.wait(), 10)
        return found

    async def unlocked(statement: str, *values: Any) -> Any:
        return None if "FROM staff" in statement else await value(statement, *values)

    form = uuid4()
    monkeypatch.setattr(walk_in_file, "perhaps_known", look_together)
    monkeypatch.setattr(walk_in_file, "value", unlocked)
    came = await asyncio.gather(*(come(hall.session_ids[0], mei(hall), by=hall.by, form=form) for _ in range(2)))
    assert len({one.resident_id for one in came}) == 2


async def test_a_namesake_on_her_lists_is_asked_about_and_ticked(hall: Hall) -> None:
    known = await standing.resident(hall.places.community, name="陈梅", born_on=date(1953, 12, 31))
    assert (await come(hall.session_ids[0], replace(mei(hall), born_year=1960), by=hall.by)).is_new
    await record_sheet(hall.session_ids[0], [known.resident_id], by=hall.by)
    [one] = await ask(hall.session_ids[1], mei(hall), by=hall.by)
    assert (one.resident_id, one.is_seen, one.born_year, one.came_at) == (known.resident_id, True, 1953, None)
    assert len(one.number_ends) == 4
    with pytest.raises(Missing):
        await walk_in(hall.session_ids[1], mei(hall), by=hall.by, answer=Answer(same=hall.anna.resident_id))
    form = uuid4()
    for _ in range(2):
        same = await come(hall.session_ids[1], mei(hall), by=hall.by, answer=Answer(known.resident_id), form=form)
    assert (same.resident_id, same.card_number, same.is_new) == (known.resident_id, None, False)
    assert (hall.session_ids[1], known.resident_id) in await attendances()
    other = await come(hall.session_ids[1], mei(hall), by=hall.by, answer=Answer(other=True))
    assert other.is_new and other.resident_id != known.resident_id


async def test_of_a_stranger_with_this_telephone_nothing_is_told_but_that_she_is_there(hall: Hall) -> None:
    stranger = await standing.resident(hall.places.other_community, name="陈梅", phone="13800138000")
    hers = replace(mei(hall), phone="138 0013 8000")
    assert await ask(hall.session_ids[0], hers, by=hall.by) == (Known(stranger.resident_id, False),)
    daughter = await come(hall.session_ids[0], replace(hers, name="陈小梅"), by=hall.by)
    assert daughter.is_new, "families share a telephone"
    away = await standing.place_tree("330110", "余杭区")
    await standing.resident(away.community, name="陈大梅", phone="13800138000")
    assert (await come(hall.session_ids[0], replace(hers, name="陈大梅"), by=hall.by)).is_new


async def test_a_blank_card_handed_out_becomes_hers_with_what_was_scanned(hall: Hall) -> None:
    [blank] = await issue_blank(1, hall.places.district.id, by=CLI)
    assert (await hall.scan(blank.code)).verdict == "recorded"
    form = uuid4()
    for is_new in (True, False):
        came = await come(hall.session_ids[0], mei(hall), card=blank.number, by=hall.by, form=form)
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
    first = await come(hall.session_ids[0], mei(hall), card=blanks[0].number, by=hall.by)
    assert [
        one.resident_id for one in await ask(hall.session_ids[0], mei(hall), card=blanks[1].number, by=hall.by)
    ] == [first.resident_id]
    other = Answer(other=True)
    second = await come(hall.session_ids[0], mei(hall), card=blanks[1].number, by=hall.by, answer=other)
    assert [first.card_number, second.card_number] == [one.number for one in blanks]
    assert first.resident_id != second.resident_id and second.is_new


async def test_a_form_sent_again_with_a_card_added_ties_the_card_to_her(hall: Hall) -> None:
    used, blank = await issue_blank(2, hall.places.district.id, by=CLI)
    await hall.scan(used.code)
    form = uuid4()
    first = await come(hall.session_ids[0], mei(hall), by=hall.by, form=form)
    for wrong, code in (("12345678", "unknown_card"), (used.number, "card_was_used")):
        with pytest.raises(Refusal, match=code):
            await walk_in(hall.session_ids[0], mei(hall), card=wrong, by=hall.by, form=form)
    for _ in range(2):
        again = await come(hall.session_ids[0], mei(hall), card=blank.number, by=hall.by, form=form)
        assert (again.resident_id, again.is_new, again.has_card) == (first.resident_id, False, True)
        assert again.card_number == blank.number
