"""Before enrolment opens, and the seats of one course alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.set_rounds import set_rounds
from elderlearn.enrolment.set_shares import set_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.clock import now
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town


async def test_before_the_opening_the_page_says_when_and_how_long_by_the_servers_clock(
    visit: Visit, town: Town
) -> None:
    run = await town.run("Singing", opens_in=timedelta(hours=2))
    for person in (None, town.wang.resident_id):
        page = (await (await visit(resident=person)).get(f"/courses/{run}")).text
        left = int(page.split('data-opens-in="')[1].split('"')[0])
        assert timedelta(hours=1, minutes=59) < timedelta(milliseconds=left) <= timedelta(hours=2)
        assert "You can take a seat from" in page and "opening.js" in page
        assert "<fieldset" in page and " disabled" in page.split("<fieldset")[1].split(">")[0]
        assert f'href="/courses/{run}/seats">' in page.split("data-by-hand")[1]  # without scripts: look again
    assert "Please sign in before it opens." in (await (await visit()).get(f"/courses/{run}")).text


async def test_looking_again_leads_to_the_course_or_gives_the_very_fragment(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing", opens_in=timedelta(hours=2))
    browser = await visit(resident=town.wang.resident_id)
    assert (await browser.get(f"/courses/{run}/seats")).headers["location"] == f"/courses/{run}#seats"
    assert 'id="opening"' in (await browser.get(f"/courses/{run}/seats", htmx=True)).text
    await database.execute("UPDATE course_run SET opens_at = now() - interval '1 second'")
    fragment = (await browser.get(f"/courses/{run}/seats", htmx=True)).text
    whole = (await browser.get(f"/courses/{run}")).text
    assert fragment.lstrip().startswith('<section id="seats"') and "Take a seat" in fragment
    assert 'id="opening"' not in fragment + whole and "opening.js" not in whole


async def test_a_draft_shows_its_seats_to_nobody(visit: Visit, town: Town) -> None:
    draft = await town.run("Secret plan", release=False)
    for run in (draft, 999999, 99999999999999999999):
        assert (await (await visit()).get(f"/courses/{run}/seats", htmx=True)).status_code == 404


@pytest.mark.parametrize("returning_in", [timedelta(hours=-1), timedelta(hours=1)])
async def test_whoever_has_her_round_later_waits_for_that_one(
    visit: Visit, town: Town, returning_in: timedelta
) -> None:
    run, hers = await town.run("Singing"), now() + timedelta(hours=3)
    rounds = (
        Round("returning", "returning", now() + returning_in, hers),
        Round("everyone", "everyone", hers, now() + timedelta(days=9)),
    )
    await set_rounds(run, rounds, by=CLI)
    browser = await visit(resident=town.wang.resident_id)
    for answer in (await browser.get(f"/courses/{run}"), await browser.get(f"/courses/{run}/seats", htmx=True)):
        left = timedelta(milliseconds=int(answer.text.split('data-opens-in="')[1].split('"')[0]))
        assert timedelta(hours=2, minutes=59) < left <= timedelta(hours=3)
    assert "opening.js" in (await browser.get(f"/courses/{run}")).text
    await set_rounds(
        run, (Round("everyone", "everyone", now() - timedelta(hours=1), rounds[1].closes_at),), by=CLI
    )
    assert 'id="opening"' not in (await browser.get(f"/courses/{run}")).text


async def test_a_seat_kept_for_some_is_not_told_as_left(visit: Visit, town: Town) -> None:
    run = await town.run("Singing")
    stranger = await visit()
    assert "20 seats left" in (await stranger.get(f"/courses/{run}")).text
    await set_shares(run, [WantedShare("desk", 3, now() + timedelta(days=1))], by=CLI)
    page = (await stranger.get(f"/courses/{run}")).text
    assert "17 seats left" in page and "3 kept for some" in page
    await set_shares(run, [WantedShare("desk", 20, now() + timedelta(days=1))], by=CLI)
    assert "No other seat is left" in (await stranger.get(f"/courses/{run}")).text
