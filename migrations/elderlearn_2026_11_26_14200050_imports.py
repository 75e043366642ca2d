"""Files on their way in: checked, confirmed, written."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:20:00:000050"
VERSION = "1.38.0"
DESCRIPTION = "files brought in"

STATEMENTS = (
    """CREATE TABLE import_run (id BIGSERIAL PRIMARY KEY NOT NULL,
    district BIGINT NOT NULL REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    place BIGINT NOT NULL REFERENCES place (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    kind VARCHAR(12) NOT NULL DEFAULT null, file_name VARCHAR(200) NOT NULL DEFAULT null,
    size INTEGER NOT NULL DEFAULT null, data BYTEA DEFAULT null, by_staff BIGINT NOT NULL DEFAULT null,
    door VARCHAR(10) NOT NULL DEFAULT null, is_trial BOOLEAN NOT NULL DEFAULT true,
    skip_bad BOOLEAN NOT NULL DEFAULT false, state VARCHAR(10) NOT NULL DEFAULT 'waiting',
    attempts SMALLINT NOT NULL DEFAULT 0, done INTEGER NOT NULL DEFAULT 0, total INTEGER NOT NULL DEFAULT 0,
    found JSONB DEFAULT null, started_at TIMESTAMPTZ NOT NULL DEFAULT null,
    stop_asked_at TIMESTAMPTZ DEFAULT null, finished_at TIMESTAMPTZ DEFAULT null)""",
    "CREATE INDEX import_run_district ON import_run USING btree (district)",
    """ALTER TABLE import_run ADD CONSTRAINT import_run_kind
    CHECK (kind IN ('places', 'population', 'residents', 'courses', 'attendances'))""",
    """ALTER TABLE import_run ADD CONSTRAINT import_run_state
    CHECK (state IN ('waiting', 'checking', 'checked', 'writing', 'done', 'failed', 'cancelled'))""",
    "CREATE INDEX import_run_open ON import_run (id) WHERE state IN ('waiting', 'checking', 'writing')",
    "CREATE INDEX import_run_with_file ON import_run (started_at) WHERE data IS NOT NULL",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
