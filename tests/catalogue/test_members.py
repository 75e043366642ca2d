from __future__ import annotations

from datetime import date

import pytest

from elderlearn.catalogue.members import join, leave
from elderlearn.ground.errors import Missing, Refusal
from tests import people_standing as standing
from tests.catalogue.runs_standing import an_organisation, people
from tests.conftest import Database
from tests.people_standing import CLI


async def test_joining_and_leaving_twice_changes_nothing(database: Database) -> None:
    places = await standing.place_tree()
    choir = await an_organisation(places.street, kind="society", name="合唱团")
    (ping,) = await people(places.community, 1)
    for _ in range(2):
        await join(choir, ping, by=CLI)
    assert await database.value("SELECT left_on FROM organisation_member") is None
    for _ in range(2):
        await leave(choir, ping, by=CLI)
    assert await database.value("SELECT left_on FROM organisation_member") is not None
    actions = await database.fetch("SELECT action FROM trail WHERE action IN ('join', 'leave') ORDER BY id")
    assert [one["action"] for one in actions] == ["join", "leave"]


async def test_coming_back_starts_anew(database: Database) -> None:
    places = await standing.place_tree()
    choir = await an_organisation(places.street, kind="society")
    (ping,) = await people(places.community, 1)
    await join(choir, ping, by=CLI)
    await database.execute("UPDATE organisation_member SET joined_on = '2020-01-01', left_on = '2021-01-01'")
    await join(choir, ping, by=CLI)
    (member,) = await database.fetch("SELECT joined_on, left_on FROM organisation_member")
    assert member["joined_on"] > date(2026, 1, 1)
    assert member["left_on"] is None


async def test_only_societies_have_members_and_only_members_leave(database: Database) -> None:
    places = await standing.place_tree()
    (ping,) = await people(places.community, 1)
    with pytest.raises(Refusal, match="not_a_society"):
        await join(await an_organisation(places.street), ping, by=CLI)
    choir = await an_organisation(places.street, kind="society")
    for wrong in (join(choir, 2**40, by=CLI), join(2**40, ping, by=CLI), leave(choir, ping, by=CLI)):
        with pytest.raises(Missing):
            await wrong


@pytest.mark.parametrize("state", ["died", "left"])
async def test_whoever_is_off_the_register_joins_nothing(database: Database, state: str) -> None:
    places = await standing.place_tree()
    choir = await an_organisation(places.street, kind="society")
    (ping,) = await people(places.community, 1)
    await database.execute(f"UPDATE resident SET state = '{state}', state_on = '2026-01-05'")
    with pytest.raises(Missing):
        await join(choir, ping, by=CLI)
