"""What a phone takes along."""

from __future__ import annotations

from typing import Any

import pytest

from elderlearn.checkin.pack import pack
from elderlearn.ground.errors import Missing
from elderlearn.people.codes import card_key
from tests import people_standing as standing
from tests.checkin.hall import a_hall


async def test_a_phone_knows_people_by_the_hash_of_their_card_and_a_masked_name(database: Any) -> None:
    hall = await a_hall()
    await hall.scan(hall.anna)
    [packed] = await pack(hall.session_ids[0], by=hall.by)
    assert packed.card_key == card_key(hall.anna.card_code)
    assert (packed.name_masked, packed.is_seated, packed.attended) == ("安**", False, True)
    assert hall.anna.card_code not in repr(packed)


async def test_a_stranger_gets_no_pack(database: Any) -> None:
    hall = await a_hall()
    stranger = await standing.leader(hall.places.other_community)
    with pytest.raises(Missing):
        await pack(hall.session_ids[0], by=stranger.by("leader"))
