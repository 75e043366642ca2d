"""Academies and societies, and links that lead nowhere any more."""

from __future__ import annotations

from datetime import timedelta

from elderlearn.catalogue.organise import add_organisation
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town


async def test_an_organisation_says_what_it_is_where_and_what_is_on(visit: Visit, town: Town) -> None:
    await town.run("Singing")
    browser = await visit()
    listed = (await browser.get("/organisations?words=lotus")).text
    assert f'href="/organisations/{town.academy}"' in listed and "1 course now" in listed
    page = (await browser.get(f"/organisations/{town.academy}")).text
    assert "Elder academy" in page and "1-1社区" in page and "Singing" in page and "0571" in page


async def test_the_list_is_chosen_by_words_street_and_kind(visit: Visit, town: Town) -> None:
    await add_organisation(
        kind="society", name="Lute Society", place_code=town.places.other_community.code, by=CLI
    )
    browser = await visit()
    for query, wanted, other in (
        ("words=lute", "Lute", "Lotus"),
        (f"place={town.places.street.id}", "Lotus", "Lute"),
        ("kind=society", "Lute", "Lotus"),
    ):
        part = (await browser.get(f"/organisations?{query}", htmx=True)).text
        assert part.lstrip().startswith('<section id="list"') and wanted in part and other not in part, query
    for query in ("page=0", "place=x", "kind=%00", "words=%25"):
        assert (await browser.get(f"/organisations?{query}")).status_code == 200, query


async def test_an_organisation_that_ended_is_gone(visit: Visit, town: Town, database: Database) -> None:
    browser = await visit()
    await database.execute("UPDATE organisation SET ended_on = '2025-01-01'")
    assert (await browser.get(f"/organisations/{town.academy}")).status_code == 404
    assert "Lotus" not in (await browser.get("/organisations")).text


async def test_a_link_to_a_course_that_never_was_shows_what_is_on(visit: Visit, town: Town) -> None:
    run = await town.run("Singing")
    for link in ("/courses/999999", f"/courses/{2**70}"):
        page = await (await visit()).get(link)
        assert page.status_code == 404 and f'href="/courses/{run}"' in page.text, link


async def test_a_draft_looks_like_a_course_that_is_gone(visit: Visit, town: Town) -> None:
    draft = await town.run("Secret plans", release=False)
    page = await (await visit()).get(f"/courses/{draft}")
    assert page.status_code == 404 and "Secret" not in page.text


async def test_a_course_that_is_over_shows_the_next_one(visit: Visit, town: Town) -> None:
    over = await town.run("Painting", starts_in=timedelta(days=-30), times=2)
    on = await town.run("Singing")
    page = (await (await visit()).get(f"/courses/{over}")).text
    assert "What is on instead" in page and f'href="/courses/{on}"' in page
    assert "What is on instead" not in (await (await visit()).get(f"/courses/{on}")).text


async def test_weekday_and_free_seats_choose_from_the_courses(
    visit: Visit, town: Town, database: Database
) -> None:
    await town.run("Singing", seats=1)
    on = await database.value("SELECT extract(isodow FROM min(on_date))::int FROM session")
    browser = await visit()
    assert "Singing" in (await browser.get(f"/courses?day={on}&free=yes")).text
    assert "Singing" not in (await browser.get(f"/courses?day={on % 7 + 1}")).text
    await database.execute("UPDATE course_run SET seats_taken = seats")
    assert "Singing" not in (await browser.get("/courses?free=yes")).text
    assert (await browser.get("/courses?day=9&free=%00")).status_code == 200


async def test_what_the_data_is_used_for_stands_in_every_footer(visit: Visit, town: Town) -> None:
    browser = await visit()
    assert 'href="/data-use"' in (await browser.get("/")).text
    assert "withdraw your consent at any time" in (await browser.get("/data-use")).text
