"""What was sent to the people of a place."""

from __future__ import annotations

import pytest

from elderlearn.ground.errors import Missing
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import Message, tell_many
from elderlearn.people.notice_list import NOT_REACHED, notice_within, notices_of
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def test_a_street_sees_what_went_to_its_people_and_staff_and_the_district_all(places: Places) -> None:
    ping, li = await standing.resident(places.community), await standing.neighbour(places)
    leader = await standing.leader(places.community)
    there = places.district.id
    async with unit_of_work():
        await tell_many(
            [
                Message("withdrawn", {"title": "书法"}, resident_id=ping.resident_id, district=there),
                Message(
                    "withdrawn", {"title": "太极"}, resident_id=li.resident_id, district=there, address_cipher=b"1"
                ),
                Message("removed", {"title": "合唱"}, staff_id=leader.id, district=there, address_cipher=b"1"),
            ]
        )
    mine = await notices_of(places.street.id, there)
    assert [(one.values["title"], one.state, one.resident or one.staff) for one in mine] == [
        ("合唱", "due", leader.name),
        ("书法", "unreachable", "王秀英"),
    ]
    assert [one.values["title"] for one in await notices_of(there, there)] == ["合唱", "太极", "书法"]
    assert [one.values["title"] for one in await notices_of(there, there, states=NOT_REACHED)] == ["书法"]
    assert [one.values["title"] for one in await notices_of(there, there, kind="removed")] == ["合唱"]
    assert [one.values["title"] for one in await notices_of(there, there, before_id=mine[0].id, limit=1)] == [
        "太极"
    ]
    assert (await notice_within(mine[1].id, places.street.id, there)).place == "1-1社区"
    for elsewhere in (places.other_street.id, 0):
        with pytest.raises(Missing):
            await notice_within(mine[1].id, elsewhere, there)
