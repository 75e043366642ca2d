"""Rounds and rules of a run; papers and the emergency contact of a resident."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-26T14:55:00:000057"
VERSION = "1.38.0"
DESCRIPTION = "enrolment rounds, run rules, papers, emergency contacts"

STATEMENTS = (
    """CREATE TABLE enrolment_round (id BIGSERIAL PRIMARY KEY NOT NULL,
    run BIGINT NOT NULL REFERENCES course_run (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    no SMALLINT NOT NULL DEFAULT null, name VARCHAR(10) NOT NULL DEFAULT null,
    audience VARCHAR(11) NOT NULL DEFAULT null, opens_at TIMESTAMPTZ NOT NULL DEFAULT null,
    closes_at TIMESTAMPTZ NOT NULL DEFAULT null,
    CONSTRAINT enrolment_round_once UNIQUE (run, no),
    CONSTRAINT enrolment_round_name
        CHECK (name IN ('returning', 'new', 'neighbours', 'top_up', 'late', 'everyone')),
    CONSTRAINT enrolment_round_audience
        CHECK (audience IN ('everyone', 'returning', 'newcomers', 'own_village', 'own_town')),
    CONSTRAINT enrolment_round_times CHECK (closes_at > opens_at))""",
    """CREATE TABLE run_rule (id BIGSERIAL PRIMARY KEY NOT NULL,
    run BIGINT NOT NULL UNIQUE REFERENCES course_run (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    women_from SMALLINT DEFAULT null, men_from SMALLINT DEFAULT null, signature_from SMALLINT DEFAULT null,
    first_time_only BOOLEAN NOT NULL DEFAULT false,
    prerequisite BIGINT REFERENCES course (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    needs_contact BOOLEAN NOT NULL DEFAULT false, needs_health_notice BOOLEAN NOT NULL DEFAULT false)""",
    """CREATE TABLE resident_paper (id BIGSERIAL PRIMARY KEY NOT NULL,
    resident BIGINT NOT NULL REFERENCES resident (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    kind VARCHAR(20) NOT NULL DEFAULT null, on_file_since DATE NOT NULL DEFAULT null,
    until DATE DEFAULT null, ended_on DATE DEFAULT null,
    CONSTRAINT resident_paper_kind CHECK (kind IN ('relative_signature')))""",
    "CREATE INDEX resident_paper_resident ON resident_paper USING btree (resident)",
    """CREATE TABLE emergency_contact (id BIGSERIAL PRIMARY KEY NOT NULL,
    resident BIGINT NOT NULL UNIQUE REFERENCES resident (id) ON DELETE CASCADE ON UPDATE CASCADE DEFAULT null,
    name VARCHAR(60) NOT NULL DEFAULT null, phone_cipher BYTEA NOT NULL DEFAULT null,
    changed_at TIMESTAMPTZ NOT NULL DEFAULT null)""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
