"""Rounds of a run: what can be one, and that the run's window is always theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from elderlearn.catalogue.change_run import change_run
from elderlearn.catalogue.conditions import conditions_of
from elderlearn.catalogue.queries import run_card
from elderlearn.catalogue.rounds import Round, check_rounds, some_first, within
from elderlearn.catalogue.run_rules import RunRules, check_rules
from elderlearn.catalogue.set_rounds import set_rounds
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.stewardship.invariants import broken_invariants
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.people_standing import CLI

NINE = datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
TWO = some_first("own_village", NINE, NINE + DAY, NINE + 3 * DAY)


def test_some_first_then_everybody() -> None:
    assert [(one.name, one.audience) for one in TWO] == [("neighbours", "own_village"), ("everyone", "everyone")]
    assert TWO[0].closes_at == TWO[1].opens_at == NINE + DAY


@pytest.mark.parametrize(
    ("rounds", "code"),
    [
        ([Round("party", "everyone", NINE, NINE + DAY)], "invalid_round"),
        ([Round("late", "friends", NINE, NINE + DAY)], "invalid_round"),
        ([Round("late", "everyone", NINE, NINE)], "invalid_window"),
        ([Round("late", "everyone", NINE.replace(tzinfo=None), NINE + DAY)], "invalid_window"),
        ([Round("late", "everyone", NINE, NINE + DAY)] * 13, "invalid_round"),
    ],
)
def test_what_cannot_be_rounds(rounds: list[Round], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_rounds(rounds)
    assert refused.value.code == code


def test_the_first_and_the_last_round_stretch_with_the_window() -> None:
    moved = within(TWO, NINE - DAY, NINE + 9 * DAY)
    assert [(one.opens_at, one.closes_at) for one in moved] == [
        (NINE - DAY, NINE + DAY), (NINE + DAY, NINE + 9 * DAY)
    ]  # fmt: skip
    for opens_at, closes_at in ((NINE + DAY, NINE + 9 * DAY), (NINE, NINE + DAY)):
        with pytest.raises(Refusal, match="invalid_window"):
            within(TWO, opens_at, closes_at)


def test_ages_of_rules_are_human() -> None:
    check_rules(RunRules(women_from=0, men_from=130))
    for rules in (RunRules(women_from=-1), RunRules(men_from=131), RunRules(signature_from=200)):
        with pytest.raises(Refusal, match="invalid_ages"):
            check_rules(rules)


async def test_the_runs_window_is_that_of_its_rounds(database: Database) -> None:
    places = await standing.place_tree()
    course = await a_course(places.community)
    run = (await open_run(course)).run_id
    before = await run_card(run)
    await set_rounds(run, list(reversed(TWO)), by=CLI)
    card = await run_card(run)
    assert (card.opens_at, card.closes_at) == (NINE, NINE + 3 * DAY)
    assert (await conditions_of(run)).rounds == TWO
    await change_run(run, opens_at=NINE - DAY, closes_at=NINE + 2 * DAY, min_age=None, max_age=None, by=CLI)
    assert [one.opens_at for one in (await conditions_of(run)).rounds] == [NINE - DAY, NINE + DAY]
    with pytest.raises(Refusal, match="invalid_window"):
        await change_run(run, opens_at=NINE + DAY, closes_at=NINE + 2 * DAY, min_age=None, max_age=None, by=CLI)
    assert await broken_invariants() == []
    await database.execute("UPDATE course_run SET closes_at = closes_at + interval '1 hour' WHERE id = $1", run)
    assert await broken_invariants() == ["1 runs that open or close at other moments than their rounds"]
    await database.execute("UPDATE course_run SET closes_at = closes_at - interval '1 hour' WHERE id = $1", run)
    await set_rounds(run, (), by=CLI)
    assert (await conditions_of(run)).rounds == ()
    assert (await run_card(run)).closes_at == NINE + 2 * DAY != before.closes_at
    noted = await database.fetch("SELECT detail FROM trail WHERE action = 'set_rounds' ORDER BY id")
    assert len(noted) == 2 and "own_village" in noted[0]["detail"]


async def test_only_where_one_enrols(database: Database) -> None:
    places = await standing.place_tree()
    drop_in = (await open_run(await a_course(places.community), entry="drop_in")).run_id
    with pytest.raises(Refusal, match="seats_required"):
        await set_rounds(drop_in, TWO, by=CLI)
    with pytest.raises(Missing):
        await set_rounds(999_999, TWO, by=CLI)
