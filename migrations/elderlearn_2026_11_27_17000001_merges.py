"""Two rows of the register that are one person: put together, and taken apart again for a month."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:00:00:010000"
VERSION = "1.38.0"
DESCRIPTION = "merges of persons, and pairs that are two"

TO_RESIDENT = "REFERENCES resident (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null"
TO_PLACE = "REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null"
STATEMENTS = (
    f"ALTER TABLE resident ADD COLUMN merged_into BIGINT {TO_RESIDENT}",
    """ALTER TABLE resident ADD CONSTRAINT resident_merged_into
    CHECK ((state = 'merged') = (merged_into IS NOT NULL))""",
    "CREATE INDEX resident_merged ON resident (merged_into) WHERE merged_into IS NOT NULL",
    "ALTER TABLE card DROP CONSTRAINT card_state",
    """ALTER TABLE card ADD CONSTRAINT card_state
    CHECK (state IN ('blank', 'active', 'second', 'replaced'))""",
    f"""CREATE TABLE not_same (id BIGSERIAL PRIMARY KEY NOT NULL,
    one BIGINT NOT NULL {TO_RESIDENT}, other BIGINT NOT NULL {TO_RESIDENT},
    by_staff BIGINT DEFAULT null, at TIMESTAMPTZ NOT NULL DEFAULT null, reason VARCHAR(200) NOT NULL DEFAULT '')""",
    "ALTER TABLE not_same ADD CONSTRAINT not_same_once UNIQUE (one, other)",
    "ALTER TABLE not_same ADD CONSTRAINT not_same_order CHECK (one < other)",
    f"""CREATE TABLE merge (id BIGSERIAL PRIMARY KEY NOT NULL, district BIGINT NOT NULL {TO_PLACE},
    kept BIGINT NOT NULL {TO_RESIDENT}, gone BIGINT NOT NULL {TO_RESIDENT},
    how VARCHAR(8) NOT NULL DEFAULT null, reason VARCHAR(200) NOT NULL DEFAULT '',
    by_staff BIGINT DEFAULT null, at TIMESTAMPTZ NOT NULL DEFAULT null, undo_until TIMESTAMPTZ NOT NULL DEFAULT null,
    undone_at TIMESTAMPTZ DEFAULT null, undone_by BIGINT DEFAULT null, undo_reason VARCHAR(200) NOT NULL DEFAULT '')""",
    "ALTER TABLE merge ADD CONSTRAINT merge_how CHECK (how IN ('staff', 'document'))",
    "CREATE INDEX merge_kept ON merge (kept)",
    "CREATE UNIQUE INDEX merge_gone ON merge (gone) WHERE undone_at IS NULL",
    "CREATE INDEX merge_district ON merge (district, at)",
    """CREATE TABLE merge_part (id BIGSERIAL PRIMARY KEY NOT NULL,
    merge BIGINT NOT NULL REFERENCES merge (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    what VARCHAR(20) NOT NULL DEFAULT null, row_id BIGINT DEFAULT null, detail JSONB DEFAULT null)""",
    "CREATE INDEX merge_part_merge ON merge_part USING btree (merge)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
