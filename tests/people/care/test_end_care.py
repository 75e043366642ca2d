"""A tie ends: by the elder, by the carer, at the desk, or because one of them is gone."""

from __future__ import annotations

import pytest

from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.care.end_care import end_care
from elderlearn.people.care.queries import carers_of, check_may_act, elders_of
from elderlearn.stewardship.bring_back import bring_back
from elderlearn.stewardship.history import changes_of_person
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.conftest import Database
from tests.people.care.family import Family, make_family, on_phone
from tests.people_standing import CLI


@pytest.fixture
async def family(database: Database) -> Family:
    return await make_family()


async def tied(family: Family) -> int:
    return await confirm_at_desk(family.mother.resident_id, family.daughter.resident_id, by=CLI)


@pytest.mark.parametrize(("who", "told"), [("mother", {"daughter"}), ("daughter", {"mother"})])
async def test_either_side_ends_it_once_and_the_other_is_told(
    family: Family, database: Database, who: str, told: set[str]
) -> None:
    link = await tied(family)
    for _ in range(2):
        await end_care(link, by=on_phone(getattr(family, who)))
    assert await elders_of(family.daughter.resident_id) == await carers_of(family.mother.resident_id) == []
    found = await database.fetch("SELECT resident FROM notice WHERE starts_with(kind, 'care_ended')")
    assert [one["resident"] for one in found] == [getattr(family, one).resident_id for one in told]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'end_care'") == 1
    again = await tied(family)
    assert again != link
    await check_may_act(family.daughter.resident_id, family.mother.resident_id)


async def test_the_desk_ends_it_and_nobody_whom_it_does_not_concern(family: Family, database: Database) -> None:
    link = await tied(family)
    for other in (family.stranger, family.father):
        with pytest.raises(Missing):
            await end_care(link, by=on_phone(other))
    with pytest.raises(Missing):
        await end_care(999999, by=CLI)
    await end_care(link, by=(await standing.desk(family.places.street)).by())
    assert await database.value("SELECT ended_by FROM carer_link") == "desk"
    assert await database.value("SELECT count(*) FROM notice WHERE starts_with(kind, 'care_ended')") == 2


@pytest.mark.parametrize(("who", "state"), [("mother", "died"), ("mother", "left"), ("daughter", "left")])
async def test_nobody_acts_for_or_from_among_those_who_are_gone(
    family: Family, database: Database, who: str, state: str
) -> None:
    await tied(family)
    gone = getattr(family, who).resident_id
    await take_out(gone, state, today(), by=CLI)  # type: ignore[arg-type]  # one of its two words
    with pytest.raises(Missing):
        await check_may_act(family.daughter.resident_id, family.mother.resident_id)
    assert await database.value("SELECT state || ' ' || ended_by FROM carer_link") == "ended gone"
    assert await database.value("SELECT count(*) FROM notice WHERE starts_with(kind, 'care_ended')") == 0
    assert "end_care" in {one.action for one in await changes_of_person(family.mother.resident_id)}
    await bring_back(gone, "Sample: a mistake", by=CLI)
    with pytest.raises(Missing):
        await check_may_act(family.daughter.resident_id, family.mother.resident_id)
