"""The sums grow by attendances just recorded: in the statement that records them, whoever they are.

Days, tallies and tallies by organisation grow by each attendance exactly once; `record` holds its residents.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from elderlearn.checkin.sums import (
    HOME,
    LIVE,
    ONLINE,
    PLACE,
    RESIDENCE,
    WEIGHED,
    cumulated,
    meets,
    online_of_day,
)
from elderlearn.ground.sql import rows


async def regulars_since(newly: Sequence[tuple[int, int, date | None]]) -> None:
    """The day since which these residents, who may just have become regular, are: period, resident, and the day
    where it is plain. Of the others all days are laid in their order."""
    plain = sorted((one for one in newly if one[2] is not None), key=itemgetter(1, 0))
    if plain:
        await rows(_PLAIN, *map(list, zip(*plain, strict=True)))
    others = sorted({resident for _, resident, since in newly if since is None})
    if others:
        await rows(_SINCE, others)


_OURS = "p.district IN (b.home, d.district)"
_COUNTED = f"d.kind = ANY(p.kinds) AND {_OURS}"

# `before` reads attended_day as it was when the statement began, so minutes added to a day that has some
# already are cut at the cap once, and such a day is not counted twice. Expects `written`, rows of attendances;
# gives `whose`, the same with the home of each, looked up once; and `newly`: residents who may now be regular
# for the first time, or since an earlier day than before. She who was none before and comes on one day, after
# which there is nothing of her yet, is one since that day: sums only grow.
GROWN = f"""whose AS MATERIALIZED (
        SELECT a.*, extract(year FROM a.on_date)::text AS year, r.district AS home
        FROM written a FULL JOIN (SELECT id, district FROM resident
            WHERE id = ANY(ARRAY(SELECT resident FROM written))) r ON r.id = a.resident
    ), day AS MATERIALIZED (
        SELECT resident, on_date, kind, district, sum(minutes) AS minutes, count(*) AS visits
        FROM whose WHERE is_held GROUP BY 1, 2, 3, 4
    ), day_grown AS (
        UPDATE attended_day d SET minutes = d.minutes + n.minutes, visits = d.visits + n.visits FROM day n
        WHERE (d.resident, d.on_date, d.kind, d.district) = (n.resident, n.on_date, n.kind, n.district)
        RETURNING n.resident, n.on_date, n.kind, n.district
    ), day_new AS (
        INSERT INTO attended_day (resident, on_date, kind, district, minutes, visits)
        SELECT * FROM day WHERE (resident, on_date, kind, district) NOT IN (SELECT * FROM day_grown)
        ORDER BY 1, 2, 3, 4
    ), counted AS MATERIALIZED (
        SELECT p.id AS period, r.resident, r.on_date, r.organisation, r.kind, r.minutes, r.home,
            r.kind = ANY(p.kinds) AS counts, {WEIGHED.format("r")} AS weighed,
            {ONLINE.format("r")} AS is_online
        FROM whose r
        JOIN stat_period p ON {LIVE} AND p.district IN (r.home, r.district)
            AND r.on_date BETWEEN p.starts_on AND p.ends_on
        WHERE r.is_held
    ), there AS MATERIALIZED (
        SELECT period, organisation, resident, kind, count(*) AS visits, sum(minutes) AS minutes
        FROM counted GROUP BY 1, 2, 3, 4
    ), there_grown AS (
        UPDATE tally_by_organisation o SET visits = o.visits + n.visits, minutes = o.minutes + n.minutes
        FROM there n
        WHERE (o.period, o.organisation, o.resident, o.kind) = (n.period, n.organisation, n.resident, n.kind)
        RETURNING n.period, n.organisation, n.resident, n.kind
    ), there_new AS (
        INSERT INTO tally_by_organisation (period, organisation, resident, kind, visits, minutes)
        SELECT * FROM there WHERE (period, organisation, resident, kind) NOT IN (SELECT * FROM there_grown)
        ORDER BY 1, 2, 3, 4
    ), by_day AS (
        SELECT period, resident, on_date, count(*) AS visits, bool_or(counts) AS counts,
            coalesce(sum(weighed) FILTER (WHERE counts), 0) AS weighed,
            coalesce(sum(minutes) FILTER (WHERE is_online), 0) AS online, any_value(home) AS home
        FROM counted GROUP BY 1, 2, 3
    ), moved AS MATERIALIZED (
        SELECT b.period, b.resident, sum(b.visits) AS visits, min(b.on_date) AS earliest, max(b.on_date) AS latest,
            sum((b.counts AND before.visits = 0)::int) AS days,
            sum(least((before.weighed + b.weighed)::bigint / 100, p.day_cap_minutes)
                - least(before.weighed::bigint / 100, p.day_cap_minutes)) AS minutes,
            sum(({online_of_day("before.weighed + b.weighed", "before.online + b.online")})
                - ({online_of_day("before.weighed", "before.online")})) AS online,
            any_value(p.online_most_minutes) AS online_most
        FROM by_day b JOIN stat_period p ON p.id = b.period CROSS JOIN LATERAL (
            SELECT coalesce(sum({WEIGHED.format("d")}) FILTER (WHERE {_COUNTED}), 0) AS weighed,
                coalesce(sum(d.minutes) FILTER (WHERE {ONLINE.format("d")} AND {_OURS}), 0) AS online,
                coalesce(sum(d.visits) FILTER (WHERE {_COUNTED}), 0) AS visits
            FROM attended_day d WHERE d.resident = b.resident AND d.on_date = b.on_date) before
        GROUP BY 1, 2
    ), tally_grown AS (
        UPDATE tally t SET visits = t.visits + n.visits, days = t.days + n.days,
            minutes = t.minutes + n.minutes + least(t.online_minutes + n.online, n.online_most)
                - least(t.online_minutes, n.online_most),
            online_minutes = t.online_minutes + n.online
        FROM moved n WHERE t.period = n.period AND t.resident = n.resident
        RETURNING t.period, t.resident, t.days, t.minutes, t.completed_runs,
            t.regular_since IS NULL OR n.earliest < t.regular_since AS may_be_new,
            CASE WHEN t.regular_since IS NULL AND n.earliest = n.latest THEN n.latest END AS day_of_all
    ), tally_new AS (
        INSERT INTO tally AS t (period, resident, residence, place, born_on, visits, days, minutes,
            online_minutes)
        SELECT n.period, n.resident, {RESIDENCE}, {PLACE}, r.born_on, n.visits, n.days,
            n.minutes + least(n.online, n.online_most), n.online
        FROM moved n JOIN stat_period p ON p.id = n.period JOIN resident r ON r.id = n.resident {HOME}
        WHERE (n.period, n.resident) NOT IN (SELECT period, resident FROM tally_grown)
        ORDER BY n.period, n.resident
        RETURNING t.period, t.resident, t.days, t.minutes, t.completed_runs, true AS may_be_new,
            NULL::date AS day_of_all
    ), newly AS (
        SELECT t.period, t.resident, CASE WHEN NOT EXISTS (
                SELECT FROM attended_day d WHERE d.resident = t.resident AND d.on_date > t.day_of_all)
            AND NOT EXISTS (
                SELECT FROM run_completion c WHERE c.resident = t.resident AND c.on_date > t.day_of_all)
            THEN t.day_of_all END AS since
        FROM (SELECT * FROM tally_grown UNION ALL SELECT * FROM tally_new) t
        JOIN stat_period p ON p.id = t.period
        WHERE t.may_be_new AND {meets("p", "t")})"""

# Asked for in sub-selects, so that one plan serves every number of residents.
_OF_THEM = "{0}.resident = ANY((SELECT $1::bigint[])::bigint[])"
_PLAIN = """UPDATE tally t SET regular_since = n.since
    FROM unnest((SELECT $1::bigint[]), (SELECT $2::bigint[]), (SELECT $3::date[])) AS n (period, resident, since)
    WHERE t.period = n.period AND t.resident = n.resident"""
_DAYS_KEPT = f"SELECT * FROM attended_day d WHERE {_OF_THEM.format('d')}"
_SINCE = f"""{cumulated(_DAYS_KEPT, _OF_THEM.format("c"))}
    UPDATE tally t SET regular_since = s.regular_since FROM summed s
    WHERE t.period = s.period AND t.resident = s.resident
        AND t.regular_since IS DISTINCT FROM s.regular_since"""
