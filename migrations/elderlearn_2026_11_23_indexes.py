"""Indexes, triggers and what else Piccolo's table language cannot say. Repeats each room's EXTRA_DDL of that day."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-23T16:00:01:000000"
VERSION = "1.38.0"
DESCRIPTION = "indexes and triggers"

STATEMENTS = (
    """CREATE INDEX trail_subject_at ON trail (subject, subject_id, at)""",
    """CREATE FUNCTION trail_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'the trail is append-only'; END $$""",
    """CREATE TRIGGER trail_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION trail_is_append_only()""",
    """CREATE UNIQUE INDEX place_code_now ON place (code) WHERE valid_to IS NULL""",
    """CREATE UNIQUE INDEX elder_population_preferred ON elder_population (place, year, basis) WHERE is_preferred""",
    """CREATE UNIQUE INDEX stat_period_active ON stat_period (district, label) WHERE state = 'active'""",
    """CREATE INDEX notice_due ON notice (next_try_at) WHERE state IN ('due', 'claimed')""",
    """CREATE UNIQUE INDEX card_active ON card (resident) WHERE state = 'active'""",
    """CREATE INDEX session_run_starts ON session (run, starts_at)""",
    """CREATE INDEX session_district_date ON session (district, on_date)""",
    """CREATE INDEX course_run_open ON course_run (district, opens_at, closes_at) WHERE entry = 'enrol'""",
    """CREATE INDEX course_run_to_close ON course_run (ends_at) WHERE closed_at IS NULL""",
    """CREATE INDEX enrolment_line ON enrolment (run, line_no) WHERE state = 'waiting'""",
    """CREATE INDEX enrolled_period_resident ON enrolled_period (resident)""",
    """CREATE INDEX attendance_resident_date ON attendance (resident, on_date)""",
    """CREATE INDEX attendance_run ON attendance (run)""",
    """CREATE INDEX tally_resident ON tally (resident)""",
    """CREATE INDEX scan_flagged ON scan (session) WHERE verdict = 'flagged'""",
    """CREATE INDEX scan_received ON scan (received_at)""",
    """CREATE INDEX tally_by_organisation_resident ON tally_by_organisation (resident)""",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
