"""The address in the QR, opened by a stranger, the owner, a leader: never by looking is anybody checked in."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import Database
from tests.web.conftest import Visit, Visitor
from tests.web.open.town import Town

FORGED = "A" * 32
ON_NOW = {"entry": "drop_in", "kind": "activity", "starts_in": timedelta(minutes=-5)}


async def form_of(browser: Visitor, path: str) -> dict[str, str]:
    """The hidden fields of the first check-in button."""
    page = (await browser.get(path)).text
    return {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("session", "scan")}


async def attendances(database: Database) -> int:
    return int(await database.value("SELECT count(*) FROM attendance WHERE voided_at IS NULL"))


async def test_a_stranger_learns_whom_to_ring_and_nothing_else(visit: Visit, town: Town) -> None:
    for door in ("/C/", "/c/"):
        page = await (await visit()).get(door + town.wang.card_code)
        assert page.status_code == 200 and "0571-8622 0000" in page.text
        assert "王" not in page.text and 'action="/sign-in/card"' in page.text


async def test_a_forged_or_unreadable_code_looks_exactly_the_same(visit: Visit, town: Town) -> None:
    browser = await visit()
    genuine = await browser.get("/C/" + town.wang.card_code)
    for code in (FORGED, "nonsense", "A" * 500, "%00", "%F0%9F%8C%B8"):
        forged = await browser.get("/C/" + code)
        assert forged.status_code == genuine.status_code, code
        assert words_of(forged.text) == words_of(genuine.text), code


async def test_the_owner_signs_in_with_her_birth_date(visit: Visit, town: Town) -> None:
    browser = await visit()
    await browser.get("/C/" + town.wang.card_code)
    answer = await browser.post("/sign-in/card", {"card": town.wang.card_code, "born_on": "1955-03-08"})
    assert answer.headers["location"] == "/my/home"


async def test_a_neighbour_who_is_signed_in_sees_no_name_either(visit: Visit, town: Town) -> None:
    page = (await (await visit(resident=town.li.resident_id)).get("/C/" + town.wang.card_code)).text
    assert "王" not in page and 'action="/sign-in/card"' not in page


async def test_a_leader_with_a_session_now_gets_one_button_that_checks_in_once(
    visit: Visit, town: Town, database: Database
) -> None:
    await town.run("Morning walk", **ON_NOW)  # type: ignore[arg-type]
    browser, path = await visit(staff=town.leader), f"/C/{town.wang.card_code}"
    fields = await form_of(browser, path)
    assert await attendances(database) == 0  # looking changes nothing
    for _ in range(2):
        answer = await browser.post(path, fields)
        assert answer.status_code == 303
        assert "王** is checked in." in (await browser.follow(answer)).text
    again = await browser.post(path, await form_of(browser, path))
    assert "was checked in before" in (await browser.follow(again)).text
    assert await attendances(database) == 1
    assert await database.value("SELECT door FROM scan LIMIT 1") == "leader"


async def test_a_leader_without_a_session_now_sees_what_strangers_see(visit: Visit, town: Town) -> None:
    await town.run("Evening class", starts_in=timedelta(hours=5))
    page = (await (await visit(staff=town.leader)).get(f"/C/{town.wang.card_code}")).text
    assert 'action="/sign-in/card"' not in page and "0571-8622 0000" in page and 'name="scan"' not in page


async def test_a_forged_code_is_refused_in_words_when_the_button_is_pressed(
    visit: Visit, town: Town, database: Database
) -> None:
    await town.run("Morning walk", **ON_NOW)  # type: ignore[arg-type]
    browser, path = await visit(staff=town.leader), f"/C/{FORGED}"
    answer = await browser.post(path, await form_of(browser, path))
    assert "This is not a valid card" in (await browser.follow(answer)).text
    assert await attendances(database) == 0


async def test_nobody_but_staff_can_press_the_button(visit: Visit, town: Town, database: Database) -> None:
    await town.run("Morning walk", **ON_NOW)  # type: ignore[arg-type]
    path = f"/C/{town.wang.card_code}"
    fields = await form_of(await visit(staff=town.leader), path)
    for browser in (await visit(), await visit(resident=town.wang.resident_id)):
        assert (await browser.post(path, fields)).status_code == 404
    leader = await visit(staff=town.leader)
    assert (await leader.client.post(path, data=fields)).status_code == 403  # without the CSRF field
    assert await attendances(database) == 0


def words_of(page: str) -> str:
    """The page without code and form secret: what a stranger could tell two codes apart by."""
    parts = page.split('value="')
    return "".join([parts[0], *(part.split('"', 1)[1] for part in parts[1:])])
