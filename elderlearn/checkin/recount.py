"""Count everything again from the attendances, for all residents at once, in plain SQL; or only compare."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.checkin.completion import completions
from elderlearn.checkin.resum import open_periods_of
from elderlearn.checkin.sums import Sum, sums
from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

SHOWN = 20  # differences named of each table


@dataclass(frozen=True)
class Difference:
    """A row that is not what the attendances say. A None side means the row is missing there."""

    table: str
    key: str
    kept: str | None
    counted: str | None


@dataclass(frozen=True)
class Differences:
    """How many rows differ by table, and the first of them by name; true when there are any."""

    rows: dict[str, int]
    shown: list[Difference]

    def __bool__(self) -> bool:
        return any(self.rows.values())


async def recount(*, by: Actor = SYSTEM) -> None:
    """Completions of closed runs, days, tallies and tallies by organisation are made again; nobody writes
    attendances meanwhile. Depends on rows only, never on the clock. Rows that are right are not touched.
    """
    async with unit_of_work():
        await rows(
            """LOCK TABLE attendance, run_completion, attended_day, tally, tally_by_organisation
            IN SHARE ROW EXCLUSIVE MODE"""
        )
        await _make_room()
        await open_periods_of(None)
        for one in _all():
            await _lay_out(one)
            await rows(_gone(one))
            await rows(_put_right(one))
        await note("sums.recount", by=by, subject="sums", subject_id=None)


async def differences() -> Differences:
    """What `recount` would change, from one snapshot; changes nothing."""
    counts: dict[str, int] = {}
    shown: list[Difference] = []
    async with unit_of_work():
        await rows("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        await _make_room()
        for one in _all():
            await _lay_out(one)
            found = await rows(_compared(one))
            counts[one.table] = found[0]["many"] if found else 0
            shown += [Difference(one.table, row["key"], row["kept"], row["counted"]) for row in found]
    return Differences(counts, shown)


async def _make_room() -> None:
    """All rows are read and joined whole: never row by row, and with memory for that."""
    await rows("SET LOCAL enable_nestloop = off")
    await rows("SET LOCAL work_mem = '128MB'")
    await rows("SET LOCAL temp_buffers = '64MB'")


def _all() -> tuple[Sum, ...]:
    return completions("true"), *sums(of_some=False, known_days=_laid("attended_day"))


def _laid(table: str) -> str:
    return f"counted_{table}"


async def _lay_out(kept: Sum) -> None:
    """What must be there, in a table of its own: made by several processors, and with statistics."""
    await rows(f"CREATE TEMP TABLE {_laid(kept.table)} ON COMMIT DROP AS {kept.expected}")
    await rows(f"ANALYZE {_laid(kept.table)}")


def _gone(kept: Sum) -> str:
    same_key = " AND ".join(f"e.{one} = t.{one}" for one in kept.key)
    return f"""DELETE FROM {kept.table} t WHERE {kept.kept}
        AND NOT EXISTS (SELECT FROM {_laid(kept.table)} e WHERE {same_key})"""


def _put_right(kept: Sum) -> str:
    key, columns = ", ".join(kept.key), kept.key + kept.columns
    same_key = " AND ".join(f"e.{one} = t.{one}" for one in kept.key)
    old, new = (", ".join(f"{which}.{one}" for one in kept.columns) for which in ("t", "e"))
    return f"""INSERT INTO {kept.table} ({", ".join(columns)})
        SELECT {", ".join(f"e.{one}" for one in columns)}
        FROM {_laid(kept.table)} e LEFT JOIN {kept.table} t ON {same_key}
        WHERE t.id IS NULL OR ({old}) IS DISTINCT FROM ({new})
        ORDER BY {", ".join(f"e.{one}" for one in kept.key)}
        ON CONFLICT ({key}) DO UPDATE SET {", ".join(f"{one} = excluded.{one}" for one in kept.columns)}"""


def _compared(kept: Sum) -> str:
    key = ", ".join(kept.key)
    named = " || ', ' || ".join(f"'{one} ' || {one}" for one in kept.key)
    both = " AND ".join(f"t.{one} = e.{one}" for one in kept.key)
    old, new = (", ".join(f"{which}.{one}" for one in kept.columns) for which in ("t", "e"))
    was, says = (", ".join(_told(which, one) for one in kept.columns) for which in ("t", "e"))
    columns = ", ".join(kept.key + kept.columns)
    return f"""WITH t AS (SELECT {columns} FROM {kept.table} t WHERE {kept.kept}),
        different AS (
            SELECT {", ".join(f"coalesce(t.{one}, e.{one}) AS {one}" for one in kept.key)},
                CASE WHEN t.{kept.key[0]} IS NOT NULL THEN ROW({was})::text END AS kept,
                CASE WHEN e.{kept.key[0]} IS NOT NULL THEN ROW({says})::text END AS counted
            FROM t FULL JOIN {_laid(kept.table)} e ON {both}
            WHERE t.{kept.key[0]} IS NULL OR e.{kept.key[0]} IS NULL OR ({old}) IS DISTINCT FROM ({new}))
    SELECT {named} AS key, kept, counted, count(*) OVER () AS many
    FROM different ORDER BY {key} LIMIT {SHOWN}"""


def _told(which: str, column: str) -> str:
    """As it is named on screens and in logs: no full birth date there."""
    return f"extract(year FROM {which}.born_on)" if column == "born_on" else f"{which}.{column}"
