"""Blank cards made at once are one batch, which can be printed again."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:15:00:000073"
VERSION = "1.38.0"
DESCRIPTION = "batches of blank cards"

STATEMENTS = (
    """CREATE TABLE blank_batch (id BIGSERIAL PRIMARY KEY NOT NULL,
    district BIGINT NOT NULL REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    place BIGINT NOT NULL REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    made_at TIMESTAMPTZ NOT NULL DEFAULT null, by_staff BIGINT DEFAULT null)""",
    "CREATE INDEX blank_batch_place ON blank_batch USING btree (place)",
    """ALTER TABLE card ADD COLUMN batch BIGINT REFERENCES blank_batch (id)
    ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null""",
    "CREATE INDEX card_batch ON card USING btree (batch)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
