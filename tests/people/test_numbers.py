"""A person's numbers: masked for everybody, in full only with a reason."""

from __future__ import annotations

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.numbers import masked_numbers, see_numbers
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import id_number


async def test_numbers_are_shown_by_their_ends(database: Database) -> None:
    places = await standing.place_tree()
    made = await standing.resident(places.community, phone="13800138000", document=id_number())
    seen = await masked_numbers(made.resident_id)
    assert seen.document == f"{id_number()[:3]}{'*' * 12}{id_number()[-3:]}"
    assert seen.phone == "138****8000"
    bare = await standing.resident(places.community)
    assert ((await masked_numbers(bare.resident_id)).document, (await masked_numbers(bare.resident_id)).phone) == (
        None,
        None,
    )
    with pytest.raises(Missing):
        await masked_numbers(424242)


async def test_a_full_look_needs_a_reason_and_stays_in_the_trail(database: Database) -> None:
    places = await standing.place_tree()
    officer = await standing.officer(places.street)
    made = await standing.resident(places.community, document=id_number())
    with pytest.raises(Refusal, match="reason_needed"):
        await see_numbers(made.resident_id, reason=" \0", by=officer.by())
    seen = await see_numbers(made.resident_id, reason="报名核对", by=officer.by())
    assert seen.document == id_number() and id_number() not in repr(seen)
    looked = await database.fetch("SELECT actor_id, detail::text FROM trail WHERE action = 'see_numbers'")
    assert [(one["actor_id"], "报名核对" in one["detail"]) for one in looked] == [(officer.id, True)]
