"""Small questions and one verb of the desk."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import current_code, issue_blank, placeholder_for
from elderlearn.people.hand_over_card import hand_over_card
from elderlearn.people.likely_same import likely_same
from elderlearn.people.registered_by import was_registered_by
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def test_whoever_registered_somebody_today_may_finish(places: Places) -> None:
    desk, other = await standing.desk(places.street), await standing.desk(places.street)
    li = await standing.resident(places.other_community, by=desk.by())
    assert await was_registered_by(li.resident_id, desk.id)
    assert not await was_registered_by(li.resident_id, other.id)


async def test_a_namesake_born_in_the_same_year_may_be_the_same_person(places: Places) -> None:
    ping = await standing.resident(places.community, born_on=date(1955, 3, 8))
    await standing.resident(places.other_community, born_on=date(1955, 3, 8))
    for born_on, found in (
        (date(1955, 12, 31), [ping.resident_id]),
        (None, [ping.resident_id]),
        (date(1956, 1, 1), []),
    ):
        assert [one.id for one in await likely_same("王秀英", born_on, place_id=places.street.id)] == found
    assert await likely_same("王秀", None, place_id=places.street.id) == []


async def test_a_blank_card_becomes_hers_and_the_old_one_stops(places: Places) -> None:
    ping = await standing.resident(places.community)
    first, used = await issue_blank(2, places.district.id, by=CLI)
    async with unit_of_work():
        await placeholder_for([used.card_id])
    with pytest.raises(Refusal, match="card_was_used"):
        await hand_over_card(ping.resident_id, used.number, by=CLI)
    await hand_over_card(ping.resident_id, first.number, by=CLI)
    assert await current_code(ping.resident_id) == first
    with pytest.raises(Refusal, match="card_not_blank"):
        await hand_over_card(ping.resident_id, first.code, by=CLI)
    with pytest.raises(Refusal, match="card_not_blank"):
        await hand_over_card(ping.resident_id, ping.card_code or "", by=CLI)
    for resident_id, card in (
        (ping.resident_id, "00000000"),
        (0, (await issue_blank(1, places.district.id, by=CLI))[0].code),
    ):
        with pytest.raises(Missing):
            await hand_over_card(resident_id, card, by=CLI)
