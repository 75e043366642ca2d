"""Signing up on one's own phone: once, and nothing told to a stranger."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from datetime import date

import pytest

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.people.change_phone import change_own_phone
from elderlearn.people.consents import NewConsent, consents_of
from elderlearn.people.queries import persons
from elderlearn.people.residents import NewResident
from elderlearn.people.sign_in.codes import ask_code, enter_code
from elderlearn.people.sign_in.who import who
from elderlearn.people.sign_up import SignedUp, sign_up
from tests import people_standing as standing
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import Places

PHONE = "13900139000"
NOTICE = NewConsent("notice", "2026-11", "phone")


@pytest.fixture
async def places(database: Database) -> Places:
    return await standing.place_tree()


@pytest.fixture
def she(places: Places) -> NewResident:
    return NewResident(name="王秀英", born_on=date(1955, 3, 8), phone=PHONE, place_code=places.community.code)


async def code_for(database: Database, phone: str = PHONE) -> str:
    await database.execute("UPDATE sign_in_code SET sent_at = sent_at - interval '2 minutes'")
    await ask_code(phone, "resident", even_unknown=True)
    return str(json.loads(await database.value("SELECT values FROM notice ORDER BY id DESC LIMIT 1"))["code"])


async def signs_up(database: Database, new: NewResident) -> SignedUp:
    return await sign_up(new, await code_for(database, new.phone or ""), consents=(NOTICE,))


async def test_a_child_of_45_from_outside_signs_up_too(she: NewResident, database: Database) -> None:
    """To enrol her parents; she counts nowhere herself."""
    daughter = replace(she, name="李梅", born_on=date(1981, 5, 1), place_code="outside")
    assert (await signs_up(database, daughter)).is_new
    assert await database.value("SELECT residence FROM resident") == "outside"


async def people(database: Database) -> int:
    return int(await database.value("SELECT count(*) FROM resident"))


async def test_she_is_on_the_register_signed_in_with_a_card_and_her_consent(
    she: NewResident, places: Places, database: Database
) -> None:
    done = await signs_up(database, she)
    assert done.is_new and done.token
    signed_in = await who(done.token)
    assert signed_in and (signed_in.kind, signed_in.name) == ("resident", "王秀英")
    person = (await persons([signed_in.id]))[signed_in.id]
    assert (person.verified, person.place_id, person.born_on) == ("self", places.community.id, date(1955, 3, 8))
    assert await consents_of(person.id) == [NOTICE]
    assert (
        await database.value("SELECT count(*) FROM card WHERE resident = $1 AND state = 'active'", person.id) == 1
    )
    trail = await database.value("SELECT door || ' ' || actor_id FROM trail WHERE action = 'sign_up'")
    assert trail == f"open {person.id}"


async def test_a_code_is_sent_to_a_number_nobody_has_only_when_asked_for(
    places: Places, database: Database
) -> None:
    await ask_code(PHONE, "resident")
    assert await database.value("SELECT count(*) FROM notice") == 0
    assert len(await code_for(database)) == 6


async def test_wrong_digits_open_nothing(she: NewResident, database: Database) -> None:
    code = await code_for(database)
    with pytest.raises(Refusal, match="wrong_code"):
        await sign_up(she, f"{(int(code) + 1) % 10**6:06}", consents=(NOTICE,))
    assert await people(database) == 0


async def test_a_code_serves_once_also_for_two_hands_at_once(she: NewResident, database: Database) -> None:
    code = await code_for(database)
    answers = await asyncio.gather(
        *(sign_up(she, code, consents=(NOTICE,)) for _ in range(4)), return_exceptions=True
    )
    refused = [one for one in answers if isinstance(one, Refusal)]
    assert {one.code for one in refused} == {"code_expired"} and len(refused) == 3
    assert await people(database) == 1


async def _try_twice(code: str, place_code: str) -> list[str]:
    new = NewResident(name="王秀英", born_on=date(1955, 3, 8), phone=PHONE, place_code=place_code)
    answers = await asyncio.gather(
        *(sign_up(new, code, consents=(NOTICE,)) for _ in range(2)), return_exceptions=True
    )
    return [one.code if isinstance(one, Refusal) else type(one).__name__ for one in answers]


async def test_a_code_serves_once_over_several_processes(places: Places, database: Database) -> None:
    said = await in_processes(_try_twice, database.url, await code_for(database), places.community.code)
    assert sorted(said) == ["SignedUp", "code_expired", "code_expired", "code_expired"]
    assert await people(database) == 1


async def test_without_spending_the_code_she_would_be_written_down_several_times(
    she: NewResident, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Negative control: the races above do notice when the guard is gone."""

    async def let_through(_proof: object) -> None:
        await asyncio.sleep(0.1)

    monkeypatch.setattr(sys.modules["elderlearn.people.sign_up"], "spend", let_through)
    code = await code_for(database)
    await asyncio.gather(*(sign_up(she, code, consents=(NOTICE,)) for _ in range(4)))
    assert await people(database) > 1


async def test_the_same_person_again_is_signed_in_and_nothing_changes(
    she: NewResident, places: Places, database: Database
) -> None:
    first = await signs_up(database, she)
    again = await signs_up(database, replace(she, place_code=places.other_community.code))
    assert again.token and not again.is_new
    [one, other] = [await who(done.token) for done in (first, again) if done.token]
    assert one and other and one.id == other.id and other.place_id == places.community.id
    assert await people(database) == 1


@pytest.mark.parametrize(
    "like_her", [{"born_on": date(1955, 3, 9)}, {"name": "王秀莹"}], ids=["another date", "another name"]
)
async def test_almost_the_same_person_behind_one_phone_goes_to_the_desk(
    she: NewResident, database: Database, like_her: dict[str, object]
) -> None:
    await signs_up(database, she)
    done = await signs_up(database, replace(she, **like_her))  # type: ignore[arg-type]  # one field each
    assert done == SignedUp(None, False)
    assert await people(database) == 1


async def test_husband_and_wife_share_a_phone(she: NewResident, database: Database) -> None:
    await signs_up(database, she)
    done = await signs_up(database, replace(she, name="李建国", born_on=date(1950, 11, 2)))
    assert done.is_new and await people(database) == 2


async def test_a_document_on_file_opens_nothing_and_changes_nothing(
    she: NewResident, places: Places, database: Database
) -> None:
    number = standing.id_number()
    await standing.resident(places.community, document=number, phone="13800138000")
    before = await database.value("SELECT resident::text FROM resident")
    done = await signs_up(database, replace(she, document_number=number))
    assert done == SignedUp(None, False)
    assert await people(database) == 1 and await database.value("SELECT resident::text FROM resident") == before
    assert await database.value("SELECT count(*) FROM sign_in") == 0


async def test_the_name_and_date_of_somebody_with_another_phone_make_a_new_person_for_the_desk_to_merge(
    she: NewResident, places: Places, database: Database
) -> None:
    await standing.resident(places.community, phone="13800138000")
    assert (await signs_up(database, she)).is_new
    assert await people(database) == 2


async def test_a_new_number_is_hers_when_she_holds_it(places: Places, database: Database) -> None:
    her = (await standing.resident(places.community, phone="13800138000")).resident_id
    by = Actor("resident", her, "resident")
    code = await code_for(database)
    with pytest.raises(Refusal, match="wrong_code"):
        await change_own_phone(her, PHONE, f"{(int(code) + 1) % 10**6:06}", by=by)
    await change_own_phone(her, PHONE, code, by=by)
    entered = await enter_code(PHONE, await code_for(database), "resident")
    assert entered.token
    assert "139" not in str(await database.value("SELECT detail FROM trail WHERE action = 'change_phone'"))
