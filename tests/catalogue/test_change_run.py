from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from elderlearn.catalogue.change_run import change_run
from elderlearn.catalogue.change_term import change_term
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.term_queries import term, terms
from elderlearn.catalogue.terms import add_term
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, a_run, open_run
from tests.conftest import Database
from tests.people_standing import CLI

OPENS, CLOSES = now(), now() + 9 * DAY
WINDOW: dict[str, Any] = {"opens_at": OPENS, "closes_at": CLOSES, "min_age": None, "max_age": None}
AUTUMN: dict[str, Any] = {
    "name": "Autumn",
    "starts_on": date(2027, 9, 1),
    "ends_on": date(2028, 1, 15),
    "limit_per_person": 2,
}


async def test_window_and_ages_are_changed_and_noted_once(database: Database) -> None:
    run = await a_run(await standing.place_tree())
    for _ in range(2):
        await change_run(run, **{**WINDOW, "min_age": 60}, by=CLI)
    card = await run_card(run)
    assert (card.opens_at, card.closes_at, card.min_age, card.max_age) == (OPENS, CLOSES, 60, None)
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'change_run'") == 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"closes_at": OPENS}, "invalid_window"),
        ({"opens_at": None}, "seats_required"),
        ({"min_age": 70, "max_age": 60}, "invalid_ages"),
        ({"max_age": 131}, "invalid_ages"),
    ],
)
async def test_what_cannot_be_is_refused(database: Database, change: dict[str, Any], code: str) -> None:
    run = await a_run(await standing.place_tree())
    before = await run_card(run)
    with pytest.raises(Refusal, match=code):
        await change_run(run, **(WINDOW | change), by=CLI)
    assert await run_card(run) == before


async def test_where_nobody_enrols_there_is_no_window(database: Database) -> None:
    places = await standing.place_tree()
    run = (await open_run(await a_course(places.street), entry="drop_in", kind="lecture")).run_id
    await change_run(run, **{**WINDOW, "min_age": 60}, by=CLI)
    card = await run_card(run)
    assert (card.opens_at, card.closes_at, card.min_age) == (None, None, 60)
    with pytest.raises(Missing):
        await change_run(2**40, **WINDOW, by=CLI)


async def test_a_term_changes(database: Database) -> None:
    places = await standing.place_tree()
    autumn = await add_term(district_code=places.district.code, **AUTUMN, by=CLI)
    for _ in range(2):
        await change_term(autumn, **{**AUTUMN, "limit_per_person": None}, by=CLI)
    assert (await term(autumn)).limit_per_person is None
    assert [one.id for one in await terms(places.district.id)] == [autumn]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'change_term'") == 1
    for change, code in (
        ({"name": ""}, "invalid_name"),
        ({"ends_on": AUTUMN["starts_on"] - timedelta(days=1)}, "invalid_window"),
        ({"limit_per_person": 0}, "invalid_limit"),
    ):
        with pytest.raises(Refusal, match=code):
            await change_term(autumn, **(AUTUMN | change), by=CLI)
    with pytest.raises(Missing):
        await change_term(2**40, **AUTUMN, by=CLI)
