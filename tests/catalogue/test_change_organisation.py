from __future__ import annotations

import asyncio
from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.change_organisation import change_organisation, end_organisation
from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.members import join
from elderlearn.catalogue.organisation_queries import Sought, how_many_organisations, organisation, organisations
from elderlearn.checkin.change_session import change_session
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, an_organisation, open_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI

AGO = now() - timedelta(days=60)


async def test_name_kind_and_place_change_and_the_trail_says_how_it_was(database: Database) -> None:
    places = await standing.place_tree()
    school = await an_organisation(places.community, name="Old name")
    values = {"name": " New  name ", "kind": "citizen_school", "place_code": places.street.code}
    for _ in range(2):
        await change_organisation(school, **values, by=CLI)
    one = await organisation(school)
    assert (one.name, one.kind, one.place_id) == ("New name", "citizen_school", places.street.id)
    (noted,) = await database.fetch("SELECT detail FROM trail WHERE action = 'change_organisation'")
    assert '"Old name"' in noted["detail"]


async def test_the_place_stays_once_it_has_a_run_but_the_name_may_change(database: Database) -> None:
    places = await standing.place_tree()
    await open_run(await a_course(places.community))
    school = await database.value("SELECT id FROM organisation")
    with pytest.raises(Refusal, match="place_is_fixed"):
        await change_organisation(school, name="x", kind="elder_academy", place_code=places.street.code, by=CLI)
    await change_organisation(school, name="x", kind="elder_academy", place_code=places.community.code, by=CLI)
    assert (await organisation(school)).name == "x"


async def test_another_district_is_no_place_for_it(database: Database) -> None:
    places, other = await standing.place_tree(), await standing.place_tree("330199", "邻区")
    school = await an_organisation(places.community)
    with pytest.raises(Refusal, match="unknown_place"):
        await change_organisation(school, name="x", kind="elder_academy", place_code=other.street.code, by=CLI)


async def test_a_society_with_members_stays_one(database: Database) -> None:
    places = await standing.place_tree()
    choir = await an_organisation(places.street, kind="society")
    (ping,) = await people(places.community, 1)
    await join(choir, ping, by=CLI)
    with pytest.raises(Refusal, match="kind_is_fixed"):
        await change_organisation(choir, name="x", kind="base", place_code=places.street.code, by=CLI)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"name": ""}, "invalid_name"), ({"kind": "club"}, "invalid_kind"), ({"place_code": "7"}, "unknown_place")],
)
async def test_wrong_values_are_refused(database: Database, change: dict[str, Any], code: str) -> None:
    places = await standing.place_tree()
    school = await an_organisation(places.street)
    good = {"name": "x", "kind": "base", "place_code": places.street.code}
    with pytest.raises(Refusal, match=code):
        await change_organisation(school, **(good | change), by=CLI)
    with pytest.raises(Missing):
        await change_organisation(2**40, **good, by=CLI)


async def test_it_does_not_end_while_a_session_is_to_come_and_its_courses_end_with_it(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), sessions=weeks(1))
    await open_run(await database.value("SELECT id FROM course"), sessions=weeks(2, start=AGO))
    school = await database.value("SELECT id FROM organisation")
    with pytest.raises(Refusal) as refused:
        await end_organisation(school, today(), by=CLI)
    assert (refused.value.code, refused.value.values) == ("runs_are_open", {"runs": 1})
    await change_session(added.session_ids[0], reason="it ends", state="called_off", by=CLI)
    for _ in range(2):
        await end_organisation(school, date(2026, 1, 31), by=CLI)
    assert (await organisation(school)).ended_on == date(2026, 1, 31)
    assert await database.value("SELECT state FROM course") == "ended"
    actions = await database.fetch("SELECT action FROM trail WHERE action LIKE 'end%' ORDER BY action")
    assert [one["action"] for one in actions] == ["end_course", "end_organisation"]
    with pytest.raises(Refusal, match="organisation_ended"):
        await change_organisation(school, name="x", kind="base", place_code=places.street.code, by=CLI)


# Two days: the suite may go past midnight between collecting and running.
@pytest.mark.parametrize("on", [today() + timedelta(days=2), date(1999, 12, 31)])
async def test_nothing_ends_before_it_happened(database: Database, on: date) -> None:
    school = await an_organisation((await standing.place_tree()).street)
    with pytest.raises(Refusal, match="invalid_date"):
        await end_organisation(school, on, by=CLI)


async def test_a_course_added_while_it_ends_is_refused_or_ends_with_it(database: Database) -> None:
    places = await standing.place_tree()
    for _ in range(8):
        school = await an_organisation(places.street)
        await asyncio.gather(
            end_organisation(school, today(), by=CLI),
            add_course(organisation_id=school, title="late", by=CLI),
            add_course(organisation_id=school, title="later", by=CLI),
            return_exceptions=True,
        )
    left = await database.value(
        """SELECT count(*) FROM course c JOIN organisation o ON o.id = c.organisation
        WHERE o.ended_on IS NOT NULL AND c.state <> 'ended'"""
    )
    assert left == 0
    assert await database.value("SELECT count(*) FROM organisation WHERE ended_on IS NULL") == 0


async def test_the_list_finds_by_words_kind_and_place_and_leaves_ended_ones_out(database: Database) -> None:
    places = await standing.place_tree()
    tea = await an_organisation(places.community, name="Tea 100%")
    choir = await an_organisation(places.other_community, kind="society", name="Choir")
    gone = await an_organisation(places.street, name="Gone")
    await end_organisation(gone, today(), by=CLI)

    async def found(order: str = "name", **sought: Any) -> list[int]:
        wanted = Sought(**{"place_id": places.district.id, **sought})
        ids = [one.id for one in await organisations(wanted, order=order)]
        assert await how_many_organisations(wanted) == len(ids)
        return ids

    assert await found() == [choir, tea]
    assert await found(order="place") == [tea, choir]
    assert await found(with_ended=True) == [choir, gone, tea]
    assert await found(place_id=places.street.id) == [tea]
    assert await found(kind="society") == [choir]
    assert await found(words="100%") == [tea]
    assert await found(words="%") == [tea]
    assert await found(words="nothing") == []
