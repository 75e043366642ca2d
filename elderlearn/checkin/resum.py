"""Make the sums of a few residents again, exactly, from their attendances."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.checkin.sums import COUNTS, Sum, sums
from elderlearn.ground.sql import rows
from elderlearn.places.periods import ensure_periods


async def resum(resident_ids: Collection[int]) -> None:
    """Days, tallies and tallies by organisation equal a count of attendances afterwards.

    An inner step: runs in the open unit of work of a verb that has locked the residents (`hold_people`).
    """
    ids = sorted(set(resident_ids))
    if not ids:
        return
    await open_periods_of(ids)
    for one in sums(of_some=True):
        await rows(written(one, "t.resident = ANY($1::bigint[])"), ids)


async def open_periods_of(resident_ids: list[int] | None) -> None:
    """Every year in which one of them, or with None anybody, attended or completed has its period."""
    chosen = "($1::bigint[] IS NULL OR {}.resident = ANY($1))"
    found = await rows(
        f"""WITH happened AS (
            SELECT a.district, r.district AS home, extract(year FROM a.on_date)::int AS year,
                min(a.on_date) AS on_date
            FROM attendance a JOIN resident r ON r.id = a.resident WHERE {COUNTS} AND {chosen.format("a")}
            GROUP BY 1, 2, 3
            UNION ALL
            SELECT c.district, r.district, extract(year FROM c.on_date)::int, min(c.on_date)
            FROM run_completion c JOIN resident r ON r.id = c.resident WHERE {chosen.format("c")}
            GROUP BY 1, 2, 3)
        SELECT d.district, h.year, min(h.on_date) AS on_date
        FROM happened h CROSS JOIN LATERAL (VALUES (h.district), (h.home)) AS d (district) GROUP BY 1, 2""",
        resident_ids,
    )
    await ensure_periods((one["district"], one["on_date"]) for one in found)


def written(kept: Sum, whose: str) -> str:
    """The statement that makes the rows of `whose` what they must be, and touches no row that is right.

    What is counted has no statistics: NOT IN keeps its keys in a hash, whatever the planner guesses.
    """
    key, columns = ", ".join(kept.key), kept.key + kept.columns
    old, new = (", ".join(f"{which}.{one}" for one in kept.columns) for which in ("t", "excluded"))
    hashed = f"({', '.join(f't.{one}' for one in kept.key)}) NOT IN (SELECT {key} FROM expected)"
    return f"""WITH expected AS MATERIALIZED ({kept.expected}), gone AS (
        DELETE FROM {kept.table} t WHERE {whose} AND {kept.kept} AND {hashed})
    INSERT INTO {kept.table} AS t ({", ".join(columns)})
    SELECT {", ".join(columns)} FROM expected ORDER BY {key}
    ON CONFLICT ({key}) DO UPDATE SET {", ".join(f"{one} = excluded.{one}" for one in kept.columns)}
    WHERE ({old}) IS DISTINCT FROM ({new})"""
