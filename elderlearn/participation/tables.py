"""Which rule counts from when, and what is aimed at."""

from __future__ import annotations

from piccolo.columns import JSONB, Array, BigInt, BigSerial, Date, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.places.tables import Place


class RegularRule(Table, tablename="regular_rule"):
    """A version of the rule that makes somebody a regular, with who approved it.

    Proposed, then `looked_at` when its `preview` is counted; approved, and then in force when the periods of
    `labels` were counted by it beside the old ones: `done` of `total` people, up to the resident `cursor`.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    version = Integer(default=None, null=False)
    parameters = JSONB(default=None, null=False)
    from_period = Varchar(length=7, default=None, null=False)
    reason = Varchar(length=200, default="", null=False)
    approved_by = BigInt(default=None, null=True)
    approved_at = Timestamptz(default=None, null=True)
    state = Varchar(length=9, default="in_force", null=False)
    proposed_by = BigInt(default=None, null=True)
    proposed_at = Timestamptz(default=None, null=True)
    decision = Varchar(length=200, default="", null=False, help_text="who decided it, as the approver writes it")
    preview = JSONB(default=None, null=True)
    labels = Array(base_column=Varchar(length=7), default=list, null=False)
    cursor = BigInt(default=0, null=False)
    done = Integer(default=0, null=False)
    total = Integer(default=0, null=False)
    ended_at = Timestamptz(default=None, null=True, help_text="withdrawn, or in force since")

    regular_rule_state = Check("state IN ('proposed', 'looked_at', 'approved', 'in_force', 'withdrawn')")
    regular_rule_approved = Check("state NOT IN ('approved', 'in_force') OR approved_at IS NOT NULL")
    regular_rule_version = Unique([district, version])


class Target(Table, tablename="target"):
    """What a plan asks for, from a day until a day. `value` is in `unit` (per mille of elders)."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    measure = Varchar(length=20, default=None, null=False)
    value = Integer(default=None, null=False)
    starts_on = Date(default=None, null=False)
    ends_on = Date(default=None, null=True)
    source = Varchar(length=200, default="", null=False)

    target_measure = Check("measure IN ('regulars_per_mille')")


class SettledAlarm(Table, tablename="settled_alarm"):
    """Figures of elders that do not fit, and somebody said that they are right as they are.

    `alarm` is a digest of what did not fit: with other figures it is another alarm.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    alarm = Varchar(length=64, default=None, null=False)
    note = Varchar(length=200, default="", null=False)
    by_staff = BigInt(default=None, null=True)
    at = Timestamptz(default=None, null=False)

    settled_alarm_once = Unique([district, alarm])


class SumsCheck(Table, tablename="sums_check"):
    """The sums were compared with the attendances, of some people or of all: how many rows differed, and which."""

    id = BigSerial(primary_key=True)
    what = Varchar(length=4, default=None, null=False)
    started_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(default=None, null=False, index=True)
    people = Integer(default=None, null=False)
    differing = Integer(default=None, null=False)
    shown = JSONB(default="[]", null=False)

    sums_check_what = Check("what IN ('some', 'all')")


class Unusual(Table, tablename="unusual"):
    """A pattern that is unusual, with its evidence; never an accusation. Closed with a note, it stays closed
    until `measure` has grown a good deal beyond what was closed.

    `subject` names it among its kind: a session, a person and day, an organisation or place and a year.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    kind = Varchar(length=10, default=None, null=False)
    subject = Varchar(length=80, default=None, null=False)
    organisation = BigInt(default=None, null=True)
    place = BigInt(default=None, null=True)
    session = BigInt(default=None, null=True)
    on_date = Date(default=None, null=True)
    measure = Integer(default=None, null=False)
    evidence = JSONB(default="{}", null=False)
    seen_at = Timestamptz(default=None, null=False)
    last_at = Timestamptz(default=None, null=False)
    closed_at = Timestamptz(default=None, null=True)
    closed_by = BigInt(default=None, null=True)
    closed_measure = Integer(default=None, null=True)
    note = Varchar(length=300, default="", null=False)

    unusual_once = Unique([district, kind, subject])
    unusual_kind = Check("kind IN ('burst', 'crowd', 'by_hand', 'bump', 'two_places')")
    unusual_closed = Check("(closed_at IS NULL) = (closed_measure IS NULL)")


EXTRA_DDL = (
    "CREATE INDEX unusual_open ON unusual (district, last_at) WHERE closed_at IS NULL",
    "CREATE INDEX regular_rule_at_work ON regular_rule (id) WHERE state IN ('proposed', 'approved')",
)
