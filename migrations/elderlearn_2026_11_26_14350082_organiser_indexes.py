"""What was held by whom is read from indexes alone; they hold what counts and nothing else."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:35:00:000082"
VERSION = "1.38.0"
DESCRIPTION = "indexes of what was held"

STATEMENTS = (
    "DROP INDEX attendance_by_hand",
    """CREATE INDEX attendance_by_hand ON attendance (organisation, on_date)
    WHERE source IN ('tick', 'paper') AND voided_at IS NULL AND is_held""",
    """CREATE INDEX session_held ON session (organisation, on_date) INCLUDE (starts_at, ends_at)
    WHERE state = 'planned'""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
