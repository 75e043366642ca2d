"""Standing test people in a small district: 1 district, 2 streets, 2 communities each.

places = await standing.place_tree()
ping = await standing.resident(places.community)
officer = await standing.officer(places.street)
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date

from elderlearn.ground.actor import Actor, Door
from elderlearn.ground.sql import rows, value
from elderlearn.people.documents import CHECK_DIGITS, WEIGHTS
from elderlearn.people.register import Registered, register
from elderlearn.people.residents import NewResident
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.people.staff import add_staff, staff_by_id
from elderlearn.people.tokens import add_token
from elderlearn.places.queries import PlaceRow, place_by_code

CLI = Actor("system", None, "cli")
PASSWORD = "a quiet evening by the canal"

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Places:
    """One district with two streets, two communities each; the plain names are the first of each."""

    district: PlaceRow
    streets: tuple[PlaceRow, PlaceRow]
    communities: tuple[tuple[PlaceRow, PlaceRow], tuple[PlaceRow, PlaceRow]]

    @property
    def street(self) -> PlaceRow:
        return self.streets[0]

    @property
    def other_street(self) -> PlaceRow:
        return self.streets[1]

    @property
    def community(self) -> PlaceRow:
        """Where the resident lives."""
        return self.communities[0][0]

    @property
    def next_community(self) -> PlaceRow:
        """Another community of the same street."""
        return self.communities[0][1]

    @property
    def other_community(self) -> PlaceRow:
        """Of the other street: where the neighbour lives."""
        return self.communities[1][0]


@dataclass(frozen=True)
class StandingStaff:
    """A member of staff as a verb's `by`, as a viewer, and by name."""

    id: int
    name: str
    role: str
    place: PlaceRow

    def by(self, door: Door = "office") -> Actor:
        return Actor("staff", self.id, door)

    @property
    def viewer(self) -> SignedIn:
        return SignedIn(
            "staff", self.id, self.name, self.role, self.place.id, self.place.district_id, None, None, 0
        )


async def place_tree(prefix: str = "330113", name: str = "临平区") -> Places:
    """The small district, valid since 2021; another prefix makes another district beside it."""
    district = await _place(f"{prefix}000000", name, "district", None)
    streets, communities = [], []
    for street_no in (1, 2):
        code = f"{prefix}{street_no:03}"
        street = await _place(f"{code}000", f"第{street_no}街道", "town_street", district)
        streets.append(street)
        below = [await _place(f"{code}{no:03}", f"{street_no}-{no}社区", "community", street) for no in (1, 2)]
        communities.append((below[0], below[1]))
    await rows(
        """INSERT INTO district_setting (district, title, help_phone, is_sample, sample_state)
        VALUES ($1, $2, '0571-86220000', false, 'none')""",
        district.id,
        f"{name}老年学习",
    )
    return Places(district, (streets[0], streets[1]), (communities[0], communities[1]))


async def resident(
    place: PlaceRow,
    *,
    name: str = "王秀英",
    born_on: date | None = date(1955, 3, 8),
    phone: str | None = None,
    document: str | None = None,
    sex: str | None = "female",
    by: Actor = CLI,
) -> Registered:
    """A resident of `place` with an active card; without `document` none is on file."""
    return await register(
        NewResident(
            name=name,
            born_on=born_on,
            phone=phone,
            document_number=document,
            sex=sex,  # type: ignore[arg-type]  # tests also send wrong words
            place_code=place.code,
        ),
        by=by,
    )


async def neighbour(places: Places) -> Registered:
    """From another street."""
    return await resident(places.other_community, name="李建国", born_on=date(1950, 11, 2), sex="male")


async def staff(
    role: str, place: PlaceRow, *, name: str | None = None, password: str | None = None, phone: str | None = None
) -> StandingStaff:
    """An account; passwords cost a second each, so only on request."""
    name = name or f"{role}-{next(_numbers)}"
    staff_id = await add_staff(name, role, place.code, password=password, phone=phone, by=CLI)
    return StandingStaff(staff_id, (await staff_by_id(staff_id)).name, role, place)


async def leader(place: PlaceRow, *, phone: str | None = None) -> StandingStaff:
    return await staff("leader", place, phone=phone)


async def officer(place: PlaceRow) -> StandingStaff:
    return await staff("officer", place)


async def district_officer(places: Places) -> StandingStaff:
    return await staff("district", places.district)


async def auditor(place: PlaceRow) -> StandingStaff:
    return await staff("auditor", place)


async def desk(place: PlaceRow) -> StandingStaff:
    return await staff("desk", place)


async def token(of: StandingStaff) -> str:
    """An API token acting as this member of staff."""
    return await add_token(of.name, by=CLI)


def id_number(born_on: date = date(1955, 3, 8), serial: int = 2, area: str = "330125") -> str:
    """A well-formed 18-digit ID number; an odd serial is a man's."""
    body = f"{area}{born_on:%Y%m%d}{serial:03}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + CHECK_DIGITS[total % 11]


async def _place(code: str, name: str, level: str, parent: PlaceRow | None) -> PlaceRow:
    made = await value(
        """INSERT INTO place (code, name, level, parent, district, valid_from)
        VALUES ($1, $2, $3, $4, $5, '2021-04-09') RETURNING id""",
        code,
        name,
        level,
        parent.id if parent else None,
        parent.district_id if parent else None,
    )
    if parent is None:
        await rows("UPDATE place SET district = id WHERE id = $1", made)
    return await place_by_code(code)
