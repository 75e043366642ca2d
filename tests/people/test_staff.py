"""Accounts of those who work here."""

from __future__ import annotations

import asyncio

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.people.sign_in.who import who
from elderlearn.people.staff import add_staff, end_staff, set_password, staff_by_name
from elderlearn.people.tokens import who_by_token
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, PASSWORD, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def test_an_account_has_one_role_at_one_place(places: Places, database: Database) -> None:
    await add_staff(" 张主任 ", "officer", places.street.code, phone="13800138000", by=CLI)
    found = await staff_by_name("张主任")
    assert (found.role, found.place_id, found.district_id) == ("officer", places.street.id, places.district.id)
    assert await database.value("SELECT password_hash FROM staff") is None
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'add_staff'") == 1


async def test_the_same_name_again_is_refused_even_ten_at_once(places: Places, database: Database) -> None:
    tries = [add_staff("张主任", "officer", places.street.code, by=CLI) for _ in range(10)]
    done = await asyncio.gather(*tries, return_exceptions=True)
    assert sorted(one.code for one in done if isinstance(one, Refusal)) == ["name_taken"] * 9
    assert await database.value("SELECT count(*) FROM staff") == 1


async def test_what_does_not_fit_is_refused(places: Places, database: Database) -> None:
    for name, role, code, more, refusal in (
        ("张\0", "officer", "330113001000", {}, "invalid_name"),
        ("张", "king", "330113001000", {}, "unknown_role"),
        ("张", "officer", "330113999000", {}, "unknown_place"),
        ("张", "district", "330113001000", {}, "wrong_place"),
        ("张", "officer", "330113001000", {"password": "short"}, "weak_password"),
        ("张", "officer", "330113001000", {"password": "aaaaaaaaaaaaaaa"}, "weak_password"),
        ("张", "officer", "330113001000", {"password": "x1y2" * 60}, "weak_password"),
        ("张", "leader", "330113001000", {"phone": "12345"}, "invalid_phone"),
    ):
        with pytest.raises(Refusal, match=refusal):
            await add_staff(name, role, code, by=CLI, **more)
    assert await database.value("SELECT count(*) FROM staff") == 0


async def test_whoever_has_ended_is_out_at_once_everywhere(places: Places, database: Database) -> None:
    officer = await standing.staff("officer", places.street, password=PASSWORD)
    cookie = await sign_in_by_password(officer.name, PASSWORD)
    token = await standing.token(officer)
    assert await who(cookie) and await who_by_token(token)
    for _ in range(2):
        await end_staff(officer.id, by=CLI)
    assert await who(cookie) is None and await who_by_token(token) is None
    with pytest.raises(Refusal, match="wrong_password"):
        await sign_in_by_password(officer.name, PASSWORD)
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'end_staff'") == 1
    with pytest.raises(Missing):
        await end_staff(424242, by=CLI)


async def test_ending_is_enough_even_if_a_sign_in_was_missed(places: Places, database: Database) -> None:
    officer = await standing.staff("officer", places.street, password=PASSWORD)
    cookie, token = await sign_in_by_password(officer.name, PASSWORD), await standing.token(officer)
    await database.execute("UPDATE staff SET ended_at = now()")
    assert await who(cookie) is None and await who_by_token(token) is None


async def test_a_new_password_ends_every_sign_in(places: Places) -> None:
    officer = await standing.staff("officer", places.street, password=PASSWORD)
    cookie = await sign_in_by_password(officer.name, PASSWORD)
    await set_password(officer.id, "another evening by the canal", by=CLI)
    assert await who(cookie) is None
    assert await sign_in_by_password(officer.name, "another evening by the canal")
