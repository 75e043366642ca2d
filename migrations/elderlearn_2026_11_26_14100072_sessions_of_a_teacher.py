"""Which sessions a teacher gives and a venue holds is asked for every line of their lists."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:10:00:000072"
VERSION = "1.38.0"
DESCRIPTION = "sessions of a teacher and of a venue"

STATEMENTS = (
    "CREATE INDEX session_teacher_starts ON session (teacher, starts_at)",
    "CREATE INDEX session_venue_starts ON session (venue, starts_at)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
