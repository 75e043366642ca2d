"""Attendances by the code of the hall, said by the person herself."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:05:00:000033"
VERSION = "1.38.0"
DESCRIPTION = "attendances by the code of the hall"

# Not valid at first, so that nobody waits while millions of rows are looked at: all of them satisfied less.
STATEMENTS = (
    "ALTER TABLE attendance DROP CONSTRAINT attendance_source",
    """ALTER TABLE attendance ADD CONSTRAINT attendance_source
    CHECK (source IN ('scan', 'typed', 'tick', 'paper', 'import', 'sample', 'venue')) NOT VALID""",
    "ALTER TABLE attendance VALIDATE CONSTRAINT attendance_source",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
