"""Which rule counts from when, and what is aimed at."""

from __future__ import annotations

from piccolo.columns import JSONB, BigInt, BigSerial, Date, ForeignKey, Integer, Timestamptz, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from elderlearn.places.tables import Place


class RegularRule(Table, tablename="regular_rule"):
    """A version of the rule that makes somebody a regular, with who approved it."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    version = Integer(default=None, null=False)
    parameters = JSONB(default=None, null=False)
    from_period = Varchar(length=7, default=None, null=False)
    reason = Varchar(length=200, default="", null=False)
    approved_by = BigInt(default=None, null=True)
    approved_at = Timestamptz(default=None, null=False)

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


EXTRA_DDL: tuple[str, ...] = ()
