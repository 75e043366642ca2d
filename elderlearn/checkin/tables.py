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
from elderlearn.people.tables import Resident


class Scan(Table, tablename="scan"):
    """One scan as a phone sent it, with its verdict. Rows are added, never changed, but for a resolution."""

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

    scan_verdict = Check("verdict IN ('recorded', 'already_present', 'flagged', 'refused')")


class Attendance(Table, tablename="attendance"):
    """Somebody was there. Written by checkin/record.py only; never deleted, only voided with a reason."""

    id = BigSerial(primary_key=True)
    session = ForeignKey(references=Session, default=None, null=False)
    resident = ForeignKey(references=Resident, default=None, null=False)
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
    attendance_source = Check("source IN ('scan', 'typed', 'tick', 'paper', 'import', 'sample')")


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
    WHERE source IN ('tick', 'paper') AND voided_at IS NULL AND is_held""",
    "CREATE INDEX scan_flagged ON scan (session) WHERE verdict = 'flagged'",
    # Rows come in the order of this column: a note for some pages at a time is enough to find a day.
    "CREATE INDEX scan_received ON scan USING brin (received_at) WITH (pages_per_range=32, autosummarize=on)",
    "CREATE INDEX tally_by_organisation_resident ON tally_by_organisation (resident)",
    # Every scan changes a row of each: with room in its page the row stays there and no index hears of it.
    "ALTER TABLE tally SET (fillfactor = 80)",
    "ALTER TABLE tally_by_organisation SET (fillfactor = 80)",
)
