"""Where things are, who lives there by the official figures, and which years are counted how."""

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


class Place(Table, tablename="place"):
    """A district, a town or street, a community. Codes change over the years; ids never do."""

    id = BigSerial(primary_key=True)
    code = Varchar(length=12, default=None, null=False)
    name = Varchar(length=100, default=None, null=False)
    level = Varchar(length=12, default=None, null=False)
    parent: ForeignKey[Place] = ForeignKey(references="self", default=None, null=True, index=True)
    district = BigInt(default=None, null=True, index=True, help_text="id of the district; a district's own id")
    valid_from = Date(default=None, null=False)
    valid_to = Date(default=None, null=True)
    successor: ForeignKey[Place] = ForeignKey(references="self", default=None, null=True)

    place_code_valid_from = Unique([code, valid_from])
    place_level = Check("level IN ('district', 'town_street', 'community')")


class DistrictSetting(Table, tablename="district_setting"):
    """What a district chooses for itself."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, unique=True)
    title = Varchar(length=100, default="", null=False)
    help_phone = Varchar(length=30, default="", null=False)
    is_sample = Boolean(default=False, null=False)
    sample_state = Varchar(length=10, default="none", null=False, help_text="none, filling, ready")
    unclear_days = SmallInt(default=7, null=False, help_text="an unclear scan that waits longer is told of")

    district_setting_unclear_days = Check("unclear_days BETWEEN 1 AND 365")


class ElderPopulation(Table, tablename="elder_population"):
    """Elders of one place, year and basis by one source. Older figures stay; one is preferred."""

    id = BigSerial(primary_key=True)
    place = ForeignKey(references=Place, default=None, null=False, index=True)
    year = SmallInt(default=None, null=False)
    basis = Varchar(length=10, default=None, null=False)
    source = Varchar(length=100, default=None, null=False)
    elders = Integer(default=None, null=False)
    is_preferred = Boolean(default=True, null=False)
    recorded_at = Timestamptz(default=None, null=False)
    by_staff = BigInt(default=None, null=True)

    elder_population_basis = Check("basis IN ('resident', 'registered')")
    elder_population_elders = Check("elders >= 0")


class ReportingUnit(Table, tablename="reporting_unit"):
    """What reports beside the streets, such as a development zone: made of communities, never a place itself."""

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False)
    code = Varchar(length=20, default=None, null=False)
    name = Varchar(length=100, default=None, null=False)
    kind = Varchar(length=20, default=None, null=False)
    ends_on = Date(default=None, null=True, help_text="its last day")

    reporting_unit_code = Unique([district, code])
    reporting_unit_kind = Check("kind IN ('development_zone', 'new_town', 'other')")


class ReportingUnitPlace(Table, tablename="reporting_unit_place"):
    """A community in a unit, both days belong to it; in no two units on one day (exclusion below)."""

    id = BigSerial(primary_key=True)
    unit = ForeignKey(references=ReportingUnit, default=None, null=False, index=True)
    place = ForeignKey(references=Place, default=None, null=False)
    starts_on = Date(default=None, null=False)
    ends_on = Date(default=None, null=True)
    voided_at = Timestamptz(default=None, null=True, help_text="written down by mistake, was never so")

    reporting_unit_place_days = Check("ends_on IS NULL OR ends_on >= starts_on")


class StatPeriod(Table, tablename="stat_period"):
    """A statistic year of a district with the parameters it is counted by (domain.md section 2).

    `label` is the year, or `2025-09` for a school year. The sums of every active period are kept while
    writing; a shadow period is being filled under a new rule. A threshold of null is switched off.
    """

    id = BigSerial(primary_key=True)
    district = ForeignKey(references=Place, default=None, null=False, index=True)
    label = Varchar(length=7, default=None, null=False)
    starts_on = Date(default=None, null=False)
    ends_on = Date(default=None, null=False)
    reference_on = Date(default=None, null=False, help_text="age and home are asked for this day")
    rule_version = Integer(default=1, null=False)
    state = Varchar(length=10, default="active", null=False)
    basis = Varchar(length=10, default="resident", null=False)
    elder_age = SmallInt(default=60, null=False)
    day_cap_minutes = Integer(default=180, null=False, help_text="4 class hours of 45 minutes")
    hours_minutes = Integer(default=720, null=True, help_text="16 class hours")
    hours_days = Integer(default=4, null=False, help_text="on at least so many days")
    days = Integer(default=12, null=True)
    completed_minutes = Integer(default=720, null=True, help_text="a completed run planned at so many minutes")
    needs_all = Boolean(default=False, null=False)
    kinds = Array(base_column=Varchar(length=10), default=list, null=False, help_text="kinds of run that count")
    online_most_minutes = Integer(default=0, null=False, help_text="of online learning; 0: it does not count")
    weights = Array(
        base_column=SmallInt(),
        default=None,
        null=True,
        help_text="per cent of a minute of each kind; null: all 100",
    )

    stat_period_label_rule = Unique([district, label, rule_version])
    stat_period_state = Check("state IN ('active', 'shadow', 'retired')")
    stat_period_basis = Check("basis IN ('resident', 'registered')")


EXTRA_DDL = (
    "CREATE UNIQUE INDEX place_code_now ON place (code) WHERE valid_to IS NULL",
    "CREATE UNIQUE INDEX elder_population_preferred ON elder_population (place, year, basis) WHERE is_preferred",
    """ALTER TABLE reporting_unit_place ADD CONSTRAINT reporting_unit_place_once EXCLUDE USING gist
    (int8range(place, place, '[]') WITH &&, daterange(starts_on, ends_on, '[]') WITH &&)
    WHERE (voided_at IS NULL)""",
    "CREATE UNIQUE INDEX stat_period_active ON stat_period (district, label) WHERE state = 'active'",
)
