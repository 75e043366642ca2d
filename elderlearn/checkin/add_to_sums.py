"""The sums grow by attendances just recorded: in the statement that records them, whoever they are.

Days, tallies and tallies by organisation grow by each attendance exactly once; `record` holds its residents.
"""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.checkin.sums import HOME, LIVE, PLACE, RESIDENCE, meets, tallies
from elderlearn.ground.sql import rows


async def regulars_since(resident_ids: Collection[int]) -> None:
    """The day since which these residents, who may just have become regular, are."""
    if resident_ids:
        await rows(_SINCE, sorted(set(resident_ids)))


# `before` reads attended_day as it was when the statement began, so minutes added to a day that has some
# already are cut at the cap once, and such a day is not counted twice. Expects `written`, rows of attendances;
# gives `newly`: residents who may now be regular for the first time, or since an earlier day than before.
GROWN = f"""added AS (
        SELECT a.resident, a.on_date, a.kind, a.district, a.organisation,
            sum(a.minutes)::int AS minutes, count(*)::int AS visits
        FROM written a WHERE a.is_held GROUP BY 1, 2, 3, 4, 5
    ), day AS (
        INSERT INTO attended_day AS d (resident, on_date, kind, district, minutes, visits)
        SELECT resident, on_date, kind, district, sum(minutes), sum(visits)
        FROM added GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (resident, on_date, kind, district)
        DO UPDATE SET minutes = d.minutes + excluded.minutes, visits = d.visits + excluded.visits
    ), counted AS (
        SELECT p.id AS period, p.kinds, p.day_cap_minutes AS cap, p.district AS counting, r.district AS home,
            a.*, a.kind = ANY(p.kinds) AS counts
        FROM added a JOIN resident r ON r.id = a.resident
        JOIN stat_period p ON {LIVE} AND p.district IN (r.district, a.district)
            AND a.on_date BETWEEN p.starts_on AND p.ends_on
    ), by_organisation AS (
        INSERT INTO tally_by_organisation AS o (period, organisation, resident, kind, visits, minutes)
        SELECT period, organisation, resident, kind, sum(visits), sum(minutes)
        FROM counted GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (period, organisation, resident, kind)
        DO UPDATE SET visits = o.visits + excluded.visits, minutes = o.minutes + excluded.minutes
    ), by_day AS (
        SELECT period, kinds, cap, counting, home, resident, on_date, sum(visits) AS visits,
            bool_or(counts) AS counts, coalesce(sum(minutes) FILTER (WHERE counts), 0) AS minutes
        FROM counted GROUP BY 1, 2, 3, 4, 5, 6, 7
    ), moved AS (
        SELECT b.period, b.resident, sum(b.visits) AS visits, min(b.on_date) AS earliest,
            sum((b.counts AND before.visits = 0)::int) AS days,
            sum(least(before.minutes + b.minutes, b.cap) - least(before.minutes, b.cap)) AS minutes
        FROM by_day b CROSS JOIN LATERAL (
            SELECT coalesce(sum(d.minutes), 0) AS minutes, coalesce(sum(d.visits), 0) AS visits
            FROM attended_day d WHERE d.resident = b.resident AND d.on_date = b.on_date
                AND d.kind = ANY(b.kinds) AND b.counting IN (b.home, d.district)) before
        GROUP BY 1, 2
    ), tallied AS (
        INSERT INTO tally AS t (period, resident, residence, place, born_on, visits, days, minutes)
        SELECT m.period, m.resident, {RESIDENCE}, {PLACE}, r.born_on, m.visits, m.days, m.minutes
        FROM moved m JOIN resident r ON r.id = m.resident JOIN stat_period p ON p.id = m.period {HOME}
        ORDER BY m.period, m.resident
        ON CONFLICT (period, resident) DO UPDATE SET visits = t.visits + excluded.visits,
            days = t.days + excluded.days, minutes = t.minutes + excluded.minutes
        RETURNING t.period, t.resident, t.days, t.minutes, t.completed_runs, t.regular_since
    ), newly AS (
        SELECT DISTINCT t.resident
        FROM tallied t JOIN moved m USING (period, resident) JOIN stat_period p ON p.id = t.period
        WHERE (t.regular_since IS NULL OR m.earliest < t.regular_since) AND {meets("p", "t")})"""

_DAYS_KEPT = "SELECT * FROM attended_day d WHERE d.resident = ANY($1::bigint[])"
_SINCE = f"""UPDATE tally t SET regular_since = e.regular_since
    FROM ({tallies(_DAYS_KEPT, "c.resident = ANY($1::bigint[])")}) e
    WHERE t.period = e.period AND t.resident = e.resident
        AND t.regular_since IS DISTINCT FROM e.regular_since"""
