"""An activity in three screens without JavaScript; whatever was typed is kept; two taps open it once."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from elderlearn.catalogue.session_queries import session_card
from elderlearn.ground.clock import SHANGHAI, local, now
from elderlearn.ground.sql import value
from elderlearn.web.leader.clock_fields import begun, read_clock
from elderlearn.web.shell.forms import Form
from tests import people_standing as standing
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening, sent_back


async def host(evening: Evening) -> int:
    found: int = await value("SELECT organisation FROM course_run WHERE id = $1", evening.run_id)
    return found


async def filled(evening: Evening, **changes: str) -> dict[str, str]:
    at = local(begun(now()))
    return {
        "title": "茶话会", "kind": "activity", "organisation_id": str(await host(evening)),
        "on": at.date().isoformat(), "starts": f"{at:%H:%M}", "minutes": "90",
    } | changes  # fmt: skip


async def test_the_second_screen_is_filled_for_now_and_ninety_minutes(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    assert "What is it?" in (await browser.get("/lead/activities/new")).text
    what = {"title": "茶话会", "kind": "lecture", "organisation_id": await host(evening)}
    page = (await browser.get(f"/lead/activities/when?{urlencode(what)}")).text
    assert 'value="茶话会"' in page and '<option value="90" selected>' in page
    shown = page.split('id="f-starts"')[1].split('value="')[1][:5]
    at = local(now()).replace(hour=int(shown[:2]), minute=int(shown[3:]), second=0, microsecond=0)
    assert timedelta(0) <= (local(now()) - at) % timedelta(days=1) < timedelta(minutes=6)
    assert (await browser.get("/lead/activities/when")).headers["location"] == "/lead/activities/new"


async def test_it_leads_to_the_scanner_and_a_second_tap_to_the_same(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    answers = [await browser.post("/lead/activities", await filled(evening)) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    page = (await browser.follow(answers[0])).text
    assert "It is open." in page and 'id="scanner"' in page and "茶话会" in page
    again = (await browser.get("/lead/activities/new")).text
    assert "The same as last time" in again and "%E8%8C%B6%E8%AF%9D%E4%BC%9A" in again


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": ""}, "Please write what it is."),
        ({"title": "\u200b"}, "Please write a name"),
        ({"kind": "class"}, "Please choose one of these."),
        ({"organisation_id": "987654"}, ""),
        ({"starts": "25:00"}, "Please write the time"),
        ({"starts": "", "minutes": "7"}, "2 things need your attention"),
        ({"on": "2026-02-31"}, "There is no such day."),
        ({"venue_id": "987654"}, "This room is not there any more."),
        ({"minutes": "\0"}, "Please choose how long."),
    ],
)
async def test_wrong_entries_are_told_and_what_was_typed_stays(
    visit: Visit, evening: Evening, changes: dict[str, str], words: str
) -> None:
    browser = await visit(staff=evening.leader)
    page = await sent_back(browser, "/lead/activities", await filled(evening, **changes))
    assert words in page and ("茶话会" in page or "title" in changes)
    assert "need" not in re.findall(r'id="errors".*', (await browser.get("/lead/activities/new")).text)
    assert await value("SELECT count(*) FROM course WHERE title = '茶话会'") == 0


async def test_a_leader_without_any_organisation_is_told_how_to_get_one(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=await standing.leader(evening.places.other_street))
    assert "no organisation here yet" in (await browser.get("/lead/activities/new")).text
    assert "no organisation here yet" in await sent_back(browser, "/lead/activities", await filled(evening))
    assert await value("SELECT count(*) FROM course WHERE title = '茶话会'") == 0


@pytest.mark.parametrize("sent", ["1,000", "１", "+1", " 1", "1.0", "9" * 30, "x", "-1", ""])
async def test_an_id_is_digits_and_nothing_else(visit: Visit, evening: Evening, sent: str) -> None:
    browser = await visit(staff=evening.leader)
    for organisation in {str(await host(evening)), f"{await host(evening)},000", sent}:
        what = {"title": "茶话会", "kind": "activity", "organisation_id": organisation}
        assert (await browser.get(f"/lead/activities/when?{urlencode(what)}")).status_code in (200, 422), (
            organisation
        )
        assert (await browser.post("/lead/activities", await filled(evening, **what))).status_code == 303
    room = await filled(evening, venue_id=sent, title="别处")
    assert (await browser.post("/lead/activities", room)).status_code == 303
    move = {"on": "2026-12-24", "starts": "9", "minutes": "60", "reason": "room"}
    move |= {"venue_id": sent, "teacher_id": sent}
    path = f"/lead/sessions/{evening.coming}/move/check?{urlencode(move)}"
    assert (await browser.get(path)).status_code in (200, 422)


async def test_times_are_read_as_people_type_them() -> None:
    for typed, shown in {
        "9:05": "09:05", "0905": "09:05", "9.05": "09:05", "９：０５": "09:05", "9": "09:00", "21:30:00": "21:30",
    }.items():  # fmt: skip
        found = read_clock(Form.of(t=typed), "t")
        assert found is not None and f"{found:%H:%M}" == shown, typed
    for typed in ("24:00", "x", "9:60", "12345678"):
        form = Form.of(t=typed)
        assert read_clock(form, "t") is None and not form.is_good, typed


def test_five_minutes_are_rounded_down() -> None:
    at = begun(now().astimezone(SHANGHAI).replace(hour=9, minute=59, second=59))
    assert (at.hour, at.minute, at.second) == (9, 55, 0)


async def test_what_begins_later_is_said_to_be_planned(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    at = local(now()) + timedelta(hours=3)
    form = await filled(evening, on=at.date().isoformat(), starts=f"{at:%H:%M}")
    page = (await browser.follow(await browser.post("/lead/activities", form))).text
    assert "It is planned." in page and 'id="scanner"' not in page


async def test_the_venue_stands_on_the_page(visit: Visit, evening: Evening) -> None:
    place = evening.places.community
    room = await value(
        "INSERT INTO venue (district, place, name) VALUES ($1, $2, '文化礼堂') RETURNING id",
        place.district_id,
        place.id,
    )
    browser = await visit(staff=evening.leader)
    answer = await browser.post("/lead/activities", await filled(evening, venue_id=str(room)))
    session = int(answer.headers["location"].split("/")[3])
    assert (await session_card(session)).venue == "文化礼堂"
