"""A blank card was scanned in the hall; later its person gets a name."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from elderlearn.checkin.recount import differences
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.people import register
from elderlearn.people.cards import CardCode, issue_blank, make_card
from elderlearn.people.consents import NewConsent, consents_of
from elderlearn.people.queries import active_cards
from elderlearn.people.residents import NewResident
from elderlearn.stewardship.name_card import Named, name_card
from tests import people_standing as standing
from tests.checkin.hall import Hall, a_hall, attendances
from tests.conftest import Database
from tests.people_standing import CLI, id_number


@pytest.fixture
async def hall(database: Database) -> Hall:
    return await a_hall()


@pytest.fixture
async def blank(hall: Hall) -> CardCode:
    return (await issue_blank(1, hall.places.district.id, by=CLI))[0]


def mei(hall: Hall, document: str | None = None) -> NewResident:
    return NewResident(
        name="陈梅", place_code=hall.places.community.code, born_on=date(1953, 5, 1), document_number=document
    )


async def test_what_waited_on_the_card_counts_where_she_lives(
    hall: Hall, blank: CardCode, database: Database
) -> None:
    first = await hall.scan(blank.code)
    assert first.verdict == "recorded"
    before = (await database.fetch("SELECT residence, place, born_on FROM tally"))[0]
    named = await name_card(blank.number, mei(hall), by=hall.by)
    after = (await database.fetch("SELECT resident, residence, place, born_on, visits FROM tally"))[0]
    assert tuple(before) == ("unknown", None, None)
    assert tuple(after) == (named.resident_id, "inside", hall.places.community.id, date(1953, 5, 1), 1)
    assert named == Named(named.resident_id, blank.code, was_scanned=True)
    assert await attendances() == [(hall.session_ids[0], named.resident_id)]
    assert sum((await differences()).rows.values()) == 0


async def test_further_scans_of_the_card_are_hers(hall: Hall, blank: CardCode, database: Database) -> None:
    await hall.scan(blank.code)
    named = await name_card(blank.code, mei(hall), by=hall.by)
    again = await hall.scan(blank.code, hall.session_ids[1])
    assert (again.verdict, again.name) == ("recorded", "陈**")
    assert await database.value("SELECT visits FROM tally WHERE resident = $1", named.resident_id) == 2
    assert (await active_cards([named.resident_id]))[named.resident_id].number == blank.number


async def test_a_card_never_scanned_is_named_too(hall: Hall, blank: CardCode) -> None:
    named = await name_card(
        blank.code, mei(hall), by=hall.by, consents=(NewConsent("notice", "2026-11", "read_at_desk"),)
    )
    assert not named.was_scanned
    assert [one.purpose for one in await consents_of(named.resident_id)] == ["notice"]


async def test_somebody_on_file_changes_nothing(hall: Hall, blank: CardCode, database: Database) -> None:
    await standing.resident(hall.places.community, document=id_number(date(1953, 5, 1)), born_on=None)
    await hall.scan(blank.code)
    before = await database.fetch("SELECT * FROM tally"), await database.fetch("SELECT * FROM card")
    with pytest.raises(Refusal, match="document_on_file"):
        await name_card(blank.code, mei(hall, id_number(date(1953, 5, 1))), by=hall.by)
    assert (await database.fetch("SELECT * FROM tally"), await database.fetch("SELECT * FROM card")) == before


async def test_what_is_no_card_is_missing(hall: Hall) -> None:
    for typed in ("", "00000000", "A" * 32, "\0", "👵"):
        with pytest.raises(Missing):
            await name_card(typed, mei(hall), by=hall.by)


async def test_a_card_with_a_person_is_not_named_again(hall: Hall) -> None:
    with pytest.raises(Refusal, match="card_not_blank"):
        await name_card(hall.anna.card_code or "", mei(hall), by=hall.by)


async def test_a_document_put_on_file_in_the_same_moment_is_on_file(
    hall: Hall, blank: CardCode, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hall.scan(blank.code)
    number = id_number(date(1953, 5, 1))
    on_its_way = asyncio.Event()

    async def slowly(**facts: Any) -> str:
        on_its_way.set()
        await asyncio.sleep(0.5)
        return await make_card(**facts)

    monkeypatch.setattr(register, "make_card", slowly)
    other = asyncio.create_task(standing.resident(hall.places.community, document=number, born_on=None))
    await on_its_way.wait()
    with pytest.raises(Refusal, match="document_on_file"):
        await name_card(blank.code, mei(hall, number), by=hall.by)
    assert (await other).is_new
    assert await database.value("SELECT state FROM card WHERE number = $1", blank.number) == "blank"
