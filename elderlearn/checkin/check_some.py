"""The sums of some people beside a count of their attendances; changes nothing."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.checkin.completion import completions
from elderlearn.checkin.sums import Sum, sums
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work

SHOWN = "p.state = 'active'"  # what is being counted beside need not be right yet
THEM = "t.resident = ANY($1::bigint[])"


async def differences_of(resident_ids: Collection[int]) -> list[str]:
    """One line for each row that is not what the attendances say, from one snapshot; empty is good.

    Table, resident and what is different in both, without birth dates.
    """
    ids = sorted(set(resident_ids))
    found: list[str] = []
    async with unit_of_work():
        await rows("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        completed = completions("a.resident = ANY($1::bigint[])")
        for one in (completed, *sums(of_some=True, periods=SHOWN)):
            found += [f"{one.table}: {line['said']}" for line in await rows(_differing(one), ids)]
    return found


def _differing(kept: Sum) -> str:
    columns = kept.key + kept.columns
    both = " AND ".join(f"k.{one} = e.{one}" for one in kept.key)
    old, new = (", ".join(f"{which}.{one}" for one in kept.columns) for which in ("k", "e"))
    key = " || ', ' || ".join(f"'{one} ' || coalesce(k.{one}, e.{one})" for one in kept.key)
    what = " || ', ' || ".join(
        f"""CASE WHEN k.{one} IS DISTINCT FROM e.{one} THEN {_told("k", one)} || ' ≠ ' || {_told("e", one)}
            ELSE '' END"""
        for one in kept.columns
    )
    return f"""SELECT {key} || ': ' || {what} AS said
    FROM (SELECT {", ".join(columns)} FROM {kept.table} t WHERE {THEM} AND {kept.kept}) k
    FULL JOIN ({kept.expected}) e ON {both}
    WHERE ({old}) IS DISTINCT FROM ({new}) OR k.{kept.key[0]} IS NULL OR e.{kept.key[0]} IS NULL"""


def _told(which: str, column: str) -> str:
    said = f"extract(year FROM {which}.{column})" if column == "born_on" else f"{which}.{column}"
    return f"coalesce('{column} ' || {said}::text, '{column} —')"
