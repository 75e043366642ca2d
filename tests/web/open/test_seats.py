"""Before enrolment opens, and the seats of one course alone."""

from __future__ import annotations

from datetime import timedelta

from tests.conftest import Database
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
