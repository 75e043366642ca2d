"""Phones that scan, and passes with which a helper's phone scans at one session."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:10:00:000066"
VERSION = "1.38.0"
DESCRIPTION = "hand over and devices"

STATEMENTS = (
    """CREATE TABLE device (id BIGSERIAL PRIMARY KEY NOT NULL, uuid UUID NOT NULL DEFAULT null,
    staff BIGINT NOT NULL REFERENCES staff (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    label VARCHAR(40) NOT NULL DEFAULT '', sign_in BIGINT DEFAULT null,
    first_seen_at TIMESTAMPTZ NOT NULL DEFAULT null, seen_at TIMESTAMPTZ NOT NULL DEFAULT null,
    scans BIGINT NOT NULL DEFAULT 0, ended_at TIMESTAMPTZ DEFAULT null, ended_by BIGINT DEFAULT null,
    end_reason VARCHAR(200) DEFAULT null, CONSTRAINT device_once UNIQUE (uuid, staff),
    CONSTRAINT device_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL)))""",
    "CREATE INDEX device_staff ON device USING btree (staff)",
    "CREATE INDEX device_sign_in ON device USING btree (sign_in)",
    """CREATE TABLE scan_pass (id BIGSERIAL PRIMARY KEY NOT NULL,
    session BIGINT NOT NULL REFERENCES session (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    staff BIGINT NOT NULL REFERENCES staff (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    token_hash BYTEA NOT NULL UNIQUE DEFAULT null, code_hash BYTEA NOT NULL DEFAULT null,
    offered_at TIMESTAMPTZ NOT NULL DEFAULT null, offered_until TIMESTAMPTZ NOT NULL DEFAULT null,
    taken_at TIMESTAMPTZ DEFAULT null, helper_name VARCHAR(60) DEFAULT null, key_hash BYTEA UNIQUE DEFAULT null,
    until TIMESTAMPTZ DEFAULT null,
    device BIGINT REFERENCES device (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    seen_at TIMESTAMPTZ DEFAULT null, scans BIGINT NOT NULL DEFAULT 0, ended_at TIMESTAMPTZ DEFAULT null,
    ended_by BIGINT DEFAULT null,
    CONSTRAINT scan_pass_taken CHECK ((taken_at IS NULL) = (key_hash IS NULL)
    AND (taken_at IS NULL) = (until IS NULL) AND (taken_at IS NULL) = (helper_name IS NULL)))""",
    "CREATE INDEX scan_pass_session ON scan_pass USING btree (session)",
    "CREATE INDEX scan_pass_staff ON scan_pass USING btree (staff)",
    "CREATE INDEX scan_pass_code_hash ON scan_pass USING btree (code_hash)",
    "CREATE INDEX scan_pass_device ON scan_pass USING btree (device)",
    "ALTER TABLE scan ADD COLUMN scan_pass BIGINT DEFAULT null",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
