"""Accounts of a place: listed, opened again, with another telephone; passwords made for somebody."""

from __future__ import annotations

import pytest

from elderlearn.catalogue.leader_queries import possible_leaders
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.change_staff_phone import change_staff_phone
from elderlearn.people.new_password import new_password
from elderlearn.people.passwords import hash_password
from elderlearn.people.restart_staff import restart_staff
from elderlearn.people.staff import end_staff
from elderlearn.people.staff_queries import account, accounts_of
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def names(place_id: int, **asked: object) -> list[str]:
    found = await accounts_of(place_id, **asked)  # type: ignore[arg-type]
    assert found.how_many >= len(found.accounts)
    return [one.name for one in found.accounts]


async def test_a_place_lists_its_own_accounts_and_those_below(places: Places) -> None:
    await standing.staff("officer", places.street, name="mei")
    await standing.staff("leader", places.community, name="lan", phone="13800001111")
    await standing.staff("desk", places.other_street, name="bo")
    await standing.staff("district", places.district, name="di")
    assert await names(places.street.id) == ["lan", "mei"]
    assert await names(places.district.id) == ["bo", "di", "lan", "mei"]
    assert await names(places.district.id, words="b") == ["bo"]
    assert await names(places.district.id, role="leader") == ["lan"]
    assert await names(places.district.id, order="role", limit=2, offset=1) == ["di", "lan"]
    lan = (await accounts_of(places.community.id)).accounts[0]
    assert (lan.phone, lan.place, lan.has_password, lan.seen_at) == ("138****1111", "1-1社区", False, None)
    with pytest.raises(Missing):
        await account(0)


async def test_an_ended_account_is_listed_when_asked_for_and_opened_again_without_its_password(
    places: Places, database: Database
) -> None:
    lan = await standing.staff("leader", places.community, name="lan")
    await database.execute("UPDATE staff SET password_hash = 'old'")
    await end_staff(lan.id, by=CLI)
    assert await names(places.street.id) == []
    assert await names(places.street.id, with_ended=True) == ["lan"]
    for _ in range(2):
        await restart_staff(lan.id, by=CLI)
    now = await account(lan.id)
    assert (now.ended_at, now.has_password) == (None, False)
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'restart_staff'") == 1
    with pytest.raises(Missing):
        await restart_staff(0, by=CLI)


async def test_the_telephone_changes_or_goes(places: Places) -> None:
    lan = await standing.leader(places.community)
    await change_staff_phone(lan.id, "139 0000 2222", by=CLI)
    assert (await account(lan.id)).phone == "139****2222"
    with pytest.raises(Refusal, match="invalid_phone"):
        await change_staff_phone(lan.id, "12", by=CLI)
    await change_staff_phone(lan.id, " ", by=CLI)
    assert (await account(lan.id)).phone is None
    await end_staff(lan.id, by=CLI)
    with pytest.raises(Missing):
        await change_staff_phone(lan.id, "", by=CLI)


async def test_a_password_made_for_somebody_is_strong_and_easily_read_out() -> None:
    made = {new_password() for _ in range(50)}
    assert len(made) == 50
    assert not any(sign in one for one in made for sign in "ilo01")
    assert await hash_password(made.pop())


async def test_accounts_and_leaders_stand_by_their_spelling_and_are_found_by_it(places: Places) -> None:
    for name in ("周兰", "安平", "白云"):  # zhou lan, an ping, bai yun: not the order of the characters
        await standing.staff("leader", places.community, name=name, phone=None)
    assert await names(places.street.id) == ["安平", "白云", "周兰"]
    assert await names(places.street.id, order="role") == ["安平", "白云", "周兰"]
    assert await names(places.street.id, words="zhoul") == ["周兰"]
    assert [one.name for one in await possible_leaders(places.community.id)] == ["安平", "白云", "周兰"]
    assert [one.name for one in await possible_leaders(places.community.id, words="by")] == ["白云"]
