"""Tables filled by the million: without foreign keys, second indexes, triggers meanwhile, in one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from elderlearn.ground.sql import row, rows, value

# Constraints that hold up every row; primary keys stay, because others point at them.
CONSTRAINTS = """SELECT conrelid::regclass::text AS of_table, quote_ident(conname) AS name,
        pg_get_constraintdef(oid) AS definition
    FROM pg_constraint c WHERE conrelid = ANY($1::text[]::regclass[]) AND (contype = 'f' OR contype = 'u'
        AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conindid = c.conindid AND o.contype = 'f'))
    ORDER BY contype DESC, conname"""
INDEXES = """SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition
    FROM pg_index i WHERE indrelid = ANY($1::text[]::regclass[])
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid) ORDER BY 1"""
OWNED = """SELECT bool_and(pg_has_role(relowner, 'USAGE')) AS all_ours FROM pg_class
    WHERE oid = ANY($1::text[]::regclass[])"""


@asynccontextmanager
async def bare(tables: Sequence[str]) -> AsyncIterator[None]:
    """In the open unit of work, for empty tables: everything is made again at the end, and checked over all rows.

    But what their triggers would have seen, the filler looks at itself.
    Nobody reads these tables until then. Whoever fails or is killed leaves all as it was. A role that does not
    own the tables fills them as they are, some five times slower.
    """
    owned = await row(OWNED, list(tables))
    if not owned or not owned["all_ours"]:
        yield
        return
    constraints, indexes = await rows(CONSTRAINTS, list(tables)), await rows(INDEXES, list(tables))
    for one in constraints:
        await rows(f"ALTER TABLE {one['of_table']} DROP CONSTRAINT {one['name']}")
    for one in indexes:
        await rows(f"DROP INDEX {one['name']}")
    for table in tables:
        await rows(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    yield
    for table in tables:
        await rows(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    await value("SELECT set_config('maintenance_work_mem', '512MB', true)")
    for one in indexes:
        await rows(one["definition"])
    for one in constraints:
        await rows(f"ALTER TABLE {one['of_table']} ADD CONSTRAINT {one['name']} {one['definition']}")
    for table in tables:
        await rows(f"ANALYZE {table}")
