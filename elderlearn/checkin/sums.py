"""What the sums must be, said once, in SQL: days, tallies and tallies by organisation from attendances.

An attendance counts unless it was voided or its session is called off. A period of district D counts it when
the resident is on D's register or the organisation lies in D. The statements are used for a few residents
(`resum`, with $1 = their ids) and for everybody (`recount`). `record` moves the same sums by what is added.
"""

from __future__ import annotations

from dataclasses import dataclass

LIVE = "p.state IN ('active', 'shadow')"
COUNTS = "a.voided_at IS NULL AND a.is_held"
# Hundredths of a minute of something of a kind that counts in a period p: summed by the day, then cut off.
WEIGHED = "{0}.minutes * coalesce(p.weights[array_position(p.kinds, {0}.kind)], 100)"

# Must be none: the triggers of the table see to it, for every statement but the bulk load, which asks this.
NOBODYS = """SELECT
    (SELECT count(*) FROM attendance a LEFT JOIN resident r ON r.id = a.resident WHERE r.id IS NULL)
    + (SELECT count(*) FROM attendance a LEFT JOIN session s ON s.id = a.session WHERE s.id IS NULL)"""

# Who somebody is in a period p: her home by the basis of p, and outside when it lies in another district.
HOME = """LEFT JOIN place h
        ON h.id = CASE p.basis WHEN 'resident' THEN r.place ELSE r.registered_place END"""
RESIDENCE = """CASE WHEN h.district = p.district THEN 'inside' WHEN h.id IS NOT NULL THEN 'outside'
        WHEN p.basis = 'resident' THEN r.residence ELSE r.registered_residence END"""
PLACE = "CASE WHEN h.district = p.district THEN h.id END"


# Online learning counts beside the kinds, if the rule of a period p lets it.
ONLINE = "{0}.kind = 'online' AND p.online_most_minutes > 0"


def online_of_day(weighed: str, online: str) -> str:
    """What online learning adds to a day of a period p: what fits under the cap beside what counts anyway."""
    return f"""least(({weighed})::bigint / 100 + ({online}), p.day_cap_minutes)
        - least(({weighed})::bigint / 100, p.day_cap_minutes)"""


@dataclass(frozen=True)
class Sum:
    """One kept sum: its table, its key, its other columns, and the statement that says what it must be."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]
    expected: str
    kept: str = "true"


# Of a period, by `meets`. Carried along with what happened: a join afterwards would lose the order of the rows,
# and all of them were sorted a second time.
ASKED = ("hours_minutes", "hours_days", "days", "completed_minutes", "needs_all")


def meets(period: str, sums: str) -> str:
    """The rule of `period` holds for the cumulated minutes, days and completed_runs of `sums`."""
    hours = f"{sums}.minutes >= {period}.hours_minutes AND {sums}.days >= {period}.hours_days"
    days = f"{sums}.days >= {period}.days"
    completed = f"{period}.completed_minutes IS NOT NULL AND {sums}.completed_runs >= 1"
    return f"""CASE WHEN {period}.needs_all THEN
        num_nonnulls({period}.hours_minutes, {period}.days, {period}.completed_minutes) > 0
        AND ({period}.hours_minutes IS NULL OR ({hours})) AND ({period}.days IS NULL OR {days})
        AND ({period}.completed_minutes IS NULL OR ({completed}))
    ELSE coalesce({hours}, false) OR coalesce({days}, false) OR ({completed}) END"""


def sums(*, of_some: bool, known_days: str | None = None, periods: str = LIVE) -> tuple[Sum, Sum, Sum]:
    """The three sums in the order they are written; `of_some`: only of the residents in $1.

    `known_days`: a table that holds the days as they must be, so that they are not summed a second time.
    `periods`: a condition on stat_period p, for the sums of some periods only.
    """
    in_periods = f"t.period IN (SELECT p.id FROM stat_period p WHERE {periods})"
    attended = f"{COUNTS} AND a.resident = ANY($1::bigint[])" if of_some else COUNTS
    completed = "c.resident = ANY($1::bigint[])" if of_some else "true"
    days = _days(attended)
    return (
        Sum("attended_day", ("resident", "on_date", "kind", "district"), ("minutes", "visits"), days),
        Sum(
            "tally",
            ("period", "resident"),
            (
                "residence",
                "place",
                "born_on",
                "visits",
                "days",
                "minutes",
                "online_minutes",
                "completed_runs",
                "regular_since",
            ),
            tallies(f"SELECT * FROM {known_days}" if known_days else days, completed, periods),
            in_periods,
        ),
        Sum(
            "tally_by_organisation",
            ("period", "organisation", "resident", "kind"),
            ("visits", "minutes"),
            _by_organisation(attended, periods),
            in_periods,
        ),
    )


def tallies(days: str, completed: str, periods: str = LIVE) -> str:
    """One row for each resident and period with a visit or a completed run.

    `days` selects rows like AttendedDay, `completed` chooses among RunCompletion c. Everything that happened
    is laid in the order of its dates and cumulated; regular_since is the first date on which the rule holds.
    """
    return f"""{cumulated(days, completed, periods)}
    SELECT s.period, s.resident, {RESIDENCE} AS residence, {PLACE} AS place, r.born_on,
        s.visits, s.days, s.minutes, s.online_minutes, s.completed_runs, s.regular_since
    FROM summed s JOIN resident r ON r.id = s.resident JOIN stat_period p ON p.id = s.period {HOME}"""


def cumulated(days: str, completed: str, periods: str = LIVE) -> str:
    """The WITH of `tallies`: its `summed` says the sums of each resident and period, and not who she is."""
    return f"""WITH day AS ({days}), happened AS ({_happened(completed, periods)}
    ), running AS (
        SELECT h.period, h.resident, h.on_date, sum(h.visits) OVER so_far AS visits,
            sum(h.days) OVER so_far AS days,
            sum(h.minutes) OVER so_far + least(sum(h.online) OVER so_far, q.online_most_minutes) AS minutes,
            sum(h.online) OVER so_far AS online_minutes, sum(h.completed_runs) OVER so_far AS completed_runs,
            {", ".join(f"q.{one} AS rule_{one}" for one in ASKED)}
        FROM happened h JOIN stat_period q ON q.id = h.period
        WINDOW so_far AS (PARTITION BY h.resident, h.period ORDER BY h.on_date)
    ), summed AS (
        SELECT s.period, s.resident, max(s.visits)::int AS visits, max(s.days)::int AS days,
            max(s.minutes)::int AS minutes, max(s.online_minutes)::int AS online_minutes,
            max(s.completed_runs)::int AS completed_runs,
            min(s.on_date) FILTER (WHERE {meets("p", "s")}) AS regular_since
        FROM running s CROSS JOIN LATERAL (SELECT {", ".join(f"s.rule_{one} AS {one}" for one in ASKED)}) p
        GROUP BY s.resident, s.period)"""


def _happened(completed: str, periods: str) -> str:
    """What a resident did on a date in a period: days that count with their minutes, and runs completed.

    Whole numbers of four bytes: sums of longer ones are counted in decimals, several times slower.
    `+ 0`, because no index of days helps by date: all days were looked up once for each period, in one process.
    """
    weighed = f"coalesce(sum({WEIGHED.format('d')}) FILTER (WHERE d.kind = ANY(p.kinds)), 0)"
    online = f"coalesce(sum(d.minutes) FILTER (WHERE {ONLINE.format('d')}), 0)"
    return f"""
        SELECT p.id AS period, d.resident, d.on_date, sum(d.visits)::int AS visits,
            coalesce(bool_or(d.kind = ANY(p.kinds)), false)::int AS days,
            least(({weighed})::bigint / 100, p.day_cap_minutes)::int AS minutes,
            ({online_of_day(weighed, online)})::int AS online, 0 AS completed_runs
        FROM day d JOIN resident r ON r.id = d.resident
        JOIN stat_period p ON {periods} AND p.district IN (r.district, d.district)
            AND d.on_date + 0 BETWEEN p.starts_on AND p.ends_on
        GROUP BY d.resident, d.on_date, p.id
        UNION ALL
        SELECT p.id, c.resident, c.on_date, 0, 0, 0, 0, count(*)::int
        FROM run_completion c JOIN resident r ON r.id = c.resident
        JOIN stat_period p ON {periods} AND p.district IN (r.district, c.district)
            AND c.on_date BETWEEN p.starts_on AND p.ends_on AND c.kind = ANY(p.kinds)
            AND c.planned_minutes >= coalesce(p.completed_minutes, 0)
        WHERE {completed}
        GROUP BY c.resident, c.on_date, p.id"""


def _days(attended: str) -> str:
    return f"""SELECT a.resident, a.on_date, a.kind, a.district,
        sum(a.minutes)::int AS minutes, count(*)::int AS visits
    FROM attendance a WHERE {attended} GROUP BY a.resident, a.on_date, a.kind, a.district"""


def _by_organisation(attended: str, periods: str) -> str:
    return f"""SELECT p.id AS period, a.organisation, a.resident, a.kind,
        count(*)::int AS visits, sum(a.minutes)::int AS minutes
    FROM attendance a JOIN resident r ON r.id = a.resident
    JOIN stat_period p ON {periods} AND p.district IN (r.district, a.district)
        AND a.on_date + 0 BETWEEN p.starts_on AND p.ends_on
    WHERE {attended} GROUP BY p.id, a.organisation, a.resident, a.kind"""
