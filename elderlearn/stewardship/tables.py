"""What stewardship remembers: files brought in."""

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
from piccolo.constraints import Check
from piccolo.table import Table

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


EXTRA_DDL = (
    "CREATE INDEX import_run_open ON import_run (id) WHERE state IN ('waiting', 'checking', 'writing')",
    "CREATE INDEX import_run_with_file ON import_run (started_at) WHERE data IS NOT NULL",
)
