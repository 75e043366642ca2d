"""The screen of the hall, its posters, and the names to tick of those who scanned a poster."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from elderlearn.checkin.claim import claim_by, poster_address
from elderlearn.checkin.say_here import say_here
from elderlearn.ground.actor import Actor
from elderlearn.people.register import Registered
from tests.checkin.hall import call_off
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening


def address(session: int, page: str = "venue") -> str:
    return f"/lead/sessions/{session}/{page}"


async def says_by_poster(evening: Evening, who: Registered) -> None:
    claim = claim_by(urlsplit(poster_address(evening.on_now)).path.rpartition("/")[2])
    assert claim is not None
    await say_here(claim, by=Actor("resident", who.resident_id, "resident"))


async def test_the_screen_shows_class_count_and_a_code_and_asks_for_the_next_one(
    visit: Visit, evening: Evening
) -> None:
    leader = await visit(staff=evening.leader)
    page = (await leader.get(address(evening.on_now))).text
    assert "Tai chi" in page and "0 of 1 here" in page and "<svg" in page and "WeChat" in page
    refresh = re.search(r'<noscript><meta http-equiv="refresh" content="(\d+)">', page)
    assert refresh and 1 <= int(refresh[1]) <= 15
    part = (await leader.get(address(evening.on_now), htmx=True)).text
    assert part.lstrip().startswith('<section id="code"') and "<h1" not in part
    times = re.search(r'data-next="(\d+)" data-good="(\d+)"', part)
    assert times and 0 < int(times[1]) <= 15_000 and 15_000 <= int(times[2]) <= 30_000


async def test_before_its_hour_after_it_and_called_off_there_is_no_code(visit: Visit, evening: Evening) -> None:
    leader = await visit(staff=evening.leader)
    for session, words in ((evening.coming, "one hour before"), (evening.gone, "no longer shown")):
        page = (await leader.get(address(session), htmx=True)).text
        assert words in page and 'data-part="picture"' not in page
    await call_off(evening.on_now)
    assert "was called off" in (await leader.get(address(evening.on_now))).text


async def test_nobody_but_its_leader_gets_the_code(visit: Visit, evening: Evening) -> None:
    stranger = await (await visit()).get(address(evening.on_now))
    assert stranger.status_code == 303 and "/sign-in" in stranger.headers["location"]
    assert (await (await visit()).get(address(evening.on_now), htmx=True)).status_code == 401
    for options in ({"staff": evening.other_leader}, {"resident": evening.wang.resident_id}):
        for page in ("venue", "arrivals"):
            answer = await (await visit(**options)).get(address(evening.on_now, page))
            assert answer.status_code == 404, page


async def test_those_ticked_are_checked_in_the_others_wait_on(
    visit: Visit, evening: Evening, database: Database
) -> None:
    for who in (evening.wang, evening.li):
        await says_by_poster(evening, who)
    leader = await visit(staff=evening.leader)
    page = (await leader.get(address(evening.on_now, "arrivals"))).text
    assert "2 people say that they are here" in page and "王秀英" in page
    scan = await database.value("SELECT id::text FROM scan WHERE resident = $1", evening.wang.resident_id)
    assert "Please tick whom you see" in (await leader.send(address(evening.on_now, "arrivals"), {})).text
    page = (await leader.send(address(evening.on_now, "arrivals"), {"scan": scan})).text
    assert "1 person is checked in" in page and "1 person says that she is here" in page
    await leader.send(address(evening.on_now, "arrivals"), {"scan": scan})
    assert await database.fetch("SELECT resident, source, by_kind FROM attendance") == [
        (evening.wang.resident_id, "venue", "staff")
    ]


async def test_a_tick_of_another_session_or_by_another_leader_counts_nothing(
    visit: Visit, evening: Evening, database: Database
) -> None:
    await says_by_poster(evening, evening.wang)
    scan = await database.value("SELECT id::text FROM scan")
    await (await visit(staff=evening.leader)).post(address(evening.gone, "arrivals"), {"scan": scan})
    answer = await (await visit(staff=evening.other_leader)).post(
        address(evening.on_now, "arrivals"), {"scan": scan}
    )
    assert answer.status_code == 404
    assert await database.value("SELECT count(*) FROM attendance") == 0


async def test_today_and_the_session_page_say_that_people_wait(visit: Visit, evening: Evening) -> None:
    leader = await visit(staff=evening.leader)
    assert "say that she is here" not in (await leader.get(f"/lead/sessions/{evening.on_now}")).text
    await says_by_poster(evening, evening.wang)
    page = (await leader.get(f"/lead/sessions/{evening.on_now}")).text
    assert "1 person says that she is here" in page and address(evening.on_now, "arrivals") in page
    today = (await leader.get("/lead")).text
    assert "1 person says that she is here" in today and address(evening.on_now, "arrivals") in today
    assert "/lead/conflicts" not in today, "told once"


@pytest.mark.parametrize(("wanted", "pages"), [({}, 1), ({"all": "yes"}, 2)])
async def test_posters_of_one_session_or_of_all_to_come_are_a_pdf(
    visit: Visit, evening: Evening, wanted: dict[str, str], pages: int
) -> None:
    answer = await (await visit(staff=evening.leader)).post(address(evening.on_now, "poster"), wanted)
    assert answer.headers["content-type"] == "application/pdf"
    assert re.findall(rb"/Count (\d+)", answer.content)[-1] == b"%d" % pages
    assert (await (await visit(staff=evening.leader)).get(address(evening.on_now, "poster"))).status_code == 303
