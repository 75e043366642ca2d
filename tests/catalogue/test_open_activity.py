"""An activity from nothing: everything at once, once, and only where she may."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.activities import hosts_of, last_activities, venues_around
from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.leaders import leads_run
from elderlearn.catalogue.open_activity import NewActivity, open_activity
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.session_queries import session_card
from elderlearn.catalogue.venues import add_venue, end_venue
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, value
from tests import people_standing as standing
from tests.catalogue.runs_standing import an_organisation, open_run
from tests.conftest import Database
from tests.people.processes import PROCESSES, in_processes
from tests.people_standing import CLI, Places, StandingStaff

open_activity_file = importlib.import_module("elderlearn.catalogue.open_activity")


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def a_leader_and_hall(places: Places, **organisation: str) -> tuple[StandingStaff, NewActivity]:
    leader = await standing.leader(places.street)
    hall = await an_organisation(places.community, **organisation)
    return leader, NewActivity(hall, "茶话会", "activity", Times(now(), now() + timedelta(minutes=90)))


async def test_course_run_session_and_leader_are_there_at_once(places: Places) -> None:
    leader, new = await a_leader_and_hall(places)
    opened = await open_activity(new, by=leader.by("leader"))
    run = await run_card(opened.run_id)
    assert (run.title, run.kind, run.entry, run.course_state) == ("茶话会", "activity", "drop_in", "released")
    assert (await session_card(opened.session_id)).run_id == opened.run_id
    assert await leads_run(leader.id, opened.run_id)
    noted = await rows("SELECT action FROM trail WHERE actor_id = $1 ORDER BY id", leader.id)
    assert [one["action"] for one in noted] == ["add_course", "add_run"]


async def test_a_double_tap_opens_it_once_and_next_week_it_is_the_same_course(places: Places) -> None:
    leader, new = await a_leader_and_hall(places)
    by = leader.by("leader")
    taps = await asyncio.gather(*(open_activity(new, by=by) for _ in range(4)))
    assert len({one.session_id for one in taps}) == 1 and sum(one.is_new for one in taps) == 1
    later = replace(
        new, times=Times(new.times.starts_at + timedelta(days=7), new.times.ends_at + timedelta(days=7))
    )
    assert (await open_activity(later, by=by)).is_new
    assert await value("SELECT count(*) FROM course") == 1
    assert await value("SELECT count(*) FROM course_run") == 2


async def taps_of_one_process(leader_id: int, organisation_id: int, starts_at: datetime) -> list[int]:
    new = NewActivity(organisation_id, "茶话会", "activity", Times(starts_at, starts_at + timedelta(minutes=90)))
    by = Actor("staff", leader_id, "leader")
    return [one.session_id for one in await asyncio.gather(*(open_activity(new, by=by) for _ in range(3)))]


async def test_taps_that_reach_several_nodes_open_it_once(places: Places, database: Database) -> None:
    leader, new = await a_leader_and_hall(places)
    values = leader.id, new.organisation_id, new.times.starts_at
    opened = await in_processes(taps_of_one_process, database.url, *values)
    assert len(opened) == 3 * PROCESSES and len(set(opened)) == 1


async def test_without_the_lock_two_taps_open_two(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what the lock on the leader is for."""
    leader, new = await a_leader_and_hall(places)
    both_looked, look = asyncio.Barrier(2), open_activity_file._opened_before

    async def unlocked(by: Actor) -> int:
        assert by.id is not None
        return by.id

    async def look_together(*looked_for: Any) -> Any:
        found = await look(*looked_for)
        await asyncio.wait_for(both_looked.wait(), 10)
        return found

    monkeypatch.setattr(open_activity_file, "_hold_leader", unlocked)
    monkeypatch.setattr(open_activity_file, "_opened_before", look_together)
    taps = await asyncio.gather(*(open_activity(new, by=leader.by("leader")) for _ in range(2)))
    assert len({one.session_id for one in taps}) == 2


async def test_called_off_it_may_be_opened_anew(places: Places) -> None:
    leader, new = await a_leader_and_hall(places)
    first = await open_activity(new, by=leader.by("leader"))
    await rows("UPDATE session SET state = 'called_off' WHERE id = $1", first.session_id)
    again = await open_activity(new, by=leader.by("leader"))
    assert again.is_new and again.session_id != first.session_id


async def test_a_meeting_of_a_society_expects_its_members(places: Places) -> None:
    leader, new = await a_leader_and_hall(places, kind="society", name="合唱社团")
    meeting = replace(new, kind="meeting")
    with pytest.raises(Missing):  # not hers as long as she leads nothing there
        await open_activity(meeting, by=leader.by("leader"))
    course = await add_course(organisation_id=new.organisation_id, title="合唱", by=standing.CLI, release=True)
    await open_run(course, leaders=(leader.id,))
    opened = await open_activity(meeting, by=leader.by("leader"))
    assert (await run_card(opened.run_id)).entry == "members"


async def test_only_in_her_place_or_where_she_leads(places: Places) -> None:
    leader, new = await a_leader_and_hall(places)
    elsewhere = await standing.leader(places.other_street)
    for by in (elsewhere.by("leader"), (await standing.desk(places.street)).by(), standing.CLI):
        with pytest.raises(Missing):
            await open_activity(new, by=by)
    assert [one.id for one in await hosts_of(leader.id)] == [new.organisation_id]
    assert await hosts_of(elsewhere.id) == []
    await rows("UPDATE organisation SET ended_on = '2020-01-01'")
    with pytest.raises(Missing):
        await open_activity(new, by=leader.by("leader"))
    assert await value("SELECT count(*) FROM course") == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "class"}, "invalid_kind"),
        ({"title": " \u200b"}, "invalid_name"),
        ({"venue_id": 987654}, "unknown_venue"),
    ],
)
async def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    places: Places, change: dict[str, object], code: str
) -> None:
    leader, new = await a_leader_and_hall(places)
    with pytest.raises(Refusal, match=code):
        await open_activity(replace(new, **change), by=leader.by("leader"))  # type: ignore[arg-type]  # one field
    assert await value("SELECT count(*) FROM course") == 0


async def test_what_she_led_before_is_suggested_once(places: Places) -> None:
    leader, new = await a_leader_and_hall(places)
    for days in (0, 7):
        times = Times(new.times.starts_at + timedelta(days=days), new.times.ends_at + timedelta(days=days))
        await open_activity(replace(new, times=times), by=leader.by("leader"))
    suggested = await last_activities(leader.id)
    assert [(one.title, one.kind, one.organisation_id) for one in suggested] == [
        ("茶话会", "activity", new.organisation_id)
    ]


async def test_rooms_of_the_street_are_offered_and_kept(places: Places) -> None:
    leader, new = await a_leader_and_hall(places)
    for place, name in (
        (places.next_community, "隔壁"),
        (places.community, "文化礼堂"),
        (places.other_street, "外街"),
    ):
        await rows(
            "INSERT INTO venue (district, place, name) VALUES ($1, $2, $3)", place.district_id, place.id, name
        )
    rooms = await venues_around(new.organisation_id)
    assert [one.name for one in rooms] == ["文化礼堂", "隔壁"]
    opened = await open_activity(replace(new, venue_id=rooms[0].id), by=leader.by("leader"))
    assert (await session_card(opened.session_id)).venue == "文化礼堂"


async def test_a_room_that_has_ended_is_not_used(places: Places, database: Database) -> None:
    leader, new = await a_leader_and_hall(places)
    room = await add_venue(name="Room 1", address="", capacity=None, place_code=places.community.code, by=CLI)
    await end_venue(room, today(), by=CLI)
    with pytest.raises(Refusal, match="unknown_venue"):
        await open_activity(replace(new, venue_id=room), by=leader.by("leader"))
