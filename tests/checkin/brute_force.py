"""The sums counted a second way: plain loops over the rows, no SQL but to read, the rule from its pure file."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from elderlearn.ground.clock import date_of
from elderlearn.ground.sql import rows
from elderlearn.participation.rules import Rule, Sums, is_regular

Row = dict[str, Any]


@dataclass
class Facts:
    """Everything the sums depend on."""

    attendances: list[Row]
    completions: list[Row]
    residents: dict[int, Row]
    places: dict[int, Row]
    periods: list[Row]
    sessions: dict[int, Row]
    runs: dict[int, Row]
    asked: dict[tuple[int, int], date]


async def facts() -> Facts:
    """Read them all."""
    attendances = await _read("SELECT * FROM attendance")
    return Facts(
        attendances=[one for one in attendances if one["voided_at"] is None],
        completions=await _read("SELECT * FROM run_completion"),
        residents={one["id"]: one for one in await _read("SELECT * FROM resident")},
        places={one["id"]: one for one in await _read("SELECT * FROM place")},
        periods=await _read("SELECT * FROM stat_period WHERE state <> 'retired'"),
        sessions={one["id"]: one for one in await _read("SELECT * FROM session")},
        runs={one["id"]: one for one in await _read("SELECT * FROM course_run")},
        asked={
            (one["run"], one["resident"]): date_of(one["asked_at"])
            for one in await _read("SELECT * FROM enrolment")
        },
    )


def completed(known: Facts) -> set[tuple[Any, ...]]:
    """Who must have completed which closed run: (run, resident, date)."""
    found = set()
    for run in known.runs.values():
        if run["closed_at"] is None or run["entry"] == "drop_in" or run["kind"] == "online":
            continue
        meetings = [one for one in known.sessions.values() if one["run"] == run["id"]]
        for resident in known.residents:
            came = [one for one in _held(known) if one["run"] == run["id"] and one["resident"] == resident]
            if came and _is_enough(known, run, resident, came, meetings):
                found.add((run["id"], resident, max(one["on_date"] for one in meetings)))
    return found


def days(known: Facts) -> dict[tuple[Any, ...], tuple[int, int]]:
    """(resident, date, kind, district): minutes, visits."""
    found: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for one in _held(known):
        day = found[one["resident"], known.sessions[one["session"]]["on_date"], one["kind"], one["district"]]
        day[0] += known.sessions[one["session"]]["credited_minutes"]
        day[1] += 1
    return {key: (minutes, visits) for key, (minutes, visits) in found.items()}


def by_organisation(known: Facts) -> dict[tuple[Any, ...], tuple[int, int]]:
    """(period, organisation, resident, kind): visits, minutes."""
    found: defaultdict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for period in known.periods:
        for one in _held(known):
            if _counts(known, period, one["resident"], one["district"], one["on_date"]):
                cell = found[period["id"], one["organisation"], one["resident"], one["kind"]]
                cell[0] += 1
                cell[1] += one["minutes"]
    return {key: (visits, minutes) for key, (visits, minutes) in found.items()}


def tallies(known: Facts) -> dict[tuple[int, int], tuple[Any, ...]]:
    """(period, resident): residence, place, born_on, visits, days, minutes, completed_runs, regular_since,
    online minutes."""
    found = {}
    for period in known.periods:
        for resident in known.residents:
            tally = _tally(known, period, resident)
            if tally is not None:
                found[period["id"], resident] = (*_home(known, period, resident), *tally)
    return found


def rule_of(period: Row) -> Rule:
    return Rule(
        period["elder_age"], period["day_cap_minutes"], period["hours_minutes"], period["hours_days"],
        period["days"], period["completed_minutes"], period["needs_all"], tuple(period["kinds"]),
        period["online_most_minutes"], period["weights"],
    )  # fmt: skip


def _tally(known: Facts, period: Row, resident: int) -> tuple[Any, ...] | None:
    rule = rule_of(period)
    visits = 0
    minutes: defaultdict[date, int] = defaultdict(int)
    online: defaultdict[date, int] = defaultdict(int)
    runs: defaultdict[date, int] = defaultdict(int)
    for one in _held(known):
        if one["resident"] == resident and _counts(known, period, resident, one["district"], one["on_date"]):
            visits += 1
            if one["kind"] in rule.kinds:
                weight = rule.weights[rule.kinds.index(one["kind"])] if rule.weights else 100
                minutes[one["on_date"]] += one["minutes"] * weight
            elif one["kind"] == "online" and rule.online_most_minutes:
                online[one["on_date"]] += one["minutes"]
    for one in known.completions:
        is_long = one["planned_minutes"] >= (rule.completed_minutes or 0)
        is_hers = one["resident"] == resident and _counts(known, period, resident, one["district"], one["on_date"])
        if is_hers and is_long and one["kind"] in rule.kinds:
            runs[one["on_date"]] += 1
    if not visits and not runs:
        return None
    since, sums, there, beside = None, Sums(0, 0, 0), 0, 0
    for day in sorted({*minutes, *online, *runs}):
        room = rule.day_cap_minutes - min(minutes.get(day, 0) // 100, rule.day_cap_minutes)
        there += rule.day_cap_minutes - room
        beside += min(online.get(day, 0), room)
        sums = Sums(
            there + min(beside, rule.online_most_minutes),
            sums.days + (day in minutes),
            sums.completed_runs + runs.get(day, 0),
        )
        since = since or (day if is_regular(sums, rule) else None)
    return visits, sums.days, sums.minutes, sums.completed_runs, since, beside


def _home(known: Facts, period: Row, resident: int) -> tuple[Any, ...]:
    who = known.residents[resident]
    prefix = "" if period["basis"] == "resident" else "registered_"
    place = who[f"{prefix}place"]
    if place is None:
        return who[f"{prefix}residence"], None, who["born_on"]
    if known.places[place]["district"] != period["district"]:
        return "outside", None, who["born_on"]
    return "inside", place, who["born_on"]


def _counts(known: Facts, period: Row, resident: int, district: int, on: date) -> bool:
    concerned = period["district"] in (district, known.residents[resident]["district"])
    return concerned and bool(period["starts_on"] <= on <= period["ends_on"])


def _held(known: Facts) -> list[Row]:
    return [one for one in known.attendances if known.sessions[one["session"]]["state"] == "planned"]


def _is_enough(known: Facts, run: Row, resident: int, came: list[Row], meetings: list[Row]) -> bool:
    start = min(one["on_date"] for one in came)
    if (run["id"], resident) in known.asked:
        start = min(start, known.asked[run["id"], resident])
    held = [one for one in meetings if one["state"] == "planned" and one["on_date"] >= start]
    return len(came) >= 0.6 * len(held) and len(came) >= len(meetings) / 2


async def _read(statement: str) -> list[Row]:
    return [dict(one) for one in await rows(statement)]
