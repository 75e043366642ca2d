"""A message to somebody who died is given up."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:25:00:000074"
VERSION = "1.38.0"
DESCRIPTION = "cancelled notices"

STATEMENTS = (
    "ALTER TABLE notice DROP CONSTRAINT notice_state",
    """ALTER TABLE notice ADD CONSTRAINT notice_state
    CHECK (state IN ('due', 'claimed', 'sent', 'unknown', 'failed', 'unreachable', 'cancelled'))""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
