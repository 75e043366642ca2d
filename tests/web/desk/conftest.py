"""A street with its desk, its officer, the district's officer, and two people; one lives in the other street."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import Places, StandingStaff, id_number

PHONE = "13800001111"


@dataclass(frozen=True)
class Counter:
    """`ping` lives here and has a document and a phone; `li` lives in the other street."""

    places: Places
    desk: StandingStaff
    officer: StandingStaff
    district: StandingStaff
    auditor: StandingStaff
    ping: Registered
    li: Registered

    @property
    def hers(self) -> str:
        """The address of Ping's page."""
        return f"/desk/people/{self.ping.resident_id}"


@pytest.fixture
async def counter(database: Database) -> Counter:
    places = await standing.place_tree()
    return Counter(
        places,
        await standing.desk(places.street),
        await standing.officer(places.street),
        await standing.district_officer(places),
        await standing.auditor(places.district),
        await standing.resident(
            places.community, name="王小萍", phone=PHONE, document=id_number(), born_on=None, sex=None
        ),
        await standing.neighbour(places),
    )
