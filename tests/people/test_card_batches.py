"""Sheets of blank cards."""

from __future__ import annotations

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.card_batches import batch, batches_in, make_batch, print_batch
from elderlearn.people.hand_over_card import hand_over_card
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI


async def test_a_sheet_is_printed_again_without_the_cards_that_have_a_name(database: Database) -> None:
    places = await standing.place_tree()
    desk = await standing.desk(places.street)
    id = await make_batch(3, places.street.id, by=desk.by())
    first = await print_batch(id, by=desk.by())
    assert await print_batch(id, by=desk.by()) == first and len({one.code for one in first}) == 3
    made = await standing.resident(places.community)
    await hand_over_card(made.resident_id, first[0].number, by=desk.by())
    assert {one.number for one in await print_batch(id, by=desk.by())} == {one.number for one in first[1:]}
    found = await batch(id)
    assert (found.cards, found.blank, found.by_name) == (3, 2, desk.name)
    # Printing never activates anything.
    states = await database.fetch(
        "SELECT state, count(*) AS n FROM card WHERE batch = $1 GROUP BY 1 ORDER BY 1", id
    )
    assert [tuple(one) for one in states] == [("active", 1), ("blank", 2)]
    noted = "SELECT count(*) FROM trail WHERE action = 'print_blank_batch' AND subject_id = $1 AND actor_id = $2"
    assert await database.value(noted, id, desk.id) == 3
    for one in first[1:]:
        other = await standing.resident(places.community, name="李梅")
        await hand_over_card(other.resident_id, one.number, by=desk.by())
    with pytest.raises(Refusal, match="none_is_blank"):
        await print_batch(id, by=CLI)


async def test_batches_are_listed_where_they_were_made_and_above(database: Database) -> None:
    places = await standing.place_tree()
    id = await make_batch(1, places.street.id, by=CLI)
    for place, ids in (
        (places.street, [id]),
        (places.district, [id]),
        (places.other_street, []),
        (places.community, []),
    ):
        assert [one.id for one in await batches_in(place.id)] == ids, place.name
    with pytest.raises(Missing):
        await print_batch(id + 1, by=CLI)
    for wrong in (0, 201, -1):
        with pytest.raises(Refusal, match="invalid_count"):
            await make_batch(wrong, places.street.id, by=CLI)
