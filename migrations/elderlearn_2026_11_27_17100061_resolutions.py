"""What people decide about unclear scans; scans themselves are never changed again; how long one may wait."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:10:00:000061"
VERSION = "1.38.0"
DESCRIPTION = "resolutions of unclear scans, scans append-only"

STATEMENTS = (
    """CREATE TABLE scan_resolution (id BIGSERIAL PRIMARY KEY NOT NULL, scan UUID NOT NULL DEFAULT null,
    what VARCHAR(14) NOT NULL DEFAULT null, session BIGINT DEFAULT null, resident BIGINT DEFAULT null,
    attendance BIGINT DEFAULT null, has_recorded BOOLEAN NOT NULL DEFAULT false,
    reason VARCHAR(200) NOT NULL DEFAULT '', at TIMESTAMPTZ NOT NULL DEFAULT null,
    by_kind VARCHAR(10) NOT NULL DEFAULT null,
    by_id BIGINT DEFAULT null, door VARCHAR(10) NOT NULL DEFAULT null, undone_at TIMESTAMPTZ DEFAULT null,
    undone_by BIGINT DEFAULT null, undone_door VARCHAR(10) DEFAULT null, undone_reason VARCHAR(200) DEFAULT null)""",
    """ALTER TABLE scan_resolution ADD CONSTRAINT scan_resolution_what
    CHECK (what IN ('counted', 'other_session', 'other_person', 'dropped'))""",
    "CREATE UNIQUE INDEX scan_resolution_once ON scan_resolution (scan) WHERE undone_at IS NULL",
    "CREATE INDEX scan_refused ON scan (session) WHERE verdict = 'refused'",
    "CREATE INDEX scan_refused_by ON scan (by_staff) WHERE verdict = 'refused'",
    """CREATE FUNCTION scan_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'scans are append-only'; END $$""",
    """CREATE TRIGGER scan_append_only BEFORE UPDATE OR DELETE ON scan
    FOR EACH STATEMENT EXECUTE FUNCTION scan_is_append_only()""",
    "ALTER TABLE district_setting ADD COLUMN unclear_days SMALLINT NOT NULL DEFAULT 7",
    """ALTER TABLE district_setting ADD CONSTRAINT district_setting_unclear_days
    CHECK (unclear_days BETWEEN 1 AND 365)""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
