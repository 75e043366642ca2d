"""Who is signed in, for how long, and leaving."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.roles import ROLES
from elderlearn.people.sign_in import who as module
from elderlearn.people.sign_in.cards import sign_in_by_card
from elderlearn.people.sign_in.start import start_for_resident, start_for_staff
from elderlearn.people.sign_in.who import sign_out, sign_out_everywhere, who
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, Places


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def staff_token(role: str, places: Places) -> str:
    place = places.district if role == "district" else places.street
    member = await standing.staff(role, place)
    async with unit_of_work():
        return await start_for_staff(member.id, role, way="password")


async def idle(database: Database, **time: int) -> None:
    await database.execute("UPDATE sign_in SET seen_at = seen_at - $1::interval", timedelta(**time))


async def test_each_role_stays_signed_in_as_long_as_is_safe(places: Places, database: Database) -> None:
    for role in ROLES:
        token = await staff_token(role, places)
        lasts = await database.value("SELECT expires_at - created_at FROM sign_in ORDER BY id DESC LIMIT 1")
        assert lasts == (timedelta(days=90) if role == "leader" else timedelta(hours=12))
        assert await who(token) is not None
        await database.execute("UPDATE sign_in SET expires_at = now()")
        assert await who(token) is None


async def test_residents_stay_180_days_on_their_own_phone(places: Places, database: Database) -> None:
    made = await standing.resident(places.community)
    token = await sign_in_by_card(made.card_code or "", date(1955, 3, 8))
    assert await database.value("SELECT expires_at - created_at FROM sign_in") == timedelta(days=180)
    await idle(database, days=179)
    assert await who(token) is not None


async def test_after_half_an_hour_idle_an_office_is_signed_out(places: Places, database: Database) -> None:
    for role in ROLES:
        token = await staff_token(role, places)
        await idle(database, minutes=29)
        assert await who(token) is not None  # and was seen just now
        await idle(database, minutes=31)
        assert (await who(token) is not None) == (role == "leader")


async def test_when_she_was_last_seen_is_kept_to_the_minute(places: Places, database: Database) -> None:
    token = await staff_token("officer", places)
    first = await database.value("SELECT seen_at FROM sign_in")
    await who(token)
    assert await database.value("SELECT seen_at FROM sign_in") == first
    await idle(database, minutes=2)
    await who(token)
    assert await database.value("SELECT seen_at FROM sign_in") > first - timedelta(minutes=1)


async def test_one_question_is_enough(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    token = await staff_token("officer", places)
    asked: list[str] = []
    ask = module.row

    async def counted(statement: str, *values: object) -> object:
        asked.append(statement)
        return await ask(statement, *values)

    monkeypatch.setattr(module, "row", counted)
    assert await who(token) and len(asked) == 1


async def test_what_is_no_token_is_nobody(places: Places) -> None:
    await staff_token("officer", places)
    for token in ("", "x", "x" * 43, "x" * 5000, "\0", "王", "' OR 1=1 --"):
        assert await who(token) is None


async def test_signing_out_ends_this_phone_only(places: Places, database: Database) -> None:
    made = await standing.resident(places.community)
    async with unit_of_work():
        here, there = [await start_for_resident(made.resident_id, way="card") for _ in range(2)]
    for _ in range(2):
        await sign_out(here)
    await sign_out("nobody's")
    assert await who(here) is None and await who(there) is not None
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'sign_out'") == 1


async def test_signing_out_everywhere_ends_all_of_hers_and_nobody_elses(places: Places) -> None:
    made = await standing.resident(places.community)
    async with unit_of_work():
        mine = [await start_for_resident(made.resident_id, way="card") for _ in range(3)]
    officer = await staff_token("officer", places)  # the first Staff id may equal the first Resident id
    assert await sign_out_everywhere("resident", made.resident_id, by=CLI) == 3
    assert await sign_out_everywhere("resident", made.resident_id, by=CLI) == 0
    assert [await who(token) for token in mine] == [None] * 3
    assert await who(officer) is not None


async def test_a_sign_in_of_many_days_counts_from_the_day_it_was_used_last(
    places: Places, database: Database
) -> None:
    made = await standing.resident(places.community)
    async with unit_of_work():
        hers = await start_for_resident(made.resident_id, way="card")
    for token, days in ((hers, 180), (await staff_token("leader", places), 90)):
        await idle(database, minutes=2)
        found = await who(token)
        assert found and not found.is_prolonged  # the same day: nothing to write
        await database.execute(
            "UPDATE sign_in SET expires_at = now() + interval '1 minute' WHERE id = $1", found.sign_in_id
        )
        found = await who(token)
        assert found and not found.is_prolonged  # seen within this minute
        await idle(database, minutes=2)
        found = await who(token)
        assert found and found.is_prolonged
        lasts = await database.value("SELECT expires_at - now() FROM sign_in WHERE id = $1", found.sign_in_id)
        assert timedelta(days=days - 1) < lasts <= timedelta(days=days)


async def test_nobody_of_the_office_is_prolonged(places: Places, database: Database) -> None:
    for role in set(ROLES) - {"leader"}:
        token = await staff_token(role, places)
        await database.execute(
            "UPDATE sign_in SET seen_at = now() - interval '2 minutes', expires_at = now() + interval '1 minute'"
        )
        assert (found := await who(token)) and not found.is_prolonged
        assert await database.value("SELECT max(expires_at) - now() FROM sign_in") < timedelta(minutes=1)
        await database.execute("UPDATE sign_in SET ended_at = now()")
