"""API tokens."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.ground.errors import Missing
from elderlearn.people.staff import end_staff
from elderlearn.people.tokens import add_token, end_token, who_by_token
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, Places, StandingStaff


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
async def officer(places: Places) -> StandingStaff:
    return await standing.officer(places.street)


async def test_a_token_acts_as_its_account(officer: StandingStaff) -> None:
    assert await who_by_token(await add_token(officer.name, by=CLI)) == officer.viewer


async def test_only_its_hash_is_kept(officer: StandingStaff, database: Database) -> None:
    token = await add_token(officer.name, by=CLI)
    assert token.startswith("el_") and len(token) >= 43
    kept = str([tuple(one) for one in await database.fetch("SELECT t.*, r.* FROM api_token t, trail r")])
    assert token not in kept and token[3:] not in kept


async def test_each_token_is_another(officer: StandingStaff) -> None:
    assert await add_token(officer.name, by=CLI) != await add_token(officer.name, by=CLI)


async def test_what_is_no_token_opens_nothing(officer: StandingStaff) -> None:
    for token in ("", "el_", "el_" + "x" * 43, "x" * 50, "el_" + "x" * 5000, "el_\0", "el_王"):
        assert await who_by_token(token) is None


async def test_an_ended_token_opens_nothing_and_the_other_stays(officer: StandingStaff) -> None:
    one, two = await add_token(officer.name, by=CLI), await add_token(officer.name, by=CLI)
    for _ in range(2):
        await end_token(one, by=CLI)
    assert await who_by_token(one) is None and await who_by_token(two) is not None


async def test_its_last_use_is_kept_to_the_minute(officer: StandingStaff, database: Database) -> None:
    token = await add_token(officer.name, by=CLI)
    await who_by_token(token)
    first = await database.value("SELECT used_at FROM api_token")
    await who_by_token(token)
    assert await database.value("SELECT used_at FROM api_token") == first
    await database.execute("UPDATE api_token SET used_at = $1", first - timedelta(minutes=2))
    await who_by_token(token)
    assert await database.value("SELECT used_at FROM api_token") >= first


async def test_nobody_and_somebody_gone_get_no_token(officer: StandingStaff) -> None:
    await end_staff(officer.id, by=CLI)
    for name in (officer.name, "nobody", "\0"):
        with pytest.raises(Missing):
            await add_token(name, by=CLI)
