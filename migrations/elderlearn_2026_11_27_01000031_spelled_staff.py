"""Names of accounts as they are spelled, so that lists and choices of staff stand in the order people look for."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

from elderlearn.ground.pinyin import spelled_name

ID = "2026-11-27T01:00:00:000031"
VERSION = "1.38.0"
DESCRIPTION = "pinyin of the names of staff"


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        await engine_finder().run_ddl("ALTER TABLE staff ADD COLUMN name_pinyin varchar(400) NOT NULL DEFAULT ''")
        await _fill()

    manager.add_raw(run)
    return manager


async def _fill():
    connection = engine_finder().current_transaction.get().connection
    names = [one["name"] for one in await connection.fetch("SELECT name FROM staff")]
    await connection.execute(
        """UPDATE staff SET name_pinyin = given.letters
        FROM unnest($1::text[], $2::text[]) AS given (name, letters) WHERE staff.name = given.name""",
        names,
        [spelled_name(name) for name in names],
    )
