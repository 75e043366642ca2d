"""What can be learned, where and when."""

from __future__ import annotations

from piccolo.columns import (
    Array,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.people.tables import Resident, Staff
from elderlearn.places.tables import Place

KINDS = "('class', 'lecture', 'activity', 'meeting', 'online')"


class Organisation(Table, tablename="organisation"):
    """Who teaches or gathers: an elder academy, a school, a society, a base."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    place = ForeignKey(references=Place, default=None, null=False, index=True)
    kind = Varchar(length=20, default=None, null=False)
    name = Varchar(length=100, default=None, null=False)
    name_pinyin = Varchar(length=400, default="", null=False)
    ended_on = Date(default=None, null=True)

    organisation_kind = Check("kind IN ('elder_academy', 'community_school', 'citizen_school', 'society', 'base')")


class OrganisationMember(Table, tablename="organisation_member"):
    """Somebody belongs to a society from a day until a day."""

    id = BigSerial(primary_key=True)
    organisation = ForeignKey(references=Organisation, default=None, null=False)
    resident = ForeignKey(references=Resident, default=None, null=False, index=True)
    joined_on = Date(default=None, null=False)
    left_on = Date(default=None, null=True)

    organisation_member_once = Unique([organisation, resident])


class JoinRequest(Table, tablename="join_request"):
    """Somebody would like to belong to a society. One of hers waits there at most; how each ended stays."""

    id = BigSerial(primary_key=True)
    organisation = ForeignKey(references=Organisation, default=None, null=False)
    resident = ForeignKey(references=Resident, default=None, null=False, index=True)
    state = Varchar(length=10, default="waiting", null=False)
    asked_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)
    reason = Varchar(length=100, default="", null=False, help_text="what she was told when declined")

    join_request_state = Check("state IN ('waiting', 'accepted', 'declined', 'cancelled')")


class Venue(Table, tablename="venue"):
    """A room people can find."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    place = ForeignKey(references=Place, default=None, null=False, index=True)
    name = Varchar(length=100, default=None, null=False)
    name_pinyin = Varchar(length=400, default="", null=False)
    address = Varchar(length=200, default="", null=False)
    capacity = Integer(default=None, null=True)
    ended_on = Date(default=None, null=True)


class Teacher(Table, tablename="teacher"):
    """Somebody who teaches; need not sign in."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    name = Varchar(length=60, default=None, null=False)
    name_pinyin = Varchar(length=400, default="", null=False)
    known_by = Varchar(length=60, default="", null=False, help_text="what tells her from another of her name")
    engagement = Varchar(length=10, default="volunteer", null=False)
    ended_on = Date(default=None, null=True)

    teacher_engagement = Check("engagement IN ('full_time', 'part_time', 'volunteer')")


class Term(Table, tablename="term"):
    """A term, and how many seats one person may hold in it."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    name = Varchar(length=60, default=None, null=False)
    starts_on = Date(default=None, null=False)
    ends_on = Date(default=None, null=False)
    limit_per_person = SmallInt(default=None, null=True)


class Holiday(Table, tablename="holiday"):
    """A day on which a district's weekly classes do not meet. Typed in by the office every year."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    on_date = Date(default=None, null=False)
    name = Varchar(length=60, default=None, null=False)

    holiday_once = Unique([district, on_date])


class Course(Table, tablename="course"):
    """What can be taught again."""

    id = BigSerial(primary_key=True)
    organisation = ForeignKey(references=Organisation, default=None, null=False, index=True)
    district = ForeignKey(references=Place, default=None, null=False)
    title = Varchar(length=100, default=None, null=False)
    title_pinyin = Varchar(length=400, default="", null=False)
    subject = Varchar(length=60, default="", null=False)
    state = Varchar(length=8, default="draft", null=False)

    course_state = Check("state IN ('draft', 'released', 'ended')")


class CourseRun(Table, tablename="course_run"):
    """A course held once: its sessions, its seats. Released when its course is.

    `seats_taken` = seated + offered, guarded by the database; `waiting` = those in the line now.
    `line_last` numbers those who ever waited. `reserved` = seats kept for shares (enrolment.SeatShare) that have
    not fallen back; `line_mode` says how the next in line gets a seat, `line_ends_at` when the line is void.
    `places` are ids of places whose residents may enrol; empty: anybody registered.
    """

    id = BigSerial(primary_key=True)
    course = ForeignKey(references=Course, default=None, null=False, index=True)
    organisation = ForeignKey(references=Organisation, default=None, null=False, index=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    kind = Varchar(length=10, default="class", null=False)
    entry = Varchar(length=10, default="enrol", null=False)
    allocation = Varchar(length=12, default="first_come", null=False)
    seats = Integer(default=None, null=True)
    seats_taken = Integer(default=0, null=False)
    waiting = Integer(default=0, null=False)
    line_last = Integer(default=0, null=False)
    reserved = Integer(default=0, null=False)
    line_mode = Varchar(length=7, default="at_once", null=False)
    offer_hours = SmallInt(default=48, null=False)
    line_ends_at = Timestamptz(default=None, null=True)
    opens_at = Timestamptz(default=None, null=True)
    closes_at = Timestamptz(default=None, null=True)
    term = ForeignKey(references=Term, default=None, null=True, index=True)
    min_age = SmallInt(default=None, null=True)
    max_age = SmallInt(default=None, null=True)
    places = Array(base_column=BigInt(), default=list, null=False)
    credited_minutes = Integer(default=None, null=True, help_text="per visit; none: the session's length")
    sessions_count = Integer(default=0, null=False, help_text="all of them, called off ones too")
    planned_minutes = Integer(default=0, null=False, help_text="of all its sessions")
    first_on = Date(default=None, null=True)
    last_on = Date(default=None, null=True)
    ends_at = Timestamptz(default=None, null=True, help_text="end of the last session")
    closed_at = Timestamptz(default=None, null=True)
    added_at = Timestamptz(default=None, null=False)

    course_run_kind = Check(f"kind IN {KINDS}")
    course_run_entry = Check("entry IN ('enrol', 'drop_in', 'members')")
    course_run_allocation = Check("allocation IN ('first_come', 'draw', 'staff')")
    course_run_seats_taken = Check(
        "seats_taken >= 0 AND reserved >= 0 AND seats_taken + reserved <= coalesce(seats, 0)"
    )
    course_run_line_mode = Check("line_mode IN ('at_once', 'offer')")
    course_run_offer_hours = Check("offer_hours BETWEEN 1 AND 336")
    course_run_waiting = Check("waiting >= 0")
    course_run_enrol = Check(
        "entry <> 'enrol' OR (seats IS NOT NULL AND opens_at IS NOT NULL AND closes_at IS NOT NULL)"
    )


class EnrolmentRound(Table, tablename="enrolment_round"):
    """From when until when which people may ask for a seat of a run. A run without rounds is for everybody from
    its `opens_at` to its `closes_at`; with rounds those two are the first and the last moment of them."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False)
    no = SmallInt(default=None, null=False)
    name = Varchar(length=10, default=None, null=False)
    audience = Varchar(length=11, default=None, null=False)
    opens_at = Timestamptz(default=None, null=False)
    closes_at = Timestamptz(default=None, null=False)

    enrolment_round_once = Unique([run, no])
    enrolment_round_name = Check("name IN ('returning', 'new', 'neighbours', 'top_up', 'late', 'everyone')")
    enrolment_round_audience = Check(
        "audience IN ('everyone', 'returning', 'newcomers', 'own_village', 'own_town')"
    )
    enrolment_round_times = Check("closes_at > opens_at")


class RunRule(Table, tablename="run_rule"):
    """What a run asks for beyond ages and places of its own row. Most runs have none of these."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False, unique=True)
    women_from = SmallInt(default=None, null=True)
    men_from = SmallInt(default=None, null=True)
    signature_from = SmallInt(default=None, null=True, help_text="from this age a relative has signed")
    first_time_only = Boolean(default=False, null=False)
    prerequisite = ForeignKey(references=Course, default=None, null=True)
    needs_contact = Boolean(default=False, null=False)
    needs_health_notice = Boolean(default=False, null=False)


class Session(Table, tablename="session"):
    """One meeting of a run. Its id stays when it is moved or called off."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False, index=True)
    organisation = ForeignKey(references=Organisation, default=None, null=False)
    district = ForeignKey(references=Place, default=None, null=False)
    kind = Varchar(length=10, default=None, null=False)
    starts_at = Timestamptz(default=None, null=False)
    ends_at = Timestamptz(default=None, null=False)
    on_date = Date(default=None, null=False, index=True, help_text="in Shanghai")
    credited_minutes = Integer(default=None, null=False, help_text="what one attendance is worth")
    state = Varchar(length=10, default="planned", null=False)
    venue = ForeignKey(references=Venue, default=None, null=True)
    teacher = ForeignKey(references=Teacher, default=None, null=True)

    session_times = Check("ends_at > starts_at")
    session_kind = Check(f"kind IN {KINDS}")
    session_state = Check("state IN ('planned', 'called_off')")


class RunLeader(Table, tablename="run_leader"):
    """This member of staff leads this run."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False)
    staff = ForeignKey(references=Staff, default=None, null=False, index=True)

    run_leader_once = Unique([run, staff])


EXTRA_DDL = (
    "CREATE INDEX session_run_starts ON session (run, starts_at)",
    """CREATE INDEX session_held ON session (organisation, on_date) INCLUDE (starts_at, ends_at)
    WHERE state = 'planned'""",
    "CREATE INDEX session_district_date ON session (district, on_date)",
    "CREATE INDEX course_run_open ON course_run (district, opens_at, closes_at) WHERE entry = 'enrol'",
    "CREATE INDEX session_teacher_starts ON session (teacher, starts_at)",
    "CREATE INDEX session_venue_starts ON session (venue, starts_at)",
    "CREATE INDEX course_run_to_close ON course_run (ends_at) WHERE closed_at IS NULL",
    "CREATE UNIQUE INDEX join_request_waiting ON join_request (organisation, resident) WHERE state = 'waiting'",
)
