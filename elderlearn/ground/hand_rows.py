"""Rows that belong to somebody go to somebody else, and can go back: inner steps of an open unit of work."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.ground.sql import rows


async def hand_rows(
    table: str, column: str, *, source: int, target: int, once: tuple[str, ...] = (), only: str = "true"
) -> list[int]:
    """Ids of the rows of `source` that are `target`'s now; a row stays where `target` has one with equal `once`.

    `only` narrows the rows of alias t, in SQL. Nothing else of a row changes.
    """
    return await _handed(
        f"""UPDATE {table} t SET {column} = $2 WHERE t.{column} = $1 AND {only}
        {_unless(table, column, once)} RETURNING t.id""",
        source,
        target,
    )


async def hand_back(
    table: str, column: str, ids: Collection[int], *, source: int, target: int, once: tuple[str, ...] = ()
) -> list[int]:
    """The same for some rows by id; those that are not `source`'s any more stay."""
    return await _handed(
        f"""UPDATE {table} t SET {column} = $2 WHERE t.{column} = $1 AND t.id = ANY($3::bigint[])
        {_unless(table, column, once)} RETURNING t.id""",
        source,
        target,
        sorted(ids),
    )


async def _handed(statement: str, *values: object) -> list[int]:
    found = await rows(statement, *values)
    return sorted(one["id"] for one in found)


def _unless(table: str, column: str, once: tuple[str, ...]) -> str:
    if not once:
        return ""
    equal = " AND ".join(f"o.{one} = t.{one}" for one in once)
    return f"AND NOT EXISTS (SELECT FROM {table} o WHERE o.{column} = $2 AND {equal})"
