"""Who has a seat, who waits, why, and who counts as enrolled in a year."""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    OnDelete,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.catalogue.tables import CourseRun
from elderlearn.people.tables import Resident

CHANNELS = "('self', 'carer', 'window', 'phone', 'paper')"


class SeatShare(Table, tablename="seat_share"):
    """Seats of a run kept for some people until a moment; what is left then belongs to everybody."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False)
    audience = Varchar(length=11, default=None, null=False)
    seats = Integer(default=None, null=False)
    taken = Integer(default=0, null=False)
    falls_back_at = Timestamptz(default=None, null=False)
    has_fallen_back = Boolean(default=False, null=False)

    seat_share_once = Unique([run, audience])
    seat_share_audience = Check("audience IN ('own_village', 'newcomers', 'desk')")
    seat_share_taken = Check("taken >= 0 AND taken <= seats")


class Enrolment(Table, tablename="enrolment"):
    """One resident and one run, once; its state says the rest. `line_no` orders those who wait.

    `share`: whose seat she sits on, none for one of the pool. `offer_until`: an offer ends then.
    `together`: the same for two of a run who asked as one; they get seats both or neither.
    """

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False)
    resident = ForeignKey(references=Resident, default=None, null=False, index=True)
    state = Varchar(length=9, default=None, null=False)
    channel = Varchar(length=6, default=None, null=False)
    line_no = Integer(default=None, null=True)
    share = ForeignKey(references=SeatShare, default=None, null=True, on_delete=OnDelete.set_null)
    offer_until = Timestamptz(default=None, null=True)
    together = BigInt(default=None, null=True)
    asked_at = Timestamptz(default=None, null=False)
    changed_at = Timestamptz(default=None, null=False)

    enrolment_once = Unique([run, resident])
    enrolment_state = Check(
        "state IN ('seated', 'waiting', 'in_draw', 'offered', 'declined', 'lapsed', 'withdrawn', 'removed')"
    )
    enrolment_channel = Check(f"channel IN {CHANNELS}")
    enrolment_offer = Check("offer_until IS NULL OR state = 'offered'")


class EnrolmentDecision(Table, tablename="enrolment_decision"):
    """Somebody asked for a seat: what she got, and why. The same refusal again within a minute is one row.

    `facts` are what decided: seats and taken ones, her place in line, whose share, or the values of a refusal.
    """

    id = BigSerial(primary_key=True)
    run = BigInt(default=None, null=False)
    resident = BigInt(default=None, null=False)
    at = Timestamptz(default=None, null=False)
    last_at = Timestamptz(default=None, null=False)
    times = Integer(default=1, null=False)
    channel = Varchar(length=6, default=None, null=False)
    actor_kind = Varchar(length=8, default=None, null=False)
    actor_id = BigInt(default=None, null=True)
    round = SmallInt(default=None, null=True)
    outcome = Varchar(length=7, default=None, null=False)
    reason = Varchar(length=30, default="", null=False)
    facts = JSONB(default="{}", null=False)

    enrolment_decision_outcome = Check("outcome IN ('seated', 'waiting', 'refused')")


class EnrolledPeriod(Table, tablename="enrolled_period"):
    """Seats a resident holds, in a statistic period, in runs of two sessions or more.

    Home and birth date are copied so that a report groups narrow rows (house.md decision 4).
    """

    id = BigSerial(primary_key=True)
    resident = BigInt(default=None, null=False)
    period = BigInt(default=None, null=False)
    residence = Varchar(length=7, default=None, null=False)
    place = BigInt(default=None, null=True)
    born_on = Date(default=None, null=True)
    runs = Integer(default=0, null=False)

    enrolled_period_once = Unique([period, resident])


EXTRA_DDL = (
    "CREATE INDEX enrolment_line ON enrolment (run, line_no) WHERE state = 'waiting'",
    "CREATE INDEX enrolment_offered ON enrolment (offer_until) WHERE state = 'offered'",
    "CREATE INDEX enrolment_share ON enrolment (share) WHERE share IS NOT NULL",
    "CREATE INDEX enrolment_decision_run ON enrolment_decision (run, resident, at)",
    "CREATE INDEX enrolled_period_resident ON enrolled_period (resident)",
    "CREATE INDEX enrolled_period_place ON enrolled_period (period, place)",
)
