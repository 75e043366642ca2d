"""Another rule: proposed, looked at, approved, counted beside the old one while people come, and then shown."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.enrolment.recount import differences as enrolled_differences
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation import fill_periods as filling
from elderlearn.participation.approve_rule import approve_rule
from elderlearn.participation.fill_periods import fill_periods
from elderlearn.participation.propose_rule import hold_rules, propose_rule, withdraw_rule
from elderlearn.participation.queries import rates_by_place
from elderlearn.participation.rule_parameters import DEFAULTS, Parameters
from elderlearn.participation.rule_preview import count_previews
from elderlearn.participation.rule_queries import parameters_in_force, rule_version, rule_versions
from elderlearn.participation.rule_versions import ensure_rule
from elderlearn.participation.rules import Rule
from elderlearn.places.periods import ensure_periods, open_school_years
from tests.checkin import brute_force
from tests.checkin.year import Year, a_year
from tests.people_standing import CLI

ONCE = Parameters(Rule(hours_minutes=None, days=1, completed_minutes=None), "2025")


@pytest.fixture
async def year(database: Any) -> Year:
    made = await a_year(database)
    await made.begin_again()
    await ensure_rule(made.here.district.id, by=CLI)
    for number in range(12):
        await made.do("paper", 0, number, 63 - number)
    return made


async def proposed(year: Year, asked: Parameters = ONCE) -> int:
    made = await propose_rule(year.here.district.id, asked, reason="the city asks for it", by=CLI)
    await count_previews()
    return made


async def regulars(year: Year) -> int:
    return (
        await rates_by_place(year.here.district.id, "2025", "town_street", year.here.district.id)
    ).total.regulars


async def test_what_is_looked_at_is_what_then_holds(year: Year) -> None:
    rule = await proposed(year)
    seen = (await rule_version(rule)).preview
    assert seen is not None
    before = await regulars(year)
    assert seen["total"]["before"] == before
    assert seen["total"]["after"] == before + seen["total"]["comes_in"] - seen["total"]["goes_out"]
    assert seen["total"]["after"] > before
    assert await value("SELECT count(*) FROM stat_period WHERE state = 'shadow'") == 0, "looking changes nothing"
    await approve_rule(rule, decision="the meeting of 3 March", by=CLI)
    assert await regulars(year) == before, "the old figures stay until the new ones are counted"
    await fill_periods(at_a_time=2)
    assert await regulars(year) == seen["total"]["after"]
    held = await rule_version(rule)
    assert (held.state, held.decision, held.done) == ("in_force", "the meeting of 3 March", held.total)
    report = await rates_by_place(year.here.district.id, "2025", "town_street", year.here.district.id)
    assert (report.rule_version, report.parameters) == (2, ONCE.rule)
    by_street = {one.code: one.regulars for one in report.lines}
    assert {one["code"]: one["after"] for one in seen["lines"]} == by_street
    retired = "SELECT count(*) FROM tally t JOIN stat_period p ON p.id = t.period AND p.state = 'retired'"
    assert await value(retired) == 0
    await _all_agrees()


async def test_people_may_come_at_any_moment_of_it(year: Year) -> None:
    rule = await proposed(year)
    await approve_rule(rule, decision="decided", by=CLI)
    for turn in range(5):
        await year.do("scan", turn, turn + 1, turn + 2)
        await filling._turn(2)
        await year.do("void", turn, 0, 0)
        await year.do("go_home", turn, turn, turn)
        await _all_agrees_of_live()
    await fill_periods(at_a_time=2)
    await _all_agrees()


async def test_two_workers_and_a_killed_one_fill_it_once(year: Year, monkeypatch: pytest.MonkeyPatch) -> None:
    rule = await proposed(year)
    await approve_rule(rule, decision="decided", by=CLI)
    real = filling._fill

    async def killed(*args: Any) -> None:
        await real(*args)
        raise KeyboardInterrupt

    await filling._turn(2)
    monkeypatch.setattr(filling, "_fill", killed)
    with pytest.raises(KeyboardInterrupt):
        await filling._turn(2)
    monkeypatch.setattr(filling, "_fill", real)
    assert (await rule_version(rule)).done == 2, "how far it is and what is filled are one fact"
    await asyncio.gather(fill_periods(at_a_time=1), fill_periods(at_a_time=1))
    assert (await rule_version(rule)).state == "in_force"
    await _all_agrees()


async def test_a_year_not_begun_is_counted_so_when_somebody_comes(year: Year) -> None:
    rule = await proposed(year, replace(ONCE, from_period="2026"))
    assert (await rule_version(rule)).preview["label"] == "2025"  # type: ignore[index]
    await approve_rule(rule, decision="decided", by=CLI)
    await fill_periods()
    assert await value("SELECT days FROM stat_period WHERE label = '2025' AND state = 'active' LIMIT 1") == 4
    assert await value("SELECT days FROM stat_period WHERE label = '2026' AND state = 'active' LIMIT 1") == 1
    here = year.here.district.id
    async with unit_of_work():
        await ensure_periods([(here, date(2027, 3, 1))])
    opened = await rows("SELECT days, rule_version FROM stat_period WHERE label = '2027' AND district = $1", here)
    assert [tuple(one.values()) for one in opened] == [(1, 2)], "a new year is counted like the one before"


async def test_a_year_that_begins_while_it_is_counted_is_counted_so_too(year: Year) -> None:
    rule = await proposed(year)
    await approve_rule(rule, decision="decided", by=CLI)
    await filling._turn(2)
    here = year.here.district.id
    async with unit_of_work():
        await ensure_periods([(here, date(2027, 3, 1))])
    await fill_periods(at_a_time=5)
    held = await rows(
        "SELECT label, days, rule_version FROM stat_period WHERE district = $1 AND state = 'active'", here
    )
    assert {tuple(one.values())[1:] for one in held if one["label"] >= "2025"} == {(1, 2)}, held
    done = await rule_version(rule)
    assert (done.state, done.done, "2027" in done.labels) == ("in_force", done.total, True)
    await _all_agrees()


async def test_approved_again_while_it_is_switched_nobody_waits_in_a_ring(
    year: Year, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = await proposed(year)
    await approve_rule(rule, decision="decided", by=CLI)
    await filling._turn(1000)
    begins, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(district_id: int) -> None:
        begins.set()
        await go_on.wait()
        await hold_rules(district_id)

    monkeypatch.setattr(filling, "hold_rules", slowly)
    switched = asyncio.create_task(fill_periods())
    await begins.wait()
    again = asyncio.create_task(approve_rule(rule, decision="decided", by=CLI))
    await asyncio.wait({again}, timeout=0.5)
    go_on.set()
    await asyncio.gather(switched, again)
    assert (await rule_version(rule)).state == "in_force"


async def test_a_school_year_goes_on_by_itself(year: Year) -> None:
    rule = await proposed(year, replace(ONCE, from_period="2025-09", reference=(8, 31)))
    await approve_rule(rule, decision="decided", by=CLI)
    await fill_periods()
    found = "SELECT label, reference_on FROM stat_period WHERE district = $1 AND label LIKE '%-09' ORDER BY 1"
    here = year.here.district.id
    assert [tuple(one.values()) for one in await rows(found, here)][1] == ("2025-09", date(2026, 8, 31))
    assert await open_school_years(date(2026, 8, 20)) == 0
    assert await open_school_years(date(2026, 8, 30)) == 1
    assert [tuple(one.values()) for one in await rows(found, here)][2] == ("2026-09", date(2027, 8, 31))
    await _all_agrees()


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        (Parameters(Rule(hours_minutes=None, days=None, completed_minutes=None), "2025"), "nothing_switched_on"),
        (Parameters(Rule(days=0), "2025"), "out_of_range"),
        (Parameters(Rule(elder_age=12), "2025"), "out_of_range"),
        (Parameters(Rule(kinds=()), "2025"), "no_kind"),
        (Parameters(Rule(kinds=("online",)), "2025"), "no_kind"),
        (Parameters(Rule(), "2025", basis="both"), "invalid_basis"),
        (Parameters(Rule(), "2025", reference=(2, 30)), "invalid_reference"),
        (Parameters(Rule(), "next year"), "invalid_period"),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused(year: Year, asked: Parameters, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        await propose_rule(year.here.district.id, asked, reason="why not", by=CLI)
    assert len(await rule_versions(year.here.district.id)) == 1


async def test_one_change_at_a_time_and_none_unseen(year: Year) -> None:
    here = year.here.district.id
    rule = await propose_rule(here, ONCE, reason="first", by=CLI)
    with pytest.raises(Refusal, match="one_is_open"):
        await propose_rule(here, DEFAULTS, reason="second", by=CLI)
    with pytest.raises(Refusal, match="not_looked_at"):
        await approve_rule(rule, decision="blindly", by=CLI)
    await withdraw_rule(rule, by=CLI)
    await withdraw_rule(rule, by=CLI)
    with pytest.raises(Refusal, match="withdrawn"):
        await approve_rule(rule, decision="decided", by=CLI)
    again = await proposed(year)
    with pytest.raises(Refusal, match="decision_needed"):
        await approve_rule(again, decision=" ", by=CLI)
    await asyncio.gather(*(approve_rule(again, decision="decided", by=CLI) for _ in range(3)))
    assert await value("SELECT count(*) FROM stat_period WHERE state = 'shadow'") == 1
    with pytest.raises(Refusal, match="approved_already"):
        await withdraw_rule(again, by=CLI)
    with pytest.raises(Refusal, match="one_is_open"):
        await propose_rule(here, DEFAULTS, reason="while it is counted", by=CLI)
    await fill_periods()
    assert await parameters_in_force(here) == ONCE


async def _all_agrees_of_live() -> None:
    """What holds is right at every moment; what is being filled need not be yet."""
    known = await brute_force.facts()
    active = {one["id"] for one in known.periods if one["state"] == "active"}
    expected = {key: one for key, one in brute_force.tallies(known).items() if key[0] in active}
    found = await rows(
        """SELECT period, resident, residence, place, born_on, visits, days, minutes, completed_runs,
            regular_since, online_minutes FROM tally WHERE period = ANY($1::bigint[])""",
        list(active),
    )
    assert {tuple(one.values())[:2]: tuple(one.values())[2:] for one in found} == expected


async def _all_agrees() -> None:
    await _all_agrees_of_live()
    assert not await differences()
    assert await enrolled_differences() == []
