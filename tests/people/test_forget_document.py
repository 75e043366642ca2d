"""An ID number taken back is gone."""

from __future__ import annotations

import pytest

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.people.consents import consents_of, give
from elderlearn.people.forget_document import forget_document
from elderlearn.people.numbers import masked_numbers
from elderlearn.people.queries import person, person_by_document
from tests import people_standing as standing
from tests.conftest import Database


async def test_the_number_and_its_hash_are_deleted_and_everything_else_stays(database: Database) -> None:
    places = await standing.place_tree()
    number = standing.id_number()
    her = (await standing.resident(places.community, document=number)).resident_id
    by = Actor("resident", her, "resident")
    await give(her, "sensitive", "2026-11", "phone", by=by)
    before = await person(her)
    await forget_document(her, by=by)
    await forget_document(her, by=by)  # harmless
    assert (await masked_numbers(her)).document is None
    assert await person_by_document("id_card", number) is None
    assert await person(her) == before and await consents_of(her) == []
    trail = await database.value("SELECT string_agg(detail::text, '') FROM trail WHERE action = 'forget_document'")
    assert trail.count("id_card") == 1 and number[6:14] not in trail
    again = await standing.resident(places.community, name="李秀英", document=number)
    assert again.is_new


async def test_nobody_is_missing(database: Database) -> None:
    with pytest.raises(Missing):
        await forget_document(7, by=Actor("resident", 7, "resident"))
