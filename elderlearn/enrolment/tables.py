"""Who has a seat, who waits, and who counts as enrolled in a year."""

from __future__ import annotations

from piccolo.columns import BigInt, BigSerial, Date, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.catalogue.tables import CourseRun
from elderlearn.people.tables import Resident


class Enrolment(Table, tablename="enrolment"):
    """One resident and one run, once; its state says the rest. `line_no` orders those who wait."""

    id = BigSerial(primary_key=True)
    run = ForeignKey(references=CourseRun, default=None, null=False)
    resident = ForeignKey(references=Resident, default=None, null=False, index=True)
    state = Varchar(length=9, default=None, null=False)
    channel = Varchar(length=6, default=None, null=False)
    line_no = Integer(default=None, null=True)
    asked_at = Timestamptz(default=None, null=False)
    changed_at = Timestamptz(default=None, null=False)

    enrolment_once = Unique([run, resident])
    enrolment_state = Check(
        "state IN ('seated', 'waiting', 'in_draw', 'offered', 'declined', 'lapsed', 'withdrawn', 'removed')"
    )
    enrolment_channel = Check("channel IN ('self', 'carer', 'window', 'phone', 'paper')")


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
    "CREATE INDEX enrolled_period_resident ON enrolled_period (resident)",
    "CREATE INDEX enrolled_period_place ON enrolled_period (period, place)",
)
