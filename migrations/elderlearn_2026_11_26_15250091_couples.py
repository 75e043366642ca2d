"""Two people may ask for a run as one: `enrolment.together` is the same for both."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T15:25:00:000091"
VERSION = "1.38.0"
DESCRIPTION = "couples"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        await engine_finder().run_ddl("ALTER TABLE enrolment ADD COLUMN together BIGINT DEFAULT null")

    manager.add_raw(run)
    return manager
