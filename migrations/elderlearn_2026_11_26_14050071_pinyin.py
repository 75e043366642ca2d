"""Names and titles as they are spelled, for order and search; what tells two teachers of one name apart."""

from collections.abc import Callable

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

from elderlearn.ground.pinyin import spelled, spelled_name

ID = "2026-11-26T14:05:00:000071"
VERSION = "1.38.0"
DESCRIPTION = "pinyin of names"
AT_ONCE = 20_000

COLUMNS = (
    "ALTER TABLE resident ADD COLUMN name_pinyin varchar(400) DEFAULT NULL",
    "ALTER TABLE organisation ADD COLUMN name_pinyin varchar(400) NOT NULL DEFAULT ''",
    "ALTER TABLE venue ADD COLUMN name_pinyin varchar(400) NOT NULL DEFAULT ''",
    "ALTER TABLE teacher ADD COLUMN name_pinyin varchar(400) NOT NULL DEFAULT ''",
    "ALTER TABLE teacher ADD COLUMN known_by varchar(60) NOT NULL DEFAULT ''",
    "ALTER TABLE course ADD COLUMN title_pinyin varchar(400) NOT NULL DEFAULT ''",
)
FILLED: tuple[tuple[str, str, Callable[[str], str]], ...] = (
    ("resident", "name", spelled_name),
    ("organisation", "name", spelled),
    ("venue", "name", spelled),
    ("teacher", "name", spelled_name),
    ("course", "title", spelled),
)
INDEXES = (
    "CREATE INDEX resident_name ON resident (name text_pattern_ops)",
    "CREATE INDEX resident_spelled ON resident (replace(name_pinyin, ' ', '') text_pattern_ops)",
    r"""CREATE INDEX resident_initials ON resident
    (regexp_replace(name_pinyin, '(\S)\S*\s*', '\1', 'g') text_pattern_ops)""",
    """CREATE INDEX resident_in_order ON resident (district, name_pinyin COLLATE "C", name COLLATE "C", id)
    WHERE name IS NOT NULL""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in COLUMNS:
            await engine_finder().run_ddl(statement)
        for table, column, spell in FILLED:
            await _fill(table, column, spell)
        for statement in INDEXES:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager


async def _fill(table, column, spell):
    """Each different name is spelled once; thousands of rows go in one statement."""
    connection = engine_finder().current_transaction.get().connection
    found = await connection.fetch(f"SELECT DISTINCT {column} AS name FROM {table} WHERE {column} IS NOT NULL")
    names = [one["name"] for one in found]
    for at in range(0, len(names), AT_ONCE):
        some = names[at : at + AT_ONCE]
        await connection.execute(
            f"""UPDATE {table} SET {column}_pinyin = given.letters
            FROM unnest($1::text[], $2::text[]) AS given (name, letters) WHERE {table}.{column} = given.name""",
            some,
            [spell(name) for name in some],
        )
