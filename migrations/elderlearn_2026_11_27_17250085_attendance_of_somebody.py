"""Whose attendance it is and at which session, asked once for a statement; pages of days leave room."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.engine import engine_finder

ID = "2026-11-27T17:25:00:000085"
VERSION = "1.38.0"
DESCRIPTION = "attendance of somebody"

STATEMENTS = (
    "ALTER TABLE attendance DROP CONSTRAINT attendance_session_fkey",
    "ALTER TABLE attendance DROP CONSTRAINT attendance_resident_fkey",
    """CREATE FUNCTION attendance_of_somebody() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF (SELECT count(*) FROM (SELECT FROM resident WHERE id = ANY(ARRAY(SELECT resident FROM written))
                FOR KEY SHARE) r) < (SELECT count(DISTINCT resident) FROM written)
            OR (SELECT count(*) FROM (SELECT FROM session WHERE id = ANY(ARRAY(SELECT session FROM written))
                FOR KEY SHARE) s) < (SELECT count(DISTINCT session) FROM written) THEN
            RAISE foreign_key_violation USING MESSAGE = 'an attendance of nobody, or at no session';
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER attendance_of_somebody AFTER INSERT ON attendance REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_of_somebody()""",
    """CREATE FUNCTION attendance_moves_to_somebody() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM FROM resident WHERE id = NEW.resident FOR KEY SHARE;
        IF NOT FOUND THEN RAISE foreign_key_violation USING MESSAGE = 'an attendance of nobody'; END IF;
        PERFORM FROM session WHERE id = NEW.session FOR KEY SHARE;
        IF NOT FOUND THEN RAISE foreign_key_violation USING MESSAGE = 'an attendance at no session'; END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER attendance_moves_to_somebody AFTER UPDATE OF session, resident ON attendance
    FOR EACH ROW EXECUTE FUNCTION attendance_moves_to_somebody()""",
    """CREATE FUNCTION attendance_outlives_nobody() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_TABLE_NAME = 'resident' AND EXISTS (SELECT FROM attendance a JOIN gone g ON g.id = a.resident)
            OR TG_TABLE_NAME = 'session' AND EXISTS (SELECT FROM attendance a JOIN gone g ON g.id = a.session)
        THEN
            RAISE foreign_key_violation USING MESSAGE = 'there are attendances of ' || TG_TABLE_NAME;
        END IF;
        RETURN NULL;
    END $$""",
    """CREATE TRIGGER resident_has_attendances AFTER DELETE ON resident REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_outlives_nobody()""",
    """CREATE TRIGGER session_has_attendances AFTER DELETE ON session REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION attendance_outlives_nobody()""",
    "ALTER TABLE attended_day SET (fillfactor = 80)",
)


async def forwards():
    manager = MigrationManager(migration_id=ID, app_name="elderlearn", description=DESCRIPTION)

    async def run():
        for statement in STATEMENTS:
            await engine_finder().run_ddl(statement)

    manager.add_raw(run)
    return manager
