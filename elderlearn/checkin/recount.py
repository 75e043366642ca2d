"""Count everything again from the attendances, for all residents at once, in plain SQL; or only compare."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.checkin.completion import completions
from elderlearn.checkin.resum import open_periods_of
from elderlearn.checkin.sums import Sum, sums
from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.sql import rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

SHOWN = 20  # differences named of each table
KEPT_DAYS = "attended_day"


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


async def recount(*, by: Actor = SYSTEM, proves: bool = True) -> Differences:
    """Completions of closed runs, days, tallies and tallies by organisation are made again; nobody writes
    attendances meanwhile. Depends on rows only, never on the clock. Rows that are right are not touched.

    Answers what differs afterwards, which must be nothing: if `proves`, a table in which rows were put right is
    compared again; one in which all were right needs no second look, for nobody could write in between.
    """
    counts: dict[str, int] = {}
    shown: list[Difference] = []
    async with unit_of_work():
        await rows(
            """LOCK TABLE attendance, run_completion, attended_day, tally, tally_by_organisation
            IN SHARE ROW EXCLUSIVE MODE"""
        )
        await _make_room()
        await open_periods_of(None)
        for one in _all(KEPT_DAYS):
            if not await _compare(one):
                continue
            await _put_right(one)
            if proves:
                await rows(f"DROP TABLE different_{one.table}")
                counts[one.table] = await _compare(one)
                shown += await _shown(one) if counts[one.table] else []
        await note("sums.recount", by=by, subject="sums", subject_id=None)
    return Differences(counts, shown)


async def differences() -> Differences:
    """What `recount` would change, from one snapshot; changes nothing."""
    counts: dict[str, int] = {}
    shown: list[Difference] = []
    async with unit_of_work():
        await rows("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        await _make_room()
        completed, days, *_ = _all(None)
        for one in (completed, days):
            counts[one.table] = await _compare(one)
        # Days that are right need not be summed a second time.
        for one in _all(None if counts[days.table] else KEPT_DAYS)[2:]:
            counts[one.table] = await _compare(one)
        for one in _all(None):
            shown += await _shown(one) if counts[one.table] else []
    return Differences(counts, shown)


async def _make_room() -> None:
    """All rows are read and joined whole, by several processors: never row by row, and with memory for that."""
    await rows("SET LOCAL enable_nestloop = off")
    await rows("SET LOCAL enable_mergejoin = off")  # or it sorts all days again to meet a handful of periods
    await rows("SET LOCAL work_mem = '128MB'")
    await rows("SET LOCAL temp_buffers = '64MB'")


def _all(days: str | None) -> tuple[Sum, ...]:
    return completions("true"), *sums(of_some=False, known_days=days)


async def _in_order(of_days: bool) -> None:
    """Days are read by their index and met in its order, in a third of the time: nothing has to be spilled."""
    for way, is_on in (("hashagg", not of_days), ("hashjoin", not of_days), ("mergejoin", of_days)):
        await rows(f"SET LOCAL enable_{way} = {'on' if is_on else 'off'}")


async def _compare(kept: Sum) -> int:
    """Lay the rows that differ in a table of their own, what is kept (t_) beside what must be (e_); how many."""
    await _in_order(kept.table == KEPT_DAYS)
    columns = kept.key + kept.columns
    both = " AND ".join(f"t.{one} = e.{one}" for one in kept.key)
    old, new = (", ".join(f"{which}.{one}" for one in kept.columns) for which in ("t", "e"))
    await rows(
        f"""CREATE TEMP TABLE different_{kept.table} ON COMMIT DROP AS
        SELECT t.id, e.{kept.key[0]} IS NULL AS is_gone,
            {", ".join(f"t.{one} AS t_{one}, e.{one} AS e_{one}" for one in columns)}
        FROM (SELECT id, {", ".join(columns)} FROM {kept.table} t WHERE {kept.kept}) t
        FULL JOIN ({kept.expected}) e ON {both}
        WHERE t.id IS NULL OR e.{kept.key[0]} IS NULL OR ({old}) IS DISTINCT FROM ({new})"""
    )
    many: int = await value(f"SELECT count(*) FROM different_{kept.table}")
    return many


async def _put_right(kept: Sum) -> None:
    table, found, columns = kept.table, f"different_{kept.table}", kept.key + kept.columns
    await rows(f"ANALYZE {found}")
    await rows(f"DELETE FROM {table} t USING {found} d WHERE d.id = t.id AND d.is_gone")
    await rows(
        f"""UPDATE {table} t SET {", ".join(f"{one} = d.e_{one}" for one in kept.columns)}
        FROM {found} d WHERE d.id = t.id AND NOT d.is_gone"""
    )
    await rows(
        f"""INSERT INTO {table} ({", ".join(columns)}) SELECT {", ".join(f"e_{one}" for one in columns)}
        FROM {found} WHERE id IS NULL ORDER BY {", ".join(f"e_{one}" for one in kept.key)}"""
    )


async def _shown(kept: Sum) -> list[Difference]:
    found = await rows(_first(kept))
    return [Difference(kept.table, row["key"], row["kept"], row["counted"]) for row in found]


def _first(kept: Sum) -> str:
    key = ", ".join(f"coalesce(t_{one}, e_{one}) AS {one}" for one in kept.key)
    named = " || ', ' || ".join(f"'{one} ' || {one}" for one in kept.key)
    was, says = (", ".join(_told(which, one) for one in kept.columns) for which in ("t", "e"))
    return f"""SELECT {named} AS key, kept, counted
    FROM (SELECT {key}, CASE WHEN id IS NOT NULL THEN ROW({was})::text END AS kept,
            CASE WHEN NOT is_gone THEN ROW({says})::text END AS counted FROM different_{kept.table}) d
    ORDER BY {", ".join(kept.key)} LIMIT {SHOWN}"""


def _told(which: str, column: str) -> str:
    """As it is named on screens and in logs: no full birth date there."""
    return f"extract(year FROM {which}_born_on)" if column == "born_on" else f"{which}_{column}"
