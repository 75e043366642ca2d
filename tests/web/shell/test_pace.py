"""How often one address may try: counted in Valkey; without it nobody is locked out."""

from __future__ import annotations

from datetime import date

import pytest
from redis.asyncio import Redis

from elderlearn.ground.settings import forget, settings
from elderlearn.web.shell import pace
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit

TOO_OFTEN = "very many tries from this network"
ANY = {"card": "12345678", "born_on": "19500307"}


@pytest.fixture
async def few(monkeypatch: pytest.MonkeyPatch, database: Database) -> int:
    monkeypatch.setattr(pace, "MOST_AN_HOUR", dict.fromkeys(pace.MOST_AN_HOUR, 3))
    return 3


async def test_an_address_that_guesses_cards_is_stopped_with_the_number_to_ring(visit: Visit, few: int) -> None:
    await standing.place_tree()
    for _ in range(few):
        assert TOO_OFTEN not in (await (await visit()).send("/sign-in/card", ANY)).text
    page = (await (await visit()).send("/sign-in/card", ANY)).text  # another browser, the same address
    assert TOO_OFTEN in page and "ring us: 0571-8622 0000" in page and 'value="12345678"' in page
    assert TOO_OFTEN not in (await (await visit()).send("/sign-in", {"phone": "13800138000"})).text
    async with Redis.from_url(settings().redis_url or "") as line:
        keys = [key async for key in line.scan_iter("tries:card:*")]
        assert keys and all([0 < await line.ttl(key) <= 3600 for key in keys])
        assert not any(b"127.0.0.1" in key for key in keys)


async def test_sending_codes_is_counted_at_every_form_that_sends_one(visit: Visit, few: int) -> None:
    places = await standing.place_tree()
    who = (await standing.resident(places.community)).resident_id
    for number in range(few):
        await (await visit()).post("/sign-in", {"phone": f"1380013800{number}"})
    assert TOO_OFTEN in (await (await visit()).send("/sign-in", {"phone": "13800138009"})).text
    browser = await visit(resident=who)
    assert TOO_OFTEN in (await browser.send("/my/details/phone", {"phone": "13900139000"})).text


async def test_a_carrier_asks_for_more_codes_than_anybody_may_guess(visit: Visit, database: Database) -> None:
    await standing.place_tree()
    browser = await visit()
    for number in range(61):
        answer = await browser.post("/sign-in", {"phone": f"138001{number:05}"})
        assert answer.headers["location"] == "/sign-in/code", number
    for _ in range(60):
        await browser.post("/sign-in/card", ANY)
    assert TOO_OFTEN in (await browser.send("/sign-in/card", ANY)).text


async def test_a_full_classroom_that_gets_in_is_never_stopped(visit: Visit, few: int, database: Database) -> None:
    places = await standing.place_tree()
    for number in range(few + 2):
        born_on = date(1950, 1, 1 + number)
        made = await standing.resident(places.community, born_on=born_on)
        form = {"card": made.card_code, "born_on": born_on.isoformat()}
        assert (await (await visit()).post("/sign-in/card", form)).headers["location"] == "/my/home"


@pytest.mark.parametrize("url", ["redis://127.0.0.1:9", ""])
async def test_without_valkey_the_limit_of_each_card_still_holds_and_nobody_else_is_locked_out(
    visit: Visit, few: int, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    places = await standing.place_tree()
    made = await standing.resident(places.community, born_on=date(1950, 1, 1))
    monkeypatch.setenv("REDIS_URL", url)
    forget()
    wrong = {"card": made.card_code, "born_on": "19500102"}
    pages = [(await (await visit()).send("/sign-in/card", wrong)).text for _ in range(few + 3)]
    assert not any(TOO_OFTEN in page for page in pages) and "wrong too often" in pages[-1]
    monkeypatch.undo()
    forget()
