"""Every night some of the sums are counted again, every week all: what was found."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:50:00:010000"
VERSION = "1.38.0"
DESCRIPTION = "checks of the sums"

STATEMENTS = (
    """CREATE TABLE sums_check (id BIGSERIAL PRIMARY KEY NOT NULL, what VARCHAR(4) NOT NULL DEFAULT null,
    started_at TIMESTAMPTZ NOT NULL DEFAULT null, finished_at TIMESTAMPTZ NOT NULL DEFAULT null,
    people INTEGER NOT NULL DEFAULT null, differing INTEGER NOT NULL DEFAULT null,
    shown JSONB NOT NULL DEFAULT '[]')""",
    "ALTER TABLE sums_check ADD CONSTRAINT sums_check_what CHECK (what IN ('some', 'all'))",
    "CREATE INDEX sums_check_finished_at ON sums_check USING btree (finished_at)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
