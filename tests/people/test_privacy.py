"""Full numbers are seen nowhere: not in the trail, not in reprs, not in errors, not in logs."""

from __future__ import annotations

import json
import logging
from datetime import date

import pytest

from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people.cards import current_code, issue_card
from elderlearn.people.numbers import see_numbers
from elderlearn.people.queries import person, person_by_document
from elderlearn.people.register import register
from elderlearn.people.residents import NewResident
from elderlearn.people.sign_in.cards import sign_in_by_card
from elderlearn.people.sign_in.codes import ask_code, choose, enter_code
from elderlearn.people.sign_in.passwords import sign_in_by_password
from elderlearn.people.sign_in.who import sign_out, who
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, PASSWORD, Places, id_number

PHONE = "13812345678"
NUMBER = id_number(date(1955, 3, 8), 864)


async def test_nothing_full_is_left_behind_by_any_verb(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    places = await standing.place_tree()
    said = NewResident(name="王秀英", place_code=places.community.code, document_number=NUMBER, phone=PHONE)
    shown = [repr(said)]
    secrets = await _live_through(places, said, shown, database)
    kept = [str([tuple(one) for one in await database.fetch(f"SELECT * FROM {table}")]) for table in TABLES]
    everything = "\n".join([*shown, *kept, caplog.text])
    for secret in (NUMBER, PHONE, PASSWORD, *secrets):
        assert secret not in everything
    assert await database.value("SELECT count(*) FROM trail") > 10


TABLES = ("trail", "resident", "staff", "card", "sign_in", "sign_in_code", "api_token")


async def _live_through(places: Places, said: NewResident, shown: list[str], database: Database) -> list[str]:
    """Registers, signs in every way and fails everywhere; adds every repr to `shown`, gives the secrets made."""
    made = await register(said, by=CLI)
    await register(NewResident(name="王小明", place_code="outside", phone=PHONE), by=CLI)
    again = await register(said, by=CLI)
    officer = await standing.staff("officer", places.street, password=PASSWORD, phone=PHONE)
    found = await person(made.resident_id)
    seen = await see_numbers(made.resident_id, reason="核对", by=officer.by())
    printed = await issue_card(made.resident_id, by=officer.by())
    shown += [repr(one) for one in (made, again, officer, found, seen, printed, await current_code(found.id))]
    await ask_code(PHONE, "resident")
    code = json.loads(await database.value("SELECT values::text FROM notice"))["code"]
    entered = await enter_code(PHONE, code, "resident")
    by_code = await choose(entered.ticket or "", made.resident_id)
    by_card = await sign_in_by_card(printed.code, date(1955, 3, 8))
    by_password = await sign_in_by_password(officer.name, PASSWORD)
    token = await standing.token(officer)
    shown += [repr(one) for one in (entered, await who(by_code), await who(by_card), await who(by_password))]
    await sign_out(by_code)
    shown += await _fail_everywhere(said, printed.code)
    return [made.card_code or "", printed.code, by_code, by_card, by_password, token, entered.ticket or ""]


async def _fail_everywhere(said: NewResident, code: str) -> list[str]:
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    failing = [
        register(NewResident(name="王", place_code="x", document_number=NUMBER, phone=PHONE), by=CLI),
        register(NewResident(name="王", place_code="outside", document_number=NUMBER, born_year=1950), by=CLI),
        register(NewResident(name="", place_code="outside", document_number=NUMBER, phone=PHONE), by=CLI),
        person_by_document("id_card", wrong),
        ask_code(PHONE, "resident"),
        enter_code(PHONE, "000000", "resident"),
        sign_in_by_card(code, date(1950, 1, 1)),
        sign_in_by_card(code[:-1], date(1950, 1, 1)),
        sign_in_by_password(PHONE, PASSWORD + "x"),
        see_numbers(424242, reason="核对", by=CLI),
    ]
    said_no = []
    for verb in failing:
        with pytest.raises((Refusal, Missing)) as refusal:
            await verb
        said_no.append(repr(refusal.value) + str(getattr(refusal.value, "values", "")) + str(refusal.value))
    assert not any(wrong in one for one in said_no)
    return said_no
