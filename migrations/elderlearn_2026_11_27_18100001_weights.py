"""A minute of a lecture may count for less than one of a class: weights of the kinds that count."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T18:10:00:010000"
VERSION = "1.38.0"
DESCRIPTION = "weights of the kinds"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        await engine_finder().run_ddl("ALTER TABLE stat_period ADD COLUMN weights SMALLINT[] DEFAULT null")

    manager.add_raw(run)
    return manager
