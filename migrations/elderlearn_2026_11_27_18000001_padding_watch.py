"""Unusual patterns with their evidence, each to be closed with a note."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T18:00:00:010000"
VERSION = "1.38.0"
DESCRIPTION = "padding watch"

STATEMENTS = (
    """CREATE TABLE unusual (id BIGSERIAL PRIMARY KEY NOT NULL,
    district BIGINT NOT NULL REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    kind VARCHAR(10) NOT NULL DEFAULT null, subject VARCHAR(80) NOT NULL DEFAULT null,
    organisation BIGINT DEFAULT null, place BIGINT DEFAULT null, session BIGINT DEFAULT null,
    on_date DATE DEFAULT null, measure INTEGER NOT NULL DEFAULT null, evidence JSONB NOT NULL DEFAULT '{}',
    seen_at TIMESTAMPTZ NOT NULL DEFAULT null, last_at TIMESTAMPTZ NOT NULL DEFAULT null,
    closed_at TIMESTAMPTZ DEFAULT null, closed_by BIGINT DEFAULT null, closed_measure INTEGER DEFAULT null,
    note VARCHAR(300) NOT NULL DEFAULT '')""",
    "ALTER TABLE unusual ADD CONSTRAINT unusual_once UNIQUE (district, kind, subject)",
    """ALTER TABLE unusual ADD CONSTRAINT unusual_kind
    CHECK (kind IN ('burst', 'crowd', 'by_hand', 'bump', 'two_places'))""",
    """ALTER TABLE unusual ADD CONSTRAINT unusual_closed CHECK ((closed_at IS NULL) = (closed_measure IS NULL))""",
    "CREATE INDEX unusual_open ON unusual (district, last_at) WHERE closed_at IS NULL",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
