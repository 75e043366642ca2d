"""Requests to join a society, and the forms of the door, so that one sent twice is one person."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:00:00:410000"
VERSION = "1.38.0"
DESCRIPTION = "join requests and walk-in forms"

STATEMENTS = (
    """CREATE TABLE join_request (id BIGSERIAL PRIMARY KEY NOT NULL,
    organisation BIGINT NOT NULL REFERENCES organisation (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    resident BIGINT NOT NULL REFERENCES resident (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    state VARCHAR(10) NOT NULL DEFAULT 'waiting', asked_at TIMESTAMPTZ NOT NULL DEFAULT null,
    ended_at TIMESTAMPTZ DEFAULT null, reason VARCHAR(100) NOT NULL DEFAULT '')""",
    """CREATE INDEX join_request_resident ON join_request USING btree (resident)""",
    """ALTER TABLE join_request ADD CONSTRAINT join_request_state
    CHECK (state IN ('waiting', 'accepted', 'declined', 'cancelled'))""",
    """CREATE UNIQUE INDEX join_request_waiting ON join_request (organisation, resident) WHERE state = 'waiting'""",
    """CREATE TABLE walk_in_form (id UUID PRIMARY KEY NOT NULL DEFAULT null, attendance BIGINT NOT NULL DEFAULT null,
    by_staff BIGINT NOT NULL DEFAULT null, taken_at TIMESTAMPTZ NOT NULL DEFAULT null)""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
