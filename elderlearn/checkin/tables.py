"""Scans as they came, attendances, and the sums kept while writing (house.md decision 4)."""

from __future__ import annotations

from piccolo.columns import (
    UUID,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.catalogue.tables import Session
from elderlearn.people.tables import Staff


class Scan(Table, tablename="scan"):
    """One scan as a phone sent it, with its verdict. Rows are only ever added: the database sees to it."""

    id = UUID(primary_key=True, default=None, help_text="made by the phone")
    session = BigInt(default=None, null=True, help_text="as sent; may not exist")
    code_hash = Bytea(default=None, null=False)
    method = Varchar(length=10, default="camera", null=False)
    typed_name = Varchar(length=60, default=None, null=True)
    device = Varchar(length=60, default=None, null=True)
    device_seq = BigInt(default=None, null=True)
    scanned_at = Timestamptz(default=None, null=True, help_text="the phone's clock, corrected by sent_at")
    phone_said_at = Timestamptz(default=None, null=True)
    received_at = Timestamptz(default=None, null=False)
    by_staff = BigInt(default=None, null=True)
    door = Varchar(length=10, default=None, null=False)
    card = BigInt(default=None, null=True)
    resident = BigInt(default=None, null=True)
    verdict = Varchar(length=16, default=None, null=False)
    reason = Varchar(length=20, default=None, null=True)
    attendance = BigInt(default=None, null=True)
    scan_pass = BigInt(default=None, null=True, help_text="a helper scanned, by the pass that by_staff gave")

    scan_verdict = Check("verdict IN ('recorded', 'already_present', 'flagged', 'refused')")


class ScanResolution(Table, tablename="scan_resolution"):
    """What somebody decided about a scan that was flagged or refused.

    One decision counts at a time; one that was undone stays, with its reason. Session and resident are those it
    was decided to be; `has_recorded` is false where she counted as present already.
    """

    id = BigSerial(primary_key=True)
    scan = UUID(default=None, null=False)
    what = Varchar(length=14, default=None, null=False)
    session = BigInt(default=None, null=True)
    resident = BigInt(default=None, null=True)
    attendance = BigInt(default=None, null=True)
    has_recorded = Boolean(default=False, null=False)
    reason = Varchar(length=200, default="", null=False)
    at = Timestamptz(default=None, null=False)
    by_kind = Varchar(length=10, default=None, null=False)
    by_id = BigInt(default=None, null=True)
    door = Varchar(length=10, default=None, null=False)
    undone_at = Timestamptz(default=None, null=True)
    undone_by = BigInt(default=None, null=True)
    undone_door = Varchar(length=10, default=None, null=True)
    undone_reason = Varchar(length=200, default=None, null=True)

    scan_resolution_what = Check("what IN ('counted', 'other_session', 'other_person', 'dropped')")


class Device(Table, tablename="device"):
    """A phone that scans in the name of one member of staff: her own, or that of a helper she gave a pass.

    The phone makes its `uuid` itself and sends it along with its scans; `label` is what its browser says of it
    (phone_label.py). With `ended_at` nothing is taken from it until somebody entitled allows it again.
    """

    id = BigSerial(primary_key=True)
    uuid = UUID(default=None, null=False)
    staff = ForeignKey(references=Staff, default=None, null=False, index=True)
    label = Varchar(length=40, default="", null=False)
    sign_in = BigInt(default=None, null=True, index=True, help_text="the sign-in it sent from last")
    first_seen_at = Timestamptz(default=None, null=False)
    seen_at = Timestamptz(default=None, null=False)
    scans = BigInt(default=0, null=False, help_text="kept, each once")
    ended_at = Timestamptz(default=None, null=True)
    ended_by = BigInt(default=None, null=True)
    end_reason = Varchar(length=200, default=None, null=True)

    device_once = Unique([uuid, staff])
    device_ended = Check("(ended_at IS NULL) = (ended_by IS NULL)")


class ScanPass(Table, tablename="scan_pass"):
    """A helper may scan at one session until midnight. First an offer (a picture to scan, digits to type), which
    one phone takes up once; only hashes of its secrets are kept."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(references=Session, default=None, null=False, index=True)
    staff = ForeignKey(references=Staff, default=None, null=False, index=True, help_text="who gave it")
    token_hash = Bytea(default=None, null=False, unique=True, help_text="of the picture")
    code_hash = Bytea(default=None, null=False, index=True, help_text="of the digits to type; keyed")
    offered_at = Timestamptz(default=None, null=False)
    offered_until = Timestamptz(default=None, null=False)
    taken_at = Timestamptz(default=None, null=True)
    helper_name = Varchar(length=60, default=None, null=True)
    key_hash = Bytea(default=None, null=True, unique=True, help_text="of the cookie")
    until = Timestamptz(default=None, null=True, help_text="the midnight at which scanning ends")
    device = ForeignKey(references=Device, default=None, null=True, index=True)
    seen_at = Timestamptz(default=None, null=True)
    scans = BigInt(default=0, null=False, help_text="kept, each once")
    ended_at = Timestamptz(default=None, null=True)
    ended_by = BigInt(default=None, null=True)

    scan_pass_taken = Check(
        "(taken_at IS NULL) = (key_hash IS NULL) AND (taken_at IS NULL) = (until IS NULL) "
        "AND (taken_at IS NULL) = (helper_name IS NULL)"
    )


class Attendance(Table, tablename="attendance"):
    """Somebody was there. Written by checkin/record.py only; never deleted, only voided with a reason."""

    id = BigSerial(primary_key=True)
    session = BigInt(default=None, null=False, help_text="guarded: attendance_of_somebody")
    resident = BigInt(default=None, null=False, help_text="guarded: attendance_of_somebody")
    run = BigInt(default=None, null=False)
    organisation = BigInt(default=None, null=False)
    district = BigInt(default=None, null=False, help_text="of the organisation")
    kind = Varchar(length=10, default=None, null=False)
    on_date = Date(default=None, null=False)
    minutes = SmallInt(default=None, null=False, help_text="credited")
    source = Varchar(length=6, default=None, null=False)
    is_walk_in = Boolean(default=False, null=False)
    scan = UUID(default=None, null=True)
    attended_at = Timestamptz(default=None, null=False)
    recorded_at = Timestamptz(default=None, null=False)
    by_kind = Varchar(length=10, default=None, null=False)
    by_id = BigInt(default=None, null=True)
    door = Varchar(length=10, default=None, null=False)
    is_held = Boolean(default=True, null=False, help_text="false while the session is called off")
    voided_at = Timestamptz(default=None, null=True)
    voided_by = BigInt(default=None, null=True)
    void_reason = Varchar(length=200, default=None, null=True)

    attendance_once = Unique([session, resident])
    attendance_source = Check("source IN ('scan', 'typed', 'tick', 'paper', 'import', 'sample', 'venue')")


class WalkInForm(Table, tablename="walk_in_form"):
    """A form in which somebody was written down at the door: sent twice, it is found here."""

    id = UUID(primary_key=True, default=None, help_text="made from the number of the page and the name typed")
    attendance = BigInt(default=None, null=False)
    by_staff = BigInt(default=None, null=False)
    taken_at = Timestamptz(default=None, null=False)


class AttendedDay(Table, tablename="attended_day"):
    """Minutes and visits of a resident on a day in one kind of run."""

    id = BigSerial(primary_key=True)
    resident = BigInt(default=None, null=False)
    on_date = Date(default=None, null=False)
    kind = Varchar(length=10, default=None, null=False)
    district = BigInt(default=None, null=False, help_text="of the organisation")
    minutes = Integer(default=None, null=False)
    visits = Integer(default=None, null=False)

    attended_day_once = Unique([resident, on_date, kind, district])


class Tally(Table, tablename="tally"):
    """A resident's sums in one statistic period: what reports group. `minutes` are capped per day.

    `place` is the community (or the street, not yet assigned), never the street of a community, because
    reporting units are made of communities. `regular_since` is the day the rule was first met.
    """

    id = BigSerial(primary_key=True)
    resident = BigInt(default=None, null=False)
    period = BigInt(default=None, null=False)
    residence = Varchar(length=7, default=None, null=False)
    place = BigInt(default=None, null=True)
    born_on = Date(default=None, null=True)
    visits = Integer(default=0, null=False, help_text="of every kind")
    days = Integer(default=0, null=False, help_text="distinct, in the kinds that count")
    minutes = Integer(default=0, null=False, help_text="in the kinds that count, capped per day")
    online_minutes = Integer(default=0, null=False, help_text="of online learning; how many count is in `minutes`")
    completed_runs = Integer(default=0, null=False)
    regular_since = Date(default=None, null=True)

    tally_once = Unique([period, resident])


class TallyByOrganisation(Table, tablename="tally_by_organisation"):
    """What a resident did with one organisation in one period, by kind."""

    id = BigSerial(primary_key=True)
    resident = BigInt(default=None, null=False)
    period = BigInt(default=None, null=False)
    organisation = BigInt(default=None, null=False)
    kind = Varchar(length=10, default=None, null=False)
    visits = Integer(default=0, null=False)
    minutes = Integer(default=0, null=False, help_text="as credited, not capped")

    tally_by_organisation_once = Unique([period, organisation, resident, kind])


class RunCompletion(Table, tablename="run_completion"):
    """Decided when the run was closed: this resident completed it, on the day of its last session."""

    id = BigSerial(primary_key=True)
    run = BigInt(default=None, null=False)
    resident = BigInt(default=None, null=False, index=True)
    on_date = Date(default=None, null=False)
    kind = Varchar(length=10, default=None, null=False)
    district = BigInt(default=None, null=False)
    planned_minutes = Integer(default=None, null=False)

    run_completion_once = Unique([run, resident])


EXTRA_DDL = (
    "CREATE INDEX attendance_resident_date ON attendance (resident, on_date)",
    "CREATE INDEX attendance_run ON attendance (run)",
    "CREATE INDEX tally_resident ON tally (resident)",
    # Without the sums that every scan moves: those rows are changed in place.
    "CREATE INDEX tally_place ON tally (period, place)",
    """CREATE INDEX tally_regular ON tally (period, place, regular_since) INCLUDE (born_on)
    WHERE residence = 'inside' AND regular_since IS NOT NULL""",
    """CREATE INDEX attendance_by_hand ON attendance (organisation, on_date)
    WHERE source IN ('tick', 'paper', 'venue') AND voided_at IS NULL AND is_held""",
    # With all that lists and alarms ask of them: the scans, spread over millions, are not read for that.
    """CREATE INDEX scan_flagged ON scan (session) INCLUDE (id, resident, received_at, reason)
    WHERE verdict = 'flagged'""",
    # Rows come in the order of this column: a note for some pages at a time is enough to find a day.
    "CREATE INDEX scan_received ON scan USING brin (received_at) WITH (pages_per_range=32, autosummarize=on)",
    # Two people at once: the second waits here, and finds what the first decided.
    "CREATE UNIQUE INDEX scan_resolution_once ON scan_resolution (scan) WHERE undone_at IS NULL",
    "CREATE INDEX scan_refused ON scan (session) WHERE verdict = 'refused'",
    "CREATE INDEX scan_refused_by ON scan (by_staff) WHERE verdict = 'refused'",
    """CREATE FUNCTION scan_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION 'scans are append-only'; END $$""",
    """CREATE TRIGGER scan_append_only BEFORE UPDATE OR DELETE ON scan
    FOR EACH STATEMENT EXECUTE FUNCTION scan_is_append_only()""",
    "CREATE INDEX tally_by_organisation_resident ON tally_by_organisation (resident)",
    # What foreign keys would promise of an attendance, asked once for a statement instead of twice for a row. As
    # theirs, the look holds what it found: who removes somebody waits for who writes of her, and the other way.
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
    # Every scan changes a row of each: with room in its page the row stays there and no index hears of it.
    "ALTER TABLE tally SET (fillfactor = 80)",
    "ALTER TABLE tally_by_organisation SET (fillfactor = 80)",
)
