"""A daughter with a phone of her own, her parents, and a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.ground.actor import Actor
from elderlearn.notices.send import send_due
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import Places

HERS, MOTHERS, FATHERS = "13700137000", "13800138321", "13900139000"
MOTHER_BORN, FATHER_BORN = date(1952, 3, 8), date(1950, 11, 2)


@dataclass(frozen=True)
class Family:
    """`mother` and `father` have a phone each unless they were made otherwise."""

    places: Places
    mother: Registered
    father: Registered
    daughter: Registered
    stranger: Registered

    @property
    def by(self) -> Actor:
        """The daughter, on her own phone."""
        return on_phone(self.daughter)


def on_phone(one: Registered) -> Actor:
    return Actor("resident", one.resident_id, "resident")


async def make_family(places: Places | None = None, *, fathers_phone: str = FATHERS) -> Family:
    places = places or await standing.place_tree()
    return Family(
        places,
        await standing.resident(places.community, name="王秀英", born_on=MOTHER_BORN, phone=MOTHERS),
        await standing.resident(
            places.community, name="李建国", born_on=FATHER_BORN, phone=fathers_phone, sex="male"
        ),
        await standing.resident(places.other_community, name="李梅", born_on=date(1981, 5, 1), phone=HERS),
        await standing.resident(places.community, name="赵一", born_on=date(1960, 1, 1)),
    )


async def digits(database: Database, resident_id: int) -> str:
    """Those sent to her last, before they are wiped."""
    code: str = await database.value(
        "SELECT values->>'code' FROM notice WHERE resident = $1 AND kind = 'care_code' ORDER BY id DESC LIMIT 1",
        resident_id,
    )
    await send_due()
    return code


def other_than(code: str) -> str:
    """Six wrong digits."""
    return f"{(int(code) + 1) % 10**6:06}"
