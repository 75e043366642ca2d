"""A sum that went wrong is found in the night, alarms, and falls silent after a clean look at everything."""

from __future__ import annotations

from typing import Any

from elderlearn.checkin.check_some import differences_of
from elderlearn.checkin.recount import recount
from elderlearn.ground.sql import rows
from elderlearn.participation.approve_rule import approve_rule
from elderlearn.participation.check_sums import GAUGE, alarm, check_all, check_some
from elderlearn.participation.propose_rule import propose_rule
from elderlearn.participation.rule_parameters import Parameters
from elderlearn.participation.rule_preview import count_previews
from elderlearn.participation.rule_versions import ensure_rule
from elderlearn.participation.rules import Rule
from tests.checkin.year import a_year
from tests.people_standing import CLI


async def test_a_wrong_sum_is_found_named_and_put_right(database: Any) -> None:
    year = await a_year(database)
    await year.begin_again()
    for number in range(8):
        await year.do("paper", 0, number, 63 - number)
    await year.do("close", 0, 0, 0)
    assert await check_some() == 0 and await check_all() == 0 and await alarm() is None
    wrong = year.people[0].resident_id
    await rows(
        "UPDATE tally SET days = days + 1 WHERE resident = $1 AND period = (SELECT min(period) FROM tally)", wrong
    )
    await rows("DELETE FROM attended_day WHERE resident = $1", year.people[1].resident_id)
    assert await check_some() > 1
    found = await alarm()
    assert found is not None and any(f"resident {wrong}: " in line and "days" in line for line in found.shown)
    assert not any("1955-" in line for line in found.shown), "no birth dates on screens"
    assert dict((await rows(GAUGE))[0])["differing"] == found.differing
    await recount()
    assert await check_some() == 0
    assert await alarm() is not None, "a few people are no proof"
    assert await check_all() == 0 and await alarm() is None


async def test_what_is_being_counted_by_another_rule_is_no_alarm(database: Any) -> None:
    year = await a_year(database)
    await year.begin_again()
    await year.do("paper", 0, 0, 63)
    here = year.here.district.id
    await ensure_rule(here, by=CLI)
    asked = Parameters(Rule(days=1, hours_minutes=None, completed_minutes=None), "2024")
    rule = await propose_rule(here, asked, reason="another", by=CLI)
    await count_previews()
    await approve_rule(rule, decision="decided", by=CLI)
    assert await differences_of([one.resident_id for one in year.people]) == []
