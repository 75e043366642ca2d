"""Seat shares, how the line is served, offers, and what was decided about every request for a seat."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T15:05:00:000091"
VERSION = "1.38.0"
DESCRIPTION = "seat shares, offers, decisions"

STATEMENTS = (
    """ALTER TABLE course_run ADD COLUMN reserved INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN line_mode VARCHAR(7) NOT NULL DEFAULT 'at_once',
    ADD COLUMN offer_hours SMALLINT NOT NULL DEFAULT 48,
    ADD COLUMN line_ends_at TIMESTAMPTZ DEFAULT null,
    DROP CONSTRAINT course_run_seats_taken,
    ADD CONSTRAINT course_run_seats_taken
        CHECK (seats_taken >= 0 AND reserved >= 0 AND seats_taken + reserved <= coalesce(seats, 0)),
    ADD CONSTRAINT course_run_line_mode CHECK (line_mode IN ('at_once', 'offer')),
    ADD CONSTRAINT course_run_offer_hours CHECK (offer_hours BETWEEN 1 AND 336)""",
    """CREATE TABLE seat_share (id BIGSERIAL PRIMARY KEY NOT NULL,
    run BIGINT NOT NULL REFERENCES course_run (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    audience VARCHAR(11) NOT NULL DEFAULT null, seats INTEGER NOT NULL DEFAULT null,
    taken INTEGER NOT NULL DEFAULT 0, falls_back_at TIMESTAMPTZ NOT NULL DEFAULT null,
    has_fallen_back BOOLEAN NOT NULL DEFAULT false,
    CONSTRAINT seat_share_once UNIQUE (run, audience),
    CONSTRAINT seat_share_audience CHECK (audience IN ('own_village', 'newcomers', 'desk')),
    CONSTRAINT seat_share_taken CHECK (taken >= 0 AND taken <= seats))""",
    """ALTER TABLE enrolment ADD COLUMN offer_until TIMESTAMPTZ DEFAULT null,
    ADD COLUMN share BIGINT DEFAULT null REFERENCES seat_share (id) ON DELETE SET NULL ON UPDATE CASCADE,
    ADD CONSTRAINT enrolment_offer CHECK (offer_until IS NULL OR state = 'offered')""",
    """CREATE TABLE enrolment_decision (id BIGSERIAL PRIMARY KEY NOT NULL,
    run BIGINT NOT NULL DEFAULT null, resident BIGINT NOT NULL DEFAULT null,
    at TIMESTAMPTZ NOT NULL DEFAULT null, last_at TIMESTAMPTZ NOT NULL DEFAULT null,
    times INTEGER NOT NULL DEFAULT 1, channel VARCHAR(6) NOT NULL DEFAULT null,
    actor_kind VARCHAR(8) NOT NULL DEFAULT null, actor_id BIGINT DEFAULT null,
    round SMALLINT DEFAULT null, outcome VARCHAR(7) NOT NULL DEFAULT null,
    reason VARCHAR(30) NOT NULL DEFAULT '', facts JSONB NOT NULL DEFAULT '{}',
    CONSTRAINT enrolment_decision_outcome CHECK (outcome IN ('seated', 'waiting', 'refused')))""",
    "CREATE INDEX enrolment_offered ON enrolment (offer_until) WHERE state = 'offered'",
    "CREATE INDEX enrolment_share ON enrolment (share) WHERE share IS NOT NULL",
    "CREATE INDEX enrolment_decision_run ON enrolment_decision (run, resident, at)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
