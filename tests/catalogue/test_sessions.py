from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.sessions import change_session_row, session_facts
from elderlearn.ground.clock import date_of
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.unit_of_work import unit_of_work
from tests import people_standing as standing
from tests.catalogue.runs_standing import HOUR, a_course, open_run, weeks
from tests.conftest import Database


async def test_a_moved_session_takes_day_worth_and_the_runs_figures_with_it(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community), sessions=weeks(2))
    last = added.session_ids[1]
    before = await session_facts(last)
    start = before.starts_at + timedelta(days=500)
    async with unit_of_work():
        changed = await change_session_row(last, starts_at=start, ends_at=start + HOUR)
    assert changed.before == before
    assert (changed.after.on_date, changed.after.credited_minutes) == (date_of(start), 60)
    card = await run_card(added.run_id)
    assert (card.last_on, card.ends_at, card.planned_minutes) == (date_of(start), start + HOUR, 180)
    assert str(start.year) in {one["label"] for one in await database.fetch("SELECT label FROM stat_period")}


async def test_only_the_start_given_keeps_the_length_and_the_id(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community))
    before = await session_facts(added.session_ids[0])
    async with unit_of_work():
        changed = await change_session_row(before.id, starts_at=before.starts_at - HOUR)
    assert changed.after.id == before.id
    assert changed.after.ends_at == before.ends_at - HOUR


async def test_called_off_and_on_again_and_still_planned_in_the_run(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community))
    for state in ("called_off", "planned"):
        async with unit_of_work():
            changed = await change_session_row(added.session_ids[0], state=state)
        assert changed.after.state == state
        card = await run_card(added.run_id)
        assert (card.sessions_count, card.planned_minutes) == (2, 240)


async def test_a_wrong_change_changes_nothing(database: Database) -> None:
    places = await standing.place_tree()
    added = await open_run(await a_course(places.community))
    before = await session_facts(added.session_ids[0])
    wrong = (
        ({"state": "gone"}, "invalid_state"),
        ({"ends_at": before.starts_at}, "invalid_sessions"),
        ({"starts_at": before.starts_at.replace(tzinfo=None)}, "invalid_sessions"),
        ({"venue_id": 2**40}, "unknown_venue"),
        ({"teacher_id": 2**40}, "unknown_teacher"),
    )
    for change, code in wrong:
        with pytest.raises(Refusal, match=code):
            async with unit_of_work():
                await change_session_row(before.id, **change)  # type: ignore[arg-type]  # mixed on purpose
    with pytest.raises(Missing):
        async with unit_of_work():
            await change_session_row(2**40, state="planned")
    assert await session_facts(before.id) == before
