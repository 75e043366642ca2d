"""The index of flagged scans holds all that lists and alarms ask of them."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:42:00:000061"
VERSION = "1.38.0"
DESCRIPTION = "a wider index of flagged scans"

STATEMENTS = (
    "DROP INDEX scan_flagged",
    """CREATE INDEX scan_flagged ON scan (session) INCLUDE (id, resident, received_at, reason)
    WHERE verdict = 'flagged'""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
