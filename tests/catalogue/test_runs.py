from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from elderlearn.catalogue.leaders import end_leader, leads_run, make_leader
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.runs import add_run
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.session_queries import sessions_of
from elderlearn.catalogue.terms import add_term
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import HOUR, a_course, an_organisation, open_run, weeks
from tests.conftest import Database
from tests.people_standing import CLI

EVENING = datetime(2025, 12, 30, 17, tzinfo=UTC)  # already the 31st in Shanghai


async def test_session_ids_come_back_in_the_order_given(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places.community)
    given = tuple(reversed(weeks(5)))
    added = await open_run(course, sessions=given)
    stored = {one.id: one.starts_at for one in await sessions_of(added.run_id)}
    assert [stored[id] for id in added.session_ids] == [one.starts_at for one in given]


async def test_the_run_sums_up_its_sessions_and_opens_their_years(database: Database) -> None:
    places = await standing.place_tree()
    sessions = (Times(EVENING, EVENING + 2 * HOUR), *weeks(2, start=EVENING + timedelta(days=7)))
    added = await open_run(await a_course(places.street), sessions=sessions)
    card = await run_card(added.run_id)
    assert (card.sessions_count, card.planned_minutes) == (3, 360)
    assert (card.first_on, card.last_on) == (date(2025, 12, 31), date(2026, 1, 14))
    assert card.ends_at == sessions[-1].ends_at
    labels = await database.fetch("SELECT label FROM stat_period WHERE district = $1", places.district.id)
    assert sorted(one["label"] for one in labels) == ["2025", "2026"]


async def test_a_drop_in_lecture_has_no_seats_and_is_worth_ninety_minutes(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(
        await a_course(places.district), entry="drop_in", kind="lecture", sessions=weeks(1, length=4 * HOUR)
    )
    card = await run_card(added.run_id)
    assert (card.seats, card.opens_at, card.closes_at, card.planned_minutes) == (None, None, None, 90)
    (session,) = await sessions_of(added.run_id)
    assert (session.credited_minutes, session.kind, session.entry) == (90, "lecture", "drop_in")


async def test_what_is_unknown_is_refused_and_nothing_is_left(database: Database) -> None:
    places, other = await standing.place_tree(), await standing.place_tree("330199", "邻区")
    course = await a_course(places.community)
    term = await add_term(
        district_code=other.district.code, name="秋季", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31),
        limit_per_person=2, by=CLI,
    )  # fmt: skip
    stranger = await standing.leader(other.community)
    for change, code in (
        ({"places": ("999999999999",)}, "unknown_place"),
        ({"term_id": term}, "unknown_term"),
        ({"leaders": (stranger.id,)}, "unknown_leader"),
    ):
        with pytest.raises(Refusal) as refused:
            await open_run(course, **change)
        assert refused.value.code == code
    with pytest.raises(Missing):
        await add_run(NewRun(course_id=2**40, sessions=weeks(1), entry="drop_in"), by=CLI)
    assert await database.value("SELECT count(*) FROM course_run") == 0
    assert await database.value("SELECT count(*) FROM session") == 0


async def test_a_run_is_kept_for_places_and_a_term(database: Database) -> None:
    places = await standing.place_tree()
    term = await add_term(
        district_code=places.district.code, name="秋季", starts_on=date(2026, 9, 1), ends_on=date(2027, 1, 31),
        limit_per_person=2, by=CLI,
    )  # fmt: skip
    added = await open_run(
        await a_course(places.community), term_id=term, places=(places.street.code, places.street.code)
    )
    card = await run_card(added.run_id)
    assert (card.term_id, card.places) == (term, (places.street.id,))


async def test_leaders_are_made_and_ended_and_twice_is_the_same(database: Database) -> None:
    places = await standing.place_tree()
    leader = await standing.leader(places.community)
    added = await open_run(await a_course(places.community))
    assert not await leads_run(leader.id, added.run_id)
    await make_leader(added.run_id, leader.id, by=CLI)
    await make_leader(added.run_id, leader.id, by=CLI)
    assert await leads_run(leader.id, added.run_id)
    for _ in range(2):
        await end_leader(added.run_id, leader.id, by=CLI)
    assert not await leads_run(leader.id, added.run_id)
    noted = await database.fetch("SELECT action FROM trail WHERE action LIKE '%leader' ORDER BY id")
    assert [one["action"] for one in noted] == ["make_leader", "end_leader"]


async def test_an_organisation_stands_at_any_level_and_its_district_follows(database: Database) -> None:
    places = await standing.place_tree()
    for place in (places.district, places.street, places.community):
        id = await an_organisation(place)
        found = await database.fetch("SELECT district, place FROM organisation WHERE id = $1", id)
        assert tuple(found[0]) == (places.district.id, place.id)


async def test_each_new_thing_leaves_a_trail_of_who_and_where_from(database: Database) -> None:
    places = await standing.place_tree()
    await open_run(await a_course(places.community))
    trail = await database.fetch("SELECT action, door, district FROM trail WHERE subject <> 'staff' ORDER BY id")
    assert [tuple(one) for one in trail][-3:] == [
        (action, "cli", places.district.id) for action in ("add_organisation", "add_course", "add_run")
    ]
