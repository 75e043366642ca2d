"""Where somebody lives, from the code she gives."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import value
from elderlearn.people.residents import OUTSIDE, NewResident
from elderlearn.places.queries import PlaceRow, places_by_codes


@dataclass(frozen=True)
class Home:
    """`residence` is inside, outside or unknown; only inside has a place."""

    residence: str
    place: PlaceRow | None = None

    @property
    def place_id(self) -> int | None:
        """The community, or the street while the community is not yet known."""
        return self.place.id if self.place else None


@dataclass(frozen=True)
class Homes:
    """Both homes (where she lives, where she is registered) and the district whose register holds the person."""

    resident: Home
    registered: Home
    district_id: int


async def find_homes(new: NewResident, by: Actor) -> Homes:
    """The two homes. People from outside belong to the register they are written into: the desk's district.

    Raises Refusal('unknown_place') for a code that is no community or street today, or one of another district
    than the staff's who write it down: who lives there is `outside` here.
    """
    codes = [code for code in (new.place_code, new.registered_place_code) if code]
    known = await places_by_codes(codes)
    resident = _home(new.place_code, "place_code", known)
    registered = Home("unknown")
    if new.registered_place_code:
        registered = _home(new.registered_place_code, "registered_place_code", known)
    if resident.place:
        await _check_own(by, resident.place)
        return Homes(resident, registered, resident.place.district_id)
    return Homes(resident, registered, new.district_id or await _district_of(by, registered))


def _home(code: str, field: str, known: dict[str, PlaceRow]) -> Home:
    if code == OUTSIDE:
        return Home(OUTSIDE)
    place = known.get(code)
    if place is None or place.level == "district":
        raise Refusal("unknown_place", field=field)
    return Home("inside", place)


async def _check_own(by: Actor, place: PlaceRow) -> None:
    if by.kind == "staff" and await _district_of_staff(by) != place.district_id:
        raise Refusal("unknown_place", field="place_code")


async def _district_of_staff(by: Actor) -> int | None:
    district: int | None = await value("SELECT district FROM staff WHERE id = $1", by.id)
    return district


async def _district_of(by: Actor, registered: Home) -> int:
    if by.kind == "staff":
        district = await _district_of_staff(by)
    elif registered.place:
        district = registered.place.district_id
    else:
        district = await value("SELECT min(id) FROM place WHERE level = 'district' AND valid_to IS NULL")
    if district is None:
        raise Refusal("unknown_place", field="place_code")
    return int(district)
