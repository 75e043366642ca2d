"""What was ticked, typed from paper, or said on one's own phone is counted from one index."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:40:00:000033"
VERSION = "1.38.0"
DESCRIPTION = "attendances said on one's own phone in the index of ways"

STATEMENTS = (
    "DROP INDEX attendance_by_hand",
    """CREATE INDEX attendance_by_hand ON attendance (organisation, on_date)
    WHERE source IN ('tick', 'paper', 'venue') AND voided_at IS NULL AND is_held""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
