"""Rules, rounds and shares change together or not at all; a run comes with its shares, or not at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from elderlearn.catalogue.conditions import conditions_of
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.rounds import some_first
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.plan_run import plan_run
from elderlearn.enrolment.set_conditions import WantedConditions, set_conditions
from elderlearn.enrolment.share_queries import kept_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, a_course, a_run, people, weeks
from tests.conftest import Database
from tests.people_standing import CLI


def wanted(seats: int) -> WantedConditions:
    at = now()
    shares = (WantedShare("own_village", seats, at + 2 * DAY),)
    return WantedConditions(
        RunRules(women_from=65), some_first("returning", at - DAY, at + DAY, at + 5 * DAY), shares
    )


async def test_one_refusal_leaves_all_three_as_they_were(database: Database) -> None:
    places = await standing.place_tree()
    run, (first,) = await a_run(places, seats=3), await people(places.community, 1)
    await enrol(run, first, "self", by=CLI)
    before = await conditions_of(run)
    with pytest.raises(Refusal) as refused:
        await set_conditions(run, wanted(3), by=CLI)
    assert (refused.value.code, refused.value.values["free"]) == ("shares_too_large", 2)
    assert await conditions_of(run) == before and await kept_shares(run) == ()
    assert await database.value("SELECT count(*) FROM trail WHERE action LIKE 'set\\_%'") == 0
    await set_conditions(run, wanted(2), by=CLI)
    after = await conditions_of(run)
    assert (len(after.rounds), after.rules.women_from, len(await kept_shares(run))) == (2, 65, 1)
    await set_conditions(run, replace(wanted(1), rounds=None, shares=None), by=CLI)
    assert (len((await conditions_of(run)).rounds), len(await kept_shares(run))) == (2, 1)
    await set_conditions(run, WantedConditions(RunRules(), (), ()), by=CLI)
    assert (await conditions_of(run)).rounds == () and await kept_shares(run) == ()


async def test_a_run_whose_seats_cannot_be_kept_is_not_opened(database: Database) -> None:
    places = await standing.place_tree()
    new = NewRun(await a_course(places.community), weeks(1), seats=2, opens_at=now(), closes_at=now() + DAY)
    with pytest.raises(Refusal) as refused:
        await plan_run(new, wanted(3).shares or (), by=CLI)
    assert refused.value.code == "shares_too_large"
    assert await database.value("SELECT count(*) FROM course_run") == 0
    added = await plan_run(new, wanted(2).shares or (), by=CLI)
    assert [one.seats for one in await kept_shares(added.run_id)] == [2]
