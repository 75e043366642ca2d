"""What stewardship remembers: files brought in, rows that are one person, and pairs that are two."""

from __future__ import annotations

from piccolo.columns import (
    JSONB,
    BigInt,
    BigSerial,
    Boolean,
    Bytea,
    ForeignKey,
    Integer,
    SmallInt,
    Timestamptz,
    Varchar,
)
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.people.tables import Resident
from elderlearn.places.tables import Place


class ImportRun(Table, tablename="import_run"):
    """A file on its way in: checked first, written when somebody has seen what it says.

    `data` is the file, sealed; it goes when it is written, called off or a week old. `done` of `total` rows are
    through the present state. `found` is what the last look at it said.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    place = ForeignKey(references=Place, default=None, null=False, help_text="whose rows may be in it")
    kind = Varchar(length=12, default=None, null=False)
    file_name = Varchar(length=200, default=None, null=False)
    size = Integer(default=None, null=False, help_text="bytes")
    data = Bytea(default=None, null=True)
    by_staff = BigInt(default=None, null=False)
    door = Varchar(length=10, default=None, null=False)
    is_trial = Boolean(default=True, null=False)
    skip_bad = Boolean(default=False, null=False)
    state = Varchar(length=10, default="waiting", null=False)
    attempts = SmallInt(default=0, null=False)
    done = Integer(default=0, null=False)
    total = Integer(default=0, null=False)
    found = JSONB(default=None, null=True, help_text="rows, counts, faults, remarks")
    started_at = Timestamptz(default=None, null=False)
    stop_asked_at = Timestamptz(default=None, null=True)
    finished_at = Timestamptz(default=None, null=True)

    import_run_kind = Check("kind IN ('places', 'population', 'residents', 'courses', 'attendances')")
    import_run_state = Check(
        "state IN ('waiting', 'checking', 'checked', 'writing', 'done', 'failed', 'cancelled')"
    )


class NotSame(Table, tablename="not_same"):
    """Somebody looked at these two and says they are two people: they are not shown as one again."""

    id = BigSerial(primary_key=True)
    one = ForeignKey(references=Resident, default=None, null=False)
    other = ForeignKey(references=Resident, default=None, null=False)
    by_staff = BigInt(default=None, null=True)
    at = Timestamptz(default=None, null=False)
    reason = Varchar(length=200, default="", null=False)

    not_same_once = Unique([one, other])
    not_same_order = Check("one < other")


class Merge(Table, tablename="merge"):
    """Two rows of the register were one person: what the `gone` row had belongs to the `kept` one."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    kept = ForeignKey(references=Resident, default=None, null=False)
    gone = ForeignKey(references=Resident, default=None, null=False)
    how = Varchar(length=8, default=None, null=False)
    reason = Varchar(length=200, default="", null=False)
    by_staff = BigInt(default=None, null=True)
    at = Timestamptz(default=None, null=False)
    undo_until = Timestamptz(default=None, null=False)
    undone_at = Timestamptz(default=None, null=True)
    undone_by = BigInt(default=None, null=True)
    undo_reason = Varchar(length=200, default="", null=False)

    merge_how = Check("how IN ('staff', 'document')")


class MergePart(Table, tablename="merge_part"):
    """One row that went over with a merge, so that it can go back."""

    id = BigSerial(primary_key=True)
    merge = ForeignKey(references=Merge, default=None, null=False, index=True)
    what = Varchar(length=20, default=None, null=False)
    row_id = BigInt(default=None, null=True)
    detail = JSONB(default=None, null=True, help_text="how it was before")


EXTRA_DDL = (
    "CREATE INDEX merge_kept ON merge (kept)",
    "CREATE UNIQUE INDEX merge_gone ON merge (gone) WHERE undone_at IS NULL",
    "CREATE INDEX merge_district ON merge (district, at)",
    "CREATE INDEX import_run_open ON import_run (id) WHERE state IN ('waiting', 'checking', 'writing')",
    "CREATE INDEX import_run_with_file ON import_run (started_at) WHERE data IS NOT NULL",
)
