"""The code of the hall, scanned by any phone: a claim in this browser, one button, and nothing by looking."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from elderlearn.checkin.claim import poster_address, screen_address
from elderlearn.ground.clock import now
from elderlearn.people.register import Registered
from elderlearn.web.shell import pace
from elderlearn.web.shell.viewer import COOKIE
from tests.checkin.hall import call_off
from tests.conftest import Database
from tests.web.conftest import Visit, Visitor, token_for
from tests.web.open.town import Town

A_WALK = {"entry": "drop_in", "kind": "activity", "starts_in": timedelta(minutes=-5), "times": 2}
FORGED = "/V/" + "A" * 24


async def a_session(town: Town, database: Database, title: str = "Morning walk", **changes: object) -> int:
    """One that is on now."""
    run = await town.run(title, **{**A_WALK, **changes})  # type: ignore[arg-type]
    return int(await database.value("SELECT min(id) FROM session WHERE run = $1", run))


def on_screen(session: int, seconds_ago: float = 0) -> str:
    """The path the code on the screen holds."""
    return urlsplit(screen_address(session, now() - timedelta(seconds=seconds_ago))).path


def on_poster(session: int) -> str:
    return urlsplit(poster_address(session)).path


async def scanned(browser: Visitor, path: str) -> str:
    """The page a good code leads to."""
    answer = await browser.get(path)
    assert answer.status_code == 303, answer.text[-500:]
    return (await browser.follow(answer)).text


async def pressed(browser: Visitor, session: int, who: Registered) -> str:
    return (await browser.send(f"/here/{session}", {"who": who.resident_id})).text


async def attendances(database: Database) -> int:
    return int(await database.value("SELECT count(*) FROM attendance WHERE voided_at IS NULL"))


async def test_she_scans_presses_once_and_reads_what_comes_next(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(resident=town.wang.resident_id)
    page = await scanned(browser, on_screen(session))
    assert "Morning walk" in page and "王" in page and "I am here" in page
    assert await attendances(database) == 0
    page = await pressed(browser, session, town.wang)
    assert "You are checked in" in page and "take a seat" in page and "Next time" in page
    again = await browser.get(f"/here/{session}")  # the back button, another tab, a reload
    assert "You are checked in" in again.text and "I am here" not in again.text
    await pressed(browser, session, town.wang)  # a tab that was still open
    assert await attendances(database) == 1
    assert await database.fetch("SELECT method, door FROM scan") == [("venue", "resident")]


async def test_one_claim_used_up_leaves_those_of_other_sessions_alone(
    visit: Visit, town: Town, database: Database
) -> None:
    one = await a_session(town, database)
    await database.execute("SELECT setval('session_id_seq', $1)", 10 * one)
    other = await a_session(town, database, "Evening walk", starts_in=timedelta(minutes=30))
    assert other == 10 * one + 1, "one name begins with the other"
    browser = await visit(resident=town.wang.resident_id)
    await scanned(browser, on_screen(other))
    await scanned(browser, on_screen(one))
    await pressed(browser, one, town.wang)
    assert "I am here" in (await browser.get(f"/here/{other}")).text


@pytest.mark.parametrize("door", ["/V/", "/v/"])
async def test_looking_previews_and_heads_check_nobody_in(
    visit: Visit, town: Town, database: Database, door: str
) -> None:
    session = await a_session(town, database)
    path = door + on_screen(session).rpartition("/")[2]
    browser = await visit(resident=town.wang.resident_id)
    for _ in range(3):
        assert (await browser.client.head(path)).status_code == 303
        await scanned(browser, path)
        assert (await browser.client.head(f"/here/{session}")).status_code == 200
    robot = await visit()  # the preview of a chat, without anybody's cookies
    assert "Sign in" in await scanned(robot, path)
    assert await attendances(database) == 0 and not await database.fetch("SELECT FROM scan")


async def test_a_stranger_sees_the_class_signs_in_slowly_and_comes_back_to_the_same_claim(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit()
    page = await scanned(browser, on_screen(session))
    assert "Morning walk" in page and "I am here" not in page
    assert f'href="/sign-in?next=/here/{session}"' in page and f'href="/sign-up?next=/here/{session}"' in page
    answer = await browser.post(
        "/sign-in/card", {"card": town.wang.card_code, "born_on": "1955-03-08", "next": f"/here/{session}"}
    )
    page = (await browser.follow(answer)).text
    assert "I am here" in page and "Morning walk" in page
    assert "You are checked in" in await pressed(browser, session, town.wang)


async def test_pressed_while_signed_out_leads_to_the_sign_in_and_back(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit()
    await scanned(browser, on_screen(session))
    answer = await browser.post(f"/here/{session}", {"who": "1"})
    assert answer.headers["location"] == f"/sign-in?next=/here/{session}"
    assert await attendances(database) == 0


async def test_a_picture_of_the_code_sent_home_is_worthless_45_seconds_later(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(resident=town.wang.resident_id)
    for path in (
        on_screen(session, 46),
        on_screen(session, 3600),
        on_screen(session, -61),
        FORGED,
        "/V/%F0%9F%8C%B8",
    ):
        answer = await browser.get(path)
        assert answer.status_code == 200 and "Please scan again" in answer.text, path
        assert "Morning walk" not in answer.text and "I am here" not in answer.text
    assert "Please scan again" in await pressed(browser, session, town.wang)
    assert await attendances(database) == 0


async def test_the_link_of_a_claim_is_worth_nothing_in_another_browser(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    await scanned(await visit(resident=town.wang.resident_id), on_screen(session))
    friend = await visit(resident=town.li.resident_id)
    assert "Please scan again" in (await friend.get(f"/here/{session}")).text
    assert "Please scan again" in await pressed(friend, session, town.li)
    assert await attendances(database) == 0


async def test_a_claim_is_of_one_session_and_ends_after_five_minutes(
    visit: Visit, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = await a_session(town, database)
    other = await a_session(town, database, "Calligraphy", starts_in=timedelta(minutes=70))  # opens in ten minutes
    browser = await visit(resident=town.wang.resident_id)
    await scanned(browser, on_screen(session))
    assert "Please scan again" in await pressed(browser, other, town.wang)
    browser.client.cookies.set(f"here-{other}-", browser.client.cookies[f"here-{session}-"])  # renamed by hand
    assert "Please scan again" in await pressed(browser, other, town.wang)
    soon = now() + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr("elderlearn.web.open.here.now", lambda: soon)
    assert "Please scan again" in (await browser.get(f"/here/{session}")).text
    assert "Please scan again" in await pressed(browser, session, town.wang)
    assert await attendances(database) == 0


async def test_two_pages_of_two_sessions_keep_each_its_own_claim(
    visit: Visit, town: Town, database: Database
) -> None:
    first, second = await a_session(town, database), await a_session(town, database, "Calligraphy")
    browser = await visit(resident=town.wang.resident_id)
    for session in (first, second):
        await scanned(browser, on_screen(session))
    assert "You are checked in" in await pressed(browser, first, town.wang)
    page = await pressed(browser, second, town.wang)
    assert "Noted, not yet checked in" in page and "another session at this time" in page
    assert await database.fetch("SELECT session FROM attendance") == [(first,)]


async def test_whoever_signs_in_on_this_phone_meanwhile_is_not_checked_in_by_a_page_still_open(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(resident=town.wang.resident_id)
    await scanned(browser, on_screen(session))
    browser.client.cookies.set(COOKIE, await token_for(town.li.resident_id, None))
    page = await pressed(browser, session, town.wang)
    assert "I am here" in page and await attendances(database) == 0
    assert "You are checked in" in await pressed(browser, session, town.li)
    assert await database.fetch("SELECT resident FROM attendance") == [(town.li.resident_id,)]


async def test_a_leader_who_tries_the_code_is_told_that_it_works_and_checks_nobody_in(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(staff=town.leader)
    page = await scanned(browser, on_screen(session))
    assert "The code works" in page and "I am here" not in page
    assert (await browser.post(f"/here/{session}", {"who": town.wang.resident_id})).status_code == 404
    assert await attendances(database) == 0


async def test_called_off_or_outside_its_hours_there_is_no_button(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    later = await a_session(town, database, "Calligraphy", starts_in=timedelta(hours=3))
    browser = await visit(resident=town.wang.resident_id)
    page = await scanned(browser, on_poster(later))
    assert "from one hour before" in page and "I am here" not in page
    await scanned(browser, on_screen(session))
    await call_off(session)
    page = (await browser.get(f"/here/{session}")).text
    assert "was called off" in page and "I am here" not in page
    page = await pressed(browser, session, town.wang)  # it was open already
    assert "Noted, not yet checked in" in page
    assert await attendances(database) == 0


async def test_by_a_poster_she_is_noted_and_told_to_see_the_leader(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(resident=town.wang.resident_id)
    assert "I am here" in await scanned(browser, on_poster(session))
    page = await pressed(browser, session, town.wang)
    assert "Noted, not yet checked in" in page and "let the leader see you" in page
    assert await attendances(database) == 0
    assert await database.fetch("SELECT verdict, reason FROM scan") == [("flagged", "printed_code")]


async def test_once_noted_by_a_poster_the_screen_still_checks_her_in(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(resident=town.wang.resident_id)
    for _ in range(2):
        await scanned(browser, on_poster(session))
        assert "Noted, not yet checked in" in await pressed(browser, session, town.wang)
    assert "I am here" in await scanned(browser, on_screen(session))
    assert "You are checked in" in await pressed(browser, session, town.wang)
    assert await database.value("SELECT count(*) FROM scan") == 2


async def test_taken_back_by_the_leader_only_a_new_scan_counts(
    visit: Visit, town: Town, database: Database
) -> None:
    session = await a_session(town, database)
    browser = await visit(resident=town.wang.resident_id)
    await scanned(browser, on_screen(session))
    await pressed(browser, session, town.wang)
    await database.execute("UPDATE attendance SET voided_at = now(), void_reason = 'test', voided_by = 1")
    assert "Please scan again" in await pressed(browser, session, town.wang)
    assert await attendances(database) == 0


async def test_a_hall_behind_one_address_is_never_kept_out_but_guessing_is_slowed(
    visit: Visit, town: Town, database: Database, redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(pace.MOST_AN_HOUR, "venue", 5)
    session = await a_session(town, database)
    for _ in range(12):
        assert "Morning walk" in await scanned(await visit(), on_screen(session))
    guesser = await visit()
    told = [bool(re.search("very many tries", (await guesser.get(FORGED)).text)) for _ in range(7)]
    assert told == [False] * 5 + [True] * 2
    assert "Morning walk" in await scanned(guesser, on_screen(session))
