"""The same report grouped by reporting units: each person where her community belongs on the day of the period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing
from elderlearn.participation.counted import Counted, counted_by, place_in
from elderlearn.participation.lines import PlaceFigures, RatesLine, lines_of, total_of, unit_lines
from elderlearn.participation.queries import Rates, apart_of, figures_within
from elderlearn.places.elders import elders_of, elders_of_groups
from elderlearn.places.unit_rules import NONE
from elderlearn.places.units import Unit, unit_on, units_of


@dataclass(frozen=True)
class UnitRates:
    """`rates` with units as lines, or with the communities of one `unit`, which are `places`.

    `on` is the day whose units these are. `unit` none: of the whole district; `is_rest`: of what is in no unit.
    """

    rates: Rates
    on: date
    unit: Unit | None
    is_rest: bool
    places: tuple[int, ...]


async def rates_by_unit(district_id: int, label: str, unit_code: str = "", on: date | None = None) -> UnitRates:
    """Units and "in no unit" add up to the district, to the person. The day is the reference date of the period,
    of one that still runs today.

    Only units that have communities on that day. Raises Missing for a code that is no unit of the district,
    Refusal('invalid_period').
    """
    district = await place_in(district_id, district_id, "district")
    counted = await counted_by(district_id, label)
    on = on or min(counted.reference_on, today())
    units, unit_of = await units_of(district_id), await unit_on(district_id, on)
    places = await figures_within(district, counted)
    if unit_code == "":
        return UnitRates(await _all(units, unit_of, places, counted), on, None, False, ())
    unit = next((one for one in units if one.code == unit_code), None)
    if unit is None and unit_code != NONE:
        raise Missing
    return await _one(unit, unit_of, places, counted, on)


async def _all(
    units: Sequence[Unit], unit_of: Mapping[int, int], places: Sequence[PlaceFigures], counted: Counted
) -> Rates:
    shown = [one for one in units if one.id in set(unit_of.values())]
    groups = {one.id: [place for place, unit in unit_of.items() if unit == one.id] for one in shown}
    elders = await elders_of_groups(groups, counted.year, counted.basis)
    lines = unit_lines([(one.id, one.code, one.name) for one in shown], places, unit_of, elders)
    district = next(one for one in places if one.level == "district")
    whole = (await elders_of({district.id}, counted.year, counted.basis)).get(district.id)
    ids = [one.id for one in places]
    return await _rates(counted, lines, total_of(district, places, whole), ids, district.id, whole=True)


async def _one(
    unit: Unit | None, unit_of: Mapping[int, int], places: Sequence[PlaceFigures], counted: Counted, on: date
) -> UnitRates:
    wanted = unit.id if unit else None
    mine = [one for one in places if unit_of.get(one.id) == wanted]
    district = next(one for one in places if one.level == "district")
    ids = [one.id for one in mine if one.level == "community"]
    lines = lines_of(mine, "community", await elders_of(ids, counted.year, counted.basis))
    code, name = (unit.code, unit.name) if unit else (NONE, "")
    head = PlaceFigures(0, code, name, "unit", None, True, district.figures)
    groups = {unit.id: ids} if unit else {}
    elders = await elders_of_groups(groups, counted.year, counted.basis)
    total = total_of(head, mine, elders.get(unit.id) if unit else None)
    all_ids = [one.id for one in mine]
    rates = await _rates(counted, lines, total, all_ids, district.id, whole=False)
    return UnitRates(rates, on, unit, unit is None, tuple(all_ids))


async def _rates(
    counted: Counted,
    lines: Sequence[RatesLine],
    total: RatesLine,
    places: Sequence[int],
    district_id: int,
    *,
    whole: bool,
) -> Rates:
    return Rates(
        period=counted.label,
        rule_version=counted.rule_version,
        parameters=counted.rule,
        basis=counted.basis,
        as_of=now(),
        published=False,
        lines=tuple(lines),
        apart=await apart_of(places, district_id, counted, whole=whole),
        total=total,
    )
