"""A leader's runs and societies, asked for; a new member by her card; leaving on a day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.join_by_card import join_by_card
from elderlearn.catalogue.led_runs import runs_led_by
from elderlearn.catalogue.members import leave
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.societies import member, members_of, societies_led_by, society_led_by
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.people.cards import issue_blank, issue_card
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, an_organisation, open_run
from tests.conftest import Database
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


def at(days: int) -> tuple[Times, ...]:
    first = now() - HOUR + days * DAY
    return (Times(first, first + 2 * HOUR),)


async def test_runs_are_running_coming_or_over(places: Places) -> None:
    leader = await standing.leader(places.street)
    course = await a_course(places.community, title="太极拳")
    made = {}
    for phase, days in (("running", 0), ("coming", 2), ("over", -2)):
        made[phase] = (await open_run(course, sessions=at(days), leaders=(leader.id,))).run_id
    await open_run(course, sessions=at(0))
    for phase, run_id in made.items():
        assert [one.id for one in (await runs_led_by(leader.id, phase)).runs] == [run_id], phase
    assert [one.id for one in (await runs_led_by(leader.id, "over", words="星桥 太极")).runs] == [made["over"]]
    assert (await runs_led_by(leader.id, "over", words="100%")).runs == []


async def test_a_long_list_has_pages_and_may_be_sorted_by_title(places: Places) -> None:
    leader = await standing.leader(places.street)
    academy = await a_course(places.community, title="B")
    other = await a_course(places.community, title="A")
    late = await open_run(academy, sessions=at(2), leaders=(leader.id,))
    later = await open_run(other, sessions=at(4), leaders=(leader.id,))
    first = await runs_led_by(leader.id, "coming", limit=1)
    assert ([one.id for one in first.runs], first.has_more) == ([late.run_id], True)
    second = await runs_led_by(leader.id, "coming", limit=1, offset=1)
    assert ([one.id for one in second.runs], second.has_more) == ([later.run_id], False)
    by_title = await runs_led_by(leader.id, "coming", sort="title")
    assert [one.title for one in by_title.runs] == ["A", "B"]


async def test_a_society_is_hers_when_she_leads_a_run_of_it(places: Places) -> None:
    leader = await standing.leader(places.street)
    course = await a_course(places.community, kind="society", name="合唱社团")
    await an_organisation(places.community, kind="society", name="书画社团")
    run = await open_run(course, entry="members", seats=None, leaders=(leader.id,))
    society = await value("SELECT organisation FROM course_run WHERE id = $1", run.run_id)
    assert [(one.id, one.name, one.members) for one in await societies_led_by(leader.id)] == [
        (society, "合唱社团", 0)
    ]
    with pytest.raises(Missing):
        await society_led_by((await standing.leader(places.street)).id, society)


async def test_a_card_makes_a_member_and_a_day_ends_it(places: Places) -> None:
    society = await an_organisation(places.community, kind="society")
    wang = await standing.resident(places.community)
    assert wang.card_code is not None
    for _ in range(2):
        assert await join_by_card(society, wang.card_code, by=CLI) == wang.resident_id
    assert [one.name for one in await members_of(society)] == ["王秀英"]
    for day in (today() - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Refusal, match="invalid_day"):
            await leave(society, wang.resident_id, by=CLI, on=day)
    await leave(society, wang.resident_id, by=CLI, on=today())
    assert await members_of(society) == []
    assert (await member(society, wang.resident_id)).left_on == today()
    assert [one.resident_id for one in await members_of(society, with_left=True)] == [wang.resident_id]


async def test_cards_that_open_nothing_make_no_member(places: Places) -> None:
    society = await an_organisation(places.community, kind="society")
    wang = await standing.resident(places.community)
    await issue_card(wang.resident_id, by=CLI)
    [blank] = await issue_blank(1, places.district.id, by=CLI)
    for typed, code in ((wang.card_code, "card_replaced"), (blank.number, "card_blank"), ("1", "unknown_card")):
        with pytest.raises(Refusal, match=code):
            await join_by_card(society, typed or "", by=CLI)
    assert await members_of(society) == []
