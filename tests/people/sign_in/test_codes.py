"""Signing in with six digits sent to a phone."""

from __future__ import annotations

import asyncio
import json

import pytest

from elderlearn.ground.errors import Refusal
from elderlearn.people.sign_in import codes
from elderlearn.people.sign_in.codes import Audience, ask_code, choose, enter_code
from elderlearn.people.sign_in.who import who
from elderlearn.people.staff import end_staff
from tests import people_standing as standing
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import CLI, Places

PHONE = "13800138000"
UNKNOWN = "13900139000"


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


async def sent(database: Database) -> str:
    """The digits of the newest notice."""
    return json.loads(await database.value("SELECT values::text FROM notice ORDER BY id DESC LIMIT 1"))["code"]


async def ask(database: Database, audience: Audience = "resident") -> str:
    await ask_code(PHONE, audience)
    return await sent(database)


async def refused(code: str, phone: str = PHONE, audience: Audience = "resident") -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await enter_code(phone, code, audience)
    return refusal.value


def other(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


async def later(database: Database, minutes: int) -> None:
    """As if so many minutes had gone by."""
    await database.execute(
        """UPDATE sign_in_code SET sent_at = sent_at - $1 * interval '1 minute',
            expires_at = expires_at - $1 * interval '1 minute'""",
        minutes,
    )


async def test_the_right_digits_sign_her_in(places: Places, database: Database) -> None:
    made = await standing.resident(places.community, phone=PHONE)
    entered = await enter_code("+86 138-0013-8000", await ask(database), "resident")
    seen = await who(entered.token or "")
    assert seen is not None and (seen.kind, seen.id, seen.name, seen.role) == (
        "resident",
        made.resident_id,
        "王秀英",
        None,
    )
    assert (seen.place_id, seen.district_id) == (places.community.id, places.district.id)


async def test_full_width_digits_with_a_gap_are_forgiven(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database)
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in code)
    assert (await enter_code(PHONE, f" {wide[:3]} {wide[3:]} ", "resident")).token


async def test_an_unknown_phone_gets_the_same_answer_and_nothing_is_sent(
    places: Places, database: Database
) -> None:
    await standing.resident(places.community, phone=PHONE)
    assert await ask_code(PHONE, "resident") is await ask_code(UNKNOWN, "resident") is None
    assert await database.value("SELECT count(*) FROM sign_in_code") == 2
    assert await database.value("SELECT count(*) FROM notice") == 1
    known = [(await refused("abc")).values for _ in range(4)]
    unknown = [(await refused("abc", UNKNOWN)).values for _ in range(4)]
    assert known == unknown == [{"left": left} for left in (4, 3, 2, 1)]
    assert (await refused("abc")).code == (await refused("abc", UNKNOWN)).code == "code_expired"


async def test_too_soon_is_said_to_known_and_unknown_alike(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    for phone in (PHONE, UNKNOWN):
        await ask_code(phone, "resident")
        with pytest.raises(Refusal, match="too_soon") as refusal:
            await ask_code(phone, "resident")
        assert 1 <= int(str(refusal.value.values["seconds"])) <= 60


async def test_five_codes_an_hour_are_enough(places: Places, database: Database) -> None:
    for _ in range(5):
        await ask_code(UNKNOWN, "resident")
        await later(database, 2)
    with pytest.raises(Refusal, match="too_many_codes"):
        await ask_code(UNKNOWN, "resident")
    await later(database, 60)
    await ask_code(UNKNOWN, "resident")


async def test_ten_requests_at_once_send_one_code(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    done = await asyncio.gather(*(ask_code(PHONE, "resident") for _ in range(10)), return_exceptions=True)
    assert sorted(one.code for one in done if isinstance(one, Refusal)) == ["too_soon"] * 9
    assert await database.value("SELECT count(*) FROM notice") == 1


async def test_what_is_no_mobile_is_refused(places: Places) -> None:
    for typed in ("", "123", "0571-86221234", "23800138000", "1380013800\0", "👵" * 11, "1" * 9999):
        with pytest.raises(Refusal, match="invalid_phone"):
            await ask_code(typed, "resident")
        assert (await refused("123456", typed)).code == "invalid_phone"


async def test_a_code_serves_once(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database)
    done = await asyncio.gather(*(enter_code(PHONE, code, "resident") for _ in range(4)), return_exceptions=True)
    assert sum(not isinstance(one, Exception) for one in done) == 1
    assert (await refused(code)).code == "code_expired"


async def test_after_ten_minutes_it_is_too_late(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database)
    await later(database, 11)
    assert (await refused(code)).code == "code_expired"


async def test_only_the_newest_code_counts(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    old = await ask(database)
    await later(database, 2)
    new = await ask(database)
    if old != new:
        assert (await refused(old)).code == "wrong_code"
    assert (await enter_code(PHONE, new, "resident")).token


async def test_after_five_wrong_tries_even_the_right_digits_are_refused(
    places: Places, database: Database
) -> None:
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database)
    said = [(await refused(other(code))).code for _ in range(5)]
    assert said == ["wrong_code"] * 4 + ["code_expired"]
    assert (await refused(code)).code == "code_expired"


async def test_guessing_in_parallel_gets_no_more_than_five_tries(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    await ask(database)
    assert await _judged() == 5
    assert await database.value("SELECT tries FROM sign_in_code") == 5


async def test_guessing_from_two_processes_gets_no_more_than_five_tries(
    places: Places, database: Database
) -> None:
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database)
    said = await in_processes(_guess_often, database.url, other(code))
    assert len(said) == 20 and said.count("wrong_code") == 4  # the fifth wrong try says: ask for a new one
    assert await database.value("SELECT tries FROM sign_in_code") == 5


async def test_reading_first_and_counting_then_would_give_more_tries(
    places: Places, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the races above do notice when the guard is gone."""
    await standing.resident(places.community, phone=PHONE)
    await ask(database)
    guarded = codes.row

    async def read_then_count(statement: str, *values: object) -> object:
        if "tries = tries + 1" not in statement:
            return await guarded(statement, *values)
        found = await guarded("SELECT id, code_hash, tries + 1 AS tries FROM sign_in_code WHERE tries < 5")
        await asyncio.sleep(0.05)
        if found is not None:
            await guarded("UPDATE sign_in_code SET tries = $1", found["tries"])
        return found

    monkeypatch.setattr(codes, "row", read_then_count)
    assert await _judged() > 5


async def test_several_behind_one_phone_choose_by_masked_name_and_birth_year(
    places: Places, database: Database
) -> None:
    made = [
        (await standing.resident(places.community, name=name, phone=PHONE)).resident_id
        for name in ("王秀英", "李建国", "王小明", "陈梅")
    ]
    stranger = (await standing.neighbour(places)).resident_id
    entered = await enter_code(PHONE, await ask(database), "resident")
    assert entered.token is None and entered.ticket
    assert [(one.resident_id, one.name_masked, one.born_year) for one in entered.choices] == [
        (id, name, 1955) for id, name in zip(made, ("王**", "李**", "王**", "陈**"), strict=True)
    ]
    with pytest.raises(Refusal, match="code_expired"):
        await choose(entered.ticket, stranger)
    seen = await who(await choose(entered.ticket, made[2]))
    assert seen is not None and seen.id == made[2]
    with pytest.raises(Refusal, match="code_expired"):
        await choose(entered.ticket, made[1])


async def test_a_ticket_is_not_forged_and_does_not_last(places: Places, database: Database) -> None:
    made = [(await standing.resident(places.community, phone=PHONE)).resident_id for _ in range(2)]
    ticket = (await enter_code(PHONE, await ask(database), "resident")).ticket or ""
    code_id = ticket.partition(".")[0]
    for forged in (
        "",
        ".",
        f"{code_id}.",
        ticket + "0",
        ticket[:-1],
        "1" * 500,
        f"0{ticket}",
        "١.x",
        "\ud800.",
        "-1.x",
    ):
        with pytest.raises(Refusal, match="code_expired"):
            await choose(forged, made[0])
    await later(database, 11)
    with pytest.raises(Refusal, match="code_expired"):
        await choose(ticket, made[0])


async def test_a_ticket_signs_in_one_even_when_sent_ten_times(places: Places, database: Database) -> None:
    made = [(await standing.resident(places.community, phone=PHONE)).resident_id for _ in range(2)]
    ticket = (await enter_code(PHONE, await ask(database), "resident")).ticket or ""
    done = await asyncio.gather(*(choose(ticket, made[0]) for _ in range(10)), return_exceptions=True)
    assert sum(isinstance(one, str) for one in done) == 1
    assert await database.value("SELECT count(*) FROM sign_in") == 1


async def test_leaders_have_their_own_codes(places: Places, database: Database) -> None:
    leader = await standing.leader(places.street, phone=PHONE)
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database, "leader")
    assert (await refused(code)).code == "code_expired"
    seen = await who((await enter_code(PHONE, code, "leader")).token or "")
    assert seen is not None and (seen.kind, seen.id, seen.role) == ("staff", leader.id, "leader")


async def test_officers_and_leaders_who_left_get_no_code(places: Places, database: Database) -> None:
    await standing.staff("officer", places.street, phone=PHONE)
    leader = await standing.leader(places.street, phone=UNKNOWN)
    await end_staff(leader.id, by=CLI)
    await ask_code(PHONE, "leader")
    await ask_code(UNKNOWN, "leader")
    assert await database.value("SELECT count(*) FROM notice") == 0


async def test_the_code_is_kept_hashed_with_a_key(places: Places, database: Database) -> None:
    await standing.resident(places.community, phone=PHONE)
    code = await ask(database)
    kept = (await database.fetch("SELECT * FROM sign_in_code"))[0]
    assert code.encode() not in kept["code_hash"] and PHONE.encode() not in kept["phone_hash"]
    assert len(kept["code_hash"]) == 32


async def _judged() -> int:
    """How many of thirty guesses at once were compared at all. 'guess' is never right."""
    compared = 0
    compare = codes.hmac.compare_digest

    def counted(one: bytes, two: bytes) -> bool:
        nonlocal compared
        compared += 1
        return compare(one, two)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(codes.hmac, "compare_digest", counted)
        await asyncio.gather(*(enter_code(PHONE, "guess", "resident") for _ in range(30)), return_exceptions=True)
    return compared


async def _guess_often(code: str) -> list[str]:
    done = await asyncio.gather(*(enter_code(PHONE, code, "resident") for _ in range(10)), return_exceptions=True)
    return [one.code if isinstance(one, Refusal) else repr(one) for one in done]
