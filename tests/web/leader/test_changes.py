"""Calling off, holding after all and moving a session; who was told; numbers only on request."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.session_queries import session_card
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import local
from elderlearn.ground.sql import rows, value
from tests import people_standing as standing
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening, sent_back

LANDLINE = "057186221234"


async def test_two_taps_call_it_off_once_and_say_who_is_told(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.coming}"
    assert f'href="{path}/call-off?reason=weather"' in (await browser.get(f"{path}/change")).text
    asked = (await browser.get(f"{path}/call-off?reason=weather")).text
    assert (
        "Call this session off?" in asked
        and "1 person will be told." in asked
        and "1 of them gets no mess" in asked
    )
    assert (await session_card(evening.coming)).state == "planned", "nothing happens before the second tap"
    for _ in range(2):
        answer = await browser.post(f"{path}/call-off", {"reason": "weather"})
        assert answer.headers["location"] == f"{path}/told"
    page = (await browser.follow(answer)).text
    assert "It was called off" in page and "王秀英" in page and "no telephone on file" in page
    assert (
        await value("SELECT count(*) FROM notice WHERE resident = $1", evening.wang.resident_id) == 2
    )  # seat, off
    detail = await value("SELECT detail::text FROM trail WHERE action = 'session.change'")
    assert "天气" in detail  # kept in the language most people here read


async def test_who_is_checked_in_already_is_said_before_it_is_called_off(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.on_now}"
    assert "checked in already" not in (await browser.get(f"{path}/call-off?reason=weather")).text
    await browser.post(f"{path}/ticks", {"resident_id": evening.wang.resident_id})
    assert "1 person is checked in already" in (await browser.get(f"{path}/call-off?reason=weather")).text


async def test_it_takes_place_after_all(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.coming}"
    await browser.post(f"{path}/call-off", {"other": "no heating"})
    assert "no heating" in (await browser.get(f"{path}/change")).text
    answer = await browser.post(f"{path}/hold", {"reason": "settled"})
    assert "It takes place after all" in (await browser.follow(answer)).text
    assert (await session_card(evening.coming)).state == "planned"


@pytest.mark.parametrize("data", [{}, {"reason": "no such"}, {"other": " \0 "}])
async def test_without_a_reason_nothing_happens(visit: Visit, evening: Evening, data: dict[str, str]) -> None:
    browser = await visit(staff=evening.leader)
    for page in ("call-off", "hold"):
        path = f"/lead/sessions/{evening.coming}/{page}"
        assert "Please choose a reason" in await sent_back(browser, path, data)
    asked = await browser.get(f"/lead/sessions/{evening.coming}/call-off", params=data)
    assert asked.status_code == 422 and "Please choose a reason" in asked.text
    assert (await session_card(evening.coming)).state == "planned"


async def test_another_time_and_room_keep_what_was_typed_when_wrong(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.coming}/move"
    before = await session_card(evening.coming)
    on = local(before.starts_at).date() + timedelta(days=1)
    form = {"on": str(on), "starts": "10:10", "minutes": "60", "reason": "room"}
    bad = await browser.get(f"{path}/check", params=form | {"starts": "x", "minutes": "", "reason": ""})
    assert bad.status_code == 422 and "3 things need your attention" in bad.text and f'value="{on}"' in bad.text
    asked = (await browser.get(f"{path}/check", params=form)).text
    assert "until now:" in asked and "1 person will be told." in asked and 'name="starts" value="10:10"' in asked
    assert await session_card(evening.coming) == before
    late = await sent_back(browser, path, form | {"venue_id": "987654"})
    assert "This room is not there any more." in late and f'value="{on}"' in late
    for _ in range(2):
        assert "It was changed" in await sent_back(browser, path, form)
    after = await session_card(evening.coming)
    assert (after.on_date, f"{local(after.starts_at):%H:%M}") == (on, "10:10")
    assert after.ends_at - after.starts_at == timedelta(minutes=60)
    same = await browser.get(f"{path}/check", params=form)
    assert same.status_code == 422 and "This is how it is planned already." in same.text


async def test_numbers_are_shown_on_request_and_the_look_is_kept(visit: Visit, evening: Evening) -> None:
    other = await standing.resident(evening.places.community, name="白二", phone=LANDLINE)
    await enrol(evening.run_id, other.resident_id, "self", by=CLI)
    browser = await visit(staff=evening.leader)
    path = f"/lead/sessions/{evening.coming}"
    await browser.post(f"{path}/call-off", {"reason": "teacher"})
    page = (await browser.get(f"{path}/told")).text
    assert "白二" in page and "a landline" in page and LANDLINE not in page.replace(" ", "").replace("-", "")
    assert not await rows("SELECT id FROM trail WHERE action = 'see_phone_list'")
    assert f'href="{path}/told/numbers"' in page
    shown = await browser.get(f"{path}/told/numbers")
    assert shown.status_code == 200 and f'href="tel:{LANDLINE}"' in shown.text and "data-print" in shown.text
    assert shown.headers["cache-control"] == "no-store"
    assert len(await rows("SELECT id FROM trail WHERE action = 'see_phone_list'")) == 1


async def test_before_any_change_nobody_was_told(visit: Visit, evening: Evening) -> None:
    page = (await (await visit(staff=evening.leader)).get(f"/lead/sessions/{evening.coming}/told")).text
    assert "Nobody had to be told" in page


async def test_another_leader_changes_nothing_and_sees_no_list(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.other_leader)
    for session in (evening.coming, 0, 10**30):
        path = f"/lead/sessions/{session}"
        for page in ("change", "told", "told/numbers", "call-off", "hold", "move", "move/check"):
            assert (await browser.get(f"{path}/{page}?reason=weather")).status_code == 404
        for page in ("call-off", "hold", "move"):
            assert (await browser.post(f"{path}/{page}", {"reason": "weather"})).status_code == 404
    assert (await session_card(evening.coming)).state == "planned"
