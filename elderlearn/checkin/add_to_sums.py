"""The sums grow by attendances just recorded: in the statement that records them, whoever they are.

Days, tallies and tallies by organisation grow by each attendance exactly once; `record` holds its residents.
"""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.checkin.sums import HOME, LIVE, PLACE, RESIDENCE, cumulated, meets
from elderlearn.ground.sql import rows


async def regulars_since(resident_ids: Collection[int]) -> None:
    """The day since which these residents, who may just have become regular, are."""
    if resident_ids:
        await rows(_SINCE, sorted(set(resident_ids)))


_COUNTED = "d.kind = ANY(p.kinds) AND p.district IN (b.home, d.district)"

# `before` reads attended_day as it was when the statement began, so minutes added to a day that has some
# already are cut at the cap once, and such a day is not counted twice. Expects `written`, rows of attendances;
# gives `whose`, the same with the home of each, looked up once; and `newly`: residents who may now be regular
# for the first time, or since an earlier day than before.
GROWN = f"""whose AS MATERIALIZED (
        SELECT a.*, extract(year FROM a.on_date)::text AS year, r.district AS home, r.place, r.residence,
            r.registered_place, r.registered_residence, r.born_on
        FROM written a JOIN resident r ON r.id = a.resident
    ), day AS (
        INSERT INTO attended_day AS d (resident, on_date, kind, district, minutes, visits)
        SELECT resident, on_date, kind, district, sum(minutes), count(*)
        FROM whose WHERE is_held GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (resident, on_date, kind, district)
        DO UPDATE SET minutes = d.minutes + excluded.minutes, visits = d.visits + excluded.visits
    ), counted AS MATERIALIZED (
        SELECT p.id AS period, r.resident, r.on_date, r.organisation, r.kind, r.minutes, r.home, r.born_on,
            {RESIDENCE} AS residence, {PLACE} AS place, r.kind = ANY(p.kinds) AS counts
        FROM whose r
        JOIN stat_period p ON {LIVE} AND p.district IN (r.home, r.district)
            AND r.on_date BETWEEN p.starts_on AND p.ends_on {HOME}
        WHERE r.is_held
    ), by_organisation AS (
        INSERT INTO tally_by_organisation AS o (period, organisation, resident, kind, visits, minutes)
        SELECT period, organisation, resident, kind, count(*), sum(minutes)
        FROM counted GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (period, organisation, resident, kind)
        DO UPDATE SET visits = o.visits + excluded.visits, minutes = o.minutes + excluded.minutes
    ), by_day AS (
        SELECT period, resident, on_date, count(*) AS visits, bool_or(counts) AS counts,
            coalesce(sum(minutes) FILTER (WHERE counts), 0) AS minutes, any_value(home) AS home,
            any_value(residence) AS residence, any_value(place) AS place, any_value(born_on) AS born_on
        FROM counted GROUP BY 1, 2, 3
    ), moved AS (
        SELECT b.period, b.resident, sum(b.visits) AS visits, min(b.on_date) AS earliest,
            any_value(b.residence) AS residence, any_value(b.place) AS place, any_value(b.born_on) AS born_on,
            sum((b.counts AND before.visits = 0)::int) AS days,
            sum(least(before.minutes + b.minutes, p.day_cap_minutes) - least(before.minutes, p.day_cap_minutes))
                AS minutes
        FROM by_day b JOIN stat_period p ON p.id = b.period CROSS JOIN LATERAL (
            SELECT coalesce(sum(d.minutes) FILTER (WHERE {_COUNTED}), 0) AS minutes,
                coalesce(sum(d.visits) FILTER (WHERE {_COUNTED}), 0) AS visits
            FROM attended_day d WHERE d.resident = b.resident AND d.on_date = b.on_date) before
        GROUP BY 1, 2
    ), tallied AS (
        INSERT INTO tally AS t (period, resident, residence, place, born_on, visits, days, minutes)
        SELECT period, resident, residence, place, born_on, visits, days, minutes
        FROM moved ORDER BY period, resident
        ON CONFLICT (period, resident) DO UPDATE SET visits = t.visits + excluded.visits,
            days = t.days + excluded.days, minutes = t.minutes + excluded.minutes
        RETURNING t.period, t.resident, t.days, t.minutes, t.completed_runs, t.regular_since
    ), newly AS (
        SELECT DISTINCT t.resident
        FROM tallied t JOIN moved m USING (period, resident) JOIN stat_period p ON p.id = t.period
        WHERE (t.regular_since IS NULL OR m.earliest < t.regular_since) AND {meets("p", "t")})"""

# Asked for in sub-selects, so that one plan serves every number of residents.
_OF_THEM = "{0}.resident = ANY((SELECT $1::bigint[])::bigint[])"
_DAYS_KEPT = f"SELECT * FROM attended_day d WHERE {_OF_THEM.format('d')}"
_SINCE = f"""{cumulated(_DAYS_KEPT, _OF_THEM.format("c"))}
    UPDATE tally t SET regular_since = s.regular_since FROM summed s
    WHERE t.period = s.period AND t.resident = s.resident
        AND t.regular_since IS DISTINCT FROM s.regular_since"""
