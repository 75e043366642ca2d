"""Her first page, her learning, her code."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.ground.settings import forget
from elderlearn.people.cards import current_code
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.open.town import Town

PAGES = ["/my/home", "/my", "/my/code"]


async def test_strangers_are_led_to_the_sign_in_and_staff_find_nothing(visit: Visit, town: Town) -> None:
    stranger, staff = await visit(), [await visit(staff=one) for one in (town.leader, town.officer)]
    for path in PAGES:
        assert (await stranger.get(path)).headers["location"] == f"/sign-in?next={path}"
        for browser in staff:
            assert (await browser.get(path)).status_code == 404


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
async def test_every_page_speaks_both_languages_and_ends_with_the_telephone(
    visit: Visit, town: Town, lang: str
) -> None:
    browser = await visit(resident=town.wang.resident_id, lang=lang)
    for path in PAGES:
        page = await browser.get(path)
        assert page.status_code == 200 and "0571-8622 0000" in page.text, path
        assert ("我的学习" in page.text) == (lang == "zh_CN"), path


async def test_the_first_page_shows_the_next_class_she_has_a_seat_in(visit: Visit, town: Town) -> None:
    late = await town.run("Painting", starts_in=timedelta(days=3))
    soon = await town.run("Singing", starts_in=timedelta(days=1))
    browser = await visit(resident=town.wang.resident_id)
    assert "Nothing is planned yet" in (await browser.get("/my/home")).text
    for run in (late, soon):
        await browser.post(f"/courses/{run}/enrolments")
    page = (await browser.get("/my/home")).text
    assert "Singing" in page and "Painting" not in page and "tomorrow, " in page
    assert 'href="/my/code"' in page


async def test_waiting_in_line_is_not_a_next_class(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", seats=1)
    for resident in (town.wang, town.li):
        browser = await visit(resident=resident.resident_id)
        await browser.post(f"/courses/{run}/enrolments")
    assert "Nothing is planned yet" in (await browser.get("/my/home")).text


async def test_what_is_over_or_given_back_stands_under_the_past(
    visit: Visit, town: Town, database: Database
) -> None:
    over = await town.run("Painting", starts_in=timedelta(days=-30), times=2)
    browser = await visit(resident=town.wang.resident_id)
    assert "You have no seat and wait in no line" in (await browser.get("/my")).text
    await browser.post(f"/courses/{over}/enrolments")
    page = (await browser.get("/my")).text
    assert "Painting" in page.split("The past")[1] and "over" in page.split("The past")[1]


async def test_a_neighbour_sees_only_her_own(visit: Visit, town: Town) -> None:
    run = await town.run("Singing")
    await (await visit(resident=town.wang.resident_id)).post(f"/courses/{run}/enrolments")
    assert "Singing" not in (await (await visit(resident=town.li.resident_id)).get("/my")).text


async def test_the_code_is_a_picture_with_its_number_in_two_groups(
    visit: Visit, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://learn.example.cn")
    forget()
    card = await current_code(town.wang.resident_id)
    assert card is not None
    page = (await (await visit(resident=town.wang.resident_id)).get("/my/code")).text
    assert f"{card.number[:4]} {card.number[4:]}" in page
    assert "<svg" in page and 'fill="white"' in page and "style=" not in page.split("<svg")[1]
    assert card.code not in page  # the picture carries it, the text does not


async def test_without_a_card_the_page_says_where_to_get_one(visit: Visit, town: Town, database: Database) -> None:
    await database.execute("UPDATE card SET state = 'replaced'")
    page = await (await visit(resident=town.wang.resident_id)).get("/my/code")
    assert page.status_code == 200 and "You have no card just now" in page.text
