"""What is unusual, as questions to the records: bursts, crowds, hand ticks, a bump at the threshold, two places.

Each answers rows of `Found`. None of them proves anything: a door opened late, a bus, a list typed in afterwards
look the same. So every line carries what a human needs to see for herself.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from elderlearn.ground.sql import rows
from elderlearn.places.periods import active_periods

LOOK_BACK = timedelta(days=60)  # scans and meetings older than this were looked at on earlier nights
BURST_SECONDS, BURST_PEOPLE = 10, 15  # nobody shows her card in less than two thirds of a second
BY_HAND_LEAST, BY_HAND_SHARE = 100, 50  # visits of the year; per cent ticked or from paper
BY_HAND_TIMES = 2  # and so many times the share of the whole district
BUMP_LEAST, BUMP_TIMES = 20, 2  # people exactly at the threshold, and times its larger neighbour
BUMP_AROUND = 3
TWO_PLACES_MINUTES = 15  # of overlap: shorter ones are a walk across the yard


@dataclass(frozen=True)
class Found:
    """One pattern; `measure` grows with it, `evidence` are figures and ids, never names."""

    kind: str
    subject: str
    measure: int
    evidence: dict[str, Any]
    organisation: int | None = None
    place: int | None = None
    session: int | None = None
    on_date: date | None = None


async def bursts(district_id: int, today: date) -> list[Found]:
    """Many cards at one meeting within a few seconds, by the clock of the phone."""
    return _found(
        "burst",
        await rows(
            f"""SELECT k.session::text AS subject, max(k.cards)::int AS measure, s.session, s.organisation,
                s.on_date, json_build_object('cards', max(k.cards), 'seconds', {BURST_SECONDS}, 'times', count(*),
                    'at', min(k.at), 'staff', (array_agg(k.by_staff ORDER BY k.cards DESC))[1])::text AS evidence
            FROM (SELECT c.session, c.by_staff, to_timestamp(floor(extract(epoch FROM c.scanned_at)
                    / {BURST_SECONDS}) * {BURST_SECONDS}) AS at, count(DISTINCT c.card) AS cards
                FROM scan c WHERE c.received_at > $2::date AND c.verdict = 'recorded' AND c.card IS NOT NULL
                GROUP BY 1, 2, 3 HAVING count(DISTINCT c.card) >= {BURST_PEOPLE}) k
            JOIN (SELECT id AS session, organisation, on_date FROM session WHERE district = $1) s USING (session)
            GROUP BY k.session, s.session, s.organisation, s.on_date""",
            district_id,
            today - LOOK_BACK,
        ),
    )


async def crowds(district_id: int, today: date) -> list[Found]:
    """More people present than the room holds."""
    return _found(
        "crowd",
        await rows(
            """SELECT s.id::text AS subject, count(*)::int AS measure, s.id AS session, s.organisation, s.on_date,
                json_build_object('present', count(*), 'capacity', v.capacity, 'venue', v.name)::text AS evidence
            FROM session s JOIN venue v ON v.id = s.venue
            JOIN attendance a ON a.session = s.id AND a.voided_at IS NULL AND a.is_held
            WHERE s.district = $1 AND s.on_date > $2 AND v.capacity > 0
            GROUP BY s.id, v.capacity, v.name HAVING count(*) > v.capacity""",
            district_id,
            today - LOOK_BACK,
        ),
    )


async def two_places(district_id: int, today: date) -> list[Found]:
    """One person at two meetings that overlap, both counted."""
    return _found(
        "two_places",
        await rows(
            f"""SELECT resident || ' ' || on_date AS subject, count(*)::int AS measure, on_date,
                min(organisation) AS organisation, min(session) AS session,
                json_build_object('resident', resident, 'sessions', array_agg(session || '+' || other))::text
                    AS evidence
            FROM (SELECT a.resident, a.on_date, a.organisation, a.session, s.starts_at,
                    lag(a.session) OVER hers AS other, lag(s.ends_at) OVER hers AS before_ends
                FROM attendance a JOIN session s ON s.id = a.session
                WHERE a.district = $1 AND a.on_date > $2 AND a.voided_at IS NULL AND a.is_held
                WINDOW hers AS (PARTITION BY a.resident, a.on_date ORDER BY s.starts_at, a.session)) met
            WHERE before_ends - starts_at >= interval '{TWO_PLACES_MINUTES} minutes'
            GROUP BY resident, on_date""",
            district_id,
            today - LOOK_BACK,
        ),
    )


async def by_hand(district_id: int, today: date) -> list[Found]:
    """Organisations most of whose visits of the year were ticked or typed in, far above the others."""
    return _found(
        "by_hand",
        await rows(
            f"""WITH visits AS (
                SELECT organisation, count(*) AS visits,
                    count(*) FILTER (WHERE source IN ('tick', 'paper')) AS hand
                FROM attendance WHERE district = $1 AND on_date >= $2 AND voided_at IS NULL AND is_held
                GROUP BY organisation
            ), everybody AS (SELECT sum(visits) AS visits, sum(hand) AS hand FROM visits)
            SELECT organisation || ' ' || $3::text AS subject, (v.hand * 100 / v.visits)::int AS measure,
                organisation, json_build_object('visits', v.visits, 'by_hand', v.hand,
                    'share', v.hand * 100 / v.visits, 'of_all', (e.hand * 100 / e.visits)::int,
                    'year', $3::text)::text AS evidence
            FROM visits v, everybody e
            WHERE v.visits >= {BY_HAND_LEAST} AND v.hand * 100 >= v.visits * {BY_HAND_SHARE}
                AND v.hand * e.visits >= v.visits * {BY_HAND_TIMES} * e.hand""",
            district_id,
            date(today.year, 1, 1),
            str(today.year),
        ),
    )


async def bumps(district_id: int, today: date) -> list[Found]:
    """Streets with many people at exactly as many days as make a regular, and few beside."""
    found: list[Found] = []
    for period in await active_periods(district_id):
        if period.days is None or not period.starts_on <= today <= period.ends_on:
            continue
        counted = await rows(
            f"""SELECT CASE p.level WHEN 'community' THEN p.parent ELSE p.id END AS place,
                array_agg(t.days) AS days
            FROM tally t JOIN place p ON p.id = t.place
            WHERE t.period = $1 AND t.residence = 'inside' AND p.level <> 'district'
                AND t.days BETWEEN $2 - {BUMP_AROUND} AND $2 + {BUMP_AROUND}
            GROUP BY 1""",
            period.id,
            period.days,
        )
        found += [one for line in counted if (one := _bump(line, period.days, period.label)) is not None]
    return found


def _bump(line: Any, threshold: int, label: str) -> Found | None:
    """None unless those exactly at the threshold stand out."""
    many = {
        days: list(line["days"]).count(days)
        for days in range(threshold - BUMP_AROUND, threshold + BUMP_AROUND + 1)
    }
    at, beside = many[threshold], max(many[threshold - 1], many[threshold + 1])
    if at < BUMP_LEAST or at <= BUMP_TIMES * beside:
        return None
    evidence = {
        "threshold": threshold,
        "people": {str(days): count for days, count in many.items()},
        "year": label,
    }
    return Found("bump", f"{line['place']} {label}", at, evidence, place=line["place"])


def _found(kind: str, answers: Any) -> list[Found]:
    return [Found(kind, **{**dict(one), "evidence": json.loads(one["evidence"])}) for one in answers]


PATTERNS = (bursts, crowds, two_places, by_hand, bumps)
