"""Pages of the kept sums leave room, so that a scan changes its rows in place; a smaller index of days."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T15:55:00:000085"
VERSION = "1.38.0"
DESCRIPTION = "room in the pages of sums, a smaller index of days"

STATEMENTS = (
    "ALTER TABLE tally SET (fillfactor = 80)",
    "ALTER TABLE tally_by_organisation SET (fillfactor = 80)",
    "DROP INDEX scan_received",
    "CREATE INDEX scan_received ON scan USING brin (received_at) WITH (pages_per_range=32, autosummarize=on)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
