"""Online learning may count beside, up to so many minutes of the year."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T18:30:00:010000"
VERSION = "1.38.0"
DESCRIPTION = "online learning up to a limit"

STATEMENTS = (
    "ALTER TABLE stat_period ADD COLUMN online_most_minutes INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE tally ADD COLUMN online_minutes INTEGER NOT NULL DEFAULT 0",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
