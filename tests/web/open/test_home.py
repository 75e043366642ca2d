"""The first page, by who looks at it."""

from __future__ import annotations

import pytest

from tests.web.conftest import Visit
from tests.web.open.town import Town


async def test_a_stranger_finds_a_course_signs_in_or_rings(visit: Visit, town: Town) -> None:
    page = await (await visit()).get("/")
    assert page.status_code == 200
    for door in ('href="/courses"', 'href="/sign-in"', 'href="tel:057186220000"'):
        assert door in page.text


async def test_everybody_signed_in_is_led_to_their_own_first_page(visit: Visit, town: Town) -> None:
    for browser, home in [
        (await visit(resident=town.wang.resident_id), "/my/home"),
        (await visit(staff=town.leader), "/lead"),
        (await visit(staff=town.officer), "/office"),
    ]:
        answer = await browser.get("/")
        assert (answer.status_code, answer.headers["location"]) == (303, home)


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
async def test_every_open_page_is_there_in_both_languages_and_ends_with_the_telephone(
    visit: Visit, town: Town, lang: str
) -> None:
    browser = await visit(lang=lang)
    for path in ("/", "/courses", "/sign-in", "/sign-in/card", "/sign-in/staff", "/pretend"):
        page = await browser.get(path)
        assert page.status_code == 200, path
        assert "0571-8622 0000" in page.text, path
        assert ("登录" in page.text) == (lang == "zh_CN"), path


async def test_signing_out_ends_this_sign_in_and_is_harmless_twice(visit: Visit, town: Town) -> None:
    browser = await visit(resident=town.wang.resident_id)
    token = browser.client.cookies["el"]
    assert "You are signed out." in (await browser.follow(await browser.post("/sign-out"))).text
    browser.client.cookies.set("el", token)  # the cookie copied before does not help
    assert (await browser.get("/my")).headers["location"] == "/sign-in?next=/my"
    assert (await browser.post("/sign-out")).status_code == 303


async def test_without_the_csrf_field_nothing_happens_and_the_page_says_what_to_do(
    visit: Visit, town: Town
) -> None:
    browser = await visit(resident=town.wang.resident_id)
    answer = await browser.client.post("/sign-out", data={})
    assert answer.status_code == 403
    assert "load the page again" in answer.text
    assert (await browser.get("/my")).status_code == 200
