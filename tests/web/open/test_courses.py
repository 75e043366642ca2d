"""Finding a course, and one course, seen by strangers and others."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import quote

import pytest

from elderlearn.catalogue.organise import add_organisation
from elderlearn.catalogue.venues import add_venue
from elderlearn.checkin.change_session import change_session
from elderlearn.web.open.courses import A_PAGE
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.open.town import Town


async def test_words_place_and_kind_choose_from_the_list(visit: Visit, town: Town) -> None:
    await town.run("Singing")
    await town.run("Brush & ink", kind="lecture")
    browser = await visit()
    assert "Brush &amp; ink" in (await browser.get("/courses")).text
    found = await browser.get("/courses?words=sing")
    assert "Singing" in found.text and "Brush" not in found.text
    assert "Singing" not in (await browser.get("/courses?kind=lecture")).text
    elsewhere = await browser.get(f"/courses?place={town.places.other_street.id}")
    assert "Singing" not in elsewhere.text and "Nothing was found for this" in elsewhere.text


async def test_the_answer_to_htmx_is_the_fragment_the_page_includes(visit: Visit, town: Town) -> None:
    await town.run("Singing")
    browser = await visit()
    part = (await browser.get("/courses?words=sing", htmx=True)).text
    assert part.lstrip().startswith('<section id="list"')
    assert part.strip() in (await browser.get("/courses?words=sing")).text


async def test_what_was_searched_stays_in_the_field_and_is_only_text(visit: Visit, town: Town) -> None:
    page = await (await visit()).get('/courses?words="><script>alert(1)</script>')
    assert 'value="&#34;&gt;&lt;script&gt;' in page.text
    assert "<script>alert" not in page.text


async def test_strange_values_in_the_address_do_no_harm(visit: Visit, town: Town) -> None:
    browser = await visit()
    for query in ("page=-1", "page=9e9", "page=99999", "place=x", "kind=%00", "show=%27", "words=%", "words=%00"):
        assert (await browser.get(f"/courses?{query}")).status_code == 200, query


async def test_long_lists_come_in_pages_that_keep_the_search(visit: Visit, town: Town) -> None:
    for number in range(A_PAGE + 1):
        await town.run(f"Singing {number:02}", times=1, starts_in=timedelta(days=number + 1))
    browser = await visit()
    first = (await browser.get("/courses?words=sing")).text
    assert f"Singing {A_PAGE:02}" not in first and "/courses?words=sing&amp;page=2" in first
    second = (await browser.get("/courses?words=sing&page=2")).text
    assert f"Singing {A_PAGE:02}" in second and 'href="/courses?words=sing"' in second


async def test_drop_in_hours_stand_in_a_list_of_their_own(visit: Visit, town: Town) -> None:
    run = await town.run("Morning walk", entry="drop_in", kind="activity")
    browser = await visit()
    assert "Morning walk" not in (await browser.get("/courses")).text
    assert "Morning walk" in (await browser.get("/courses?show=come")).text
    assert "No seat needed: just come." in (await browser.get(f"/courses/{run}")).text


async def test_a_stranger_sees_everything_but_must_sign_in_for_a_seat_and_comes_back(
    visit: Visit, town: Town
) -> None:
    run = await town.run("Singing", seats=7)
    page = (await (await visit()).get(f"/courses/{run}")).text
    assert "Lotus Academy" in page and "7 seats left" in page and "3 times in all" in page
    assert f'href="/sign-in?next=/courses/{run}"' in page
    assert f"/courses/{run}/enrolments" not in page


async def test_a_resident_gets_one_button_and_staff_none(visit: Visit, town: Town) -> None:
    run = await town.run()
    mine = (await (await visit(resident=town.wang.resident_id)).get(f"/courses/{run}")).text
    assert f'action="/courses/{run}/enrolments"' in mine
    theirs = (await (await visit(staff=town.officer)).get(f"/courses/{run}")).text
    assert "You are here as staff" in theirs and '<button class="main"' not in theirs


@pytest.mark.parametrize(
    ("window", "said"),
    [
        ({"opens_in": timedelta(days=2)}, "You can take a seat from"),
        ({"closes_in": timedelta(hours=-1), "opens_in": timedelta(days=-5)}, "Enrolment has ended."),
    ],
)
async def test_before_and_after_the_window_the_page_says_so_instead_of_a_button(
    visit: Visit, town: Town, window: dict[str, timedelta], said: str
) -> None:
    run = await town.run(**window)  # type: ignore[arg-type]  # windows only
    page = (await (await visit(resident=town.wang.resident_id)).get(f"/courses/{run}")).text
    can_be_pressed = re.sub(r'<fieldset class="bare" disabled>.*?</fieldset>', "", page, flags=re.DOTALL)
    assert said in page and f"/courses/{run}/enrolments" not in can_be_pressed


async def test_drafts_and_courses_that_never_were_are_not_there(visit: Visit, town: Town) -> None:
    draft = await town.run("Secret plan", release=False)
    browser = await visit()
    for path in (f"/courses/{draft}", "/courses/999999", "/courses/99999999999999999999", "/courses/x"):
        answer = await browser.get(path)
        assert answer.status_code == 404 and "Secret plan" not in answer.text
    assert "Secret plan" not in (await browser.get(f"/courses?show=all&words={quote('Secret')}")).text


async def test_a_session_called_off_is_said_with_its_reason_and_the_next_one(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing", times=2)
    her = await visit(resident=town.wang.resident_id)
    await her.post(f"/courses/{run}/enrolments")
    [first, second] = [one["id"] for one in await database.fetch("SELECT id FROM session ORDER BY starts_at")]
    await change_session(first, state="called_off", reason="The teacher is ill", by=CLI)
    for path, browser in (("/my/home", her), (f"/courses/{run}", her), (f"/courses/{run}", await visit())):
        page = (await browser.get(path)).text
        assert "Called off: please do not come." in page and "Reason: The teacher is ill" in page, path
        assert "The next one takes place: " in page, path
    await change_session(second, state="called_off", reason="The hall is flooded", by=CLI)
    page = (await her.get("/my/home")).text
    assert page.count("No other date is planned yet.") == 2 and "Nothing is planned yet" in page
    await change_session(first, state="planned", reason="She is well again", by=CLI)
    assert "Called off" not in (await her.get("/my/home")).text  # the next one that takes place comes first


@pytest.mark.parametrize("entry", ["enrol", "drop_in"])
async def test_what_is_over_says_only_that_and_what_is_on_instead(visit: Visit, town: Town, entry: str) -> None:
    over = await town.run("Painting", starts_in=timedelta(days=-30), times=2, entry=entry)
    await town.run("Singing")
    for browser in (await visit(), await visit(resident=town.wang.resident_id)):
        page = (await browser.get(f"/courses/{over}")).text
        assert "This course is over." in page and "What is on instead" in page and "Singing" in page
        page = page.split("What is on instead")[0]
        for offer in ("seats left", "just come", f"/courses/{over}/enrolments", f"?next=/courses/{over}"):
            assert offer not in page, offer


@pytest.mark.parametrize("words", ["1-2", "1-2社区", "Dragon Estate", "Dragon Estate 小区"])
async def test_the_name_of_a_home_finds_the_courses_of_its_town(visit: Visit, town: Town, words: str) -> None:
    await town.run("Singing")  # in the other community of the same street
    await add_organisation(
        kind="society", name="Dragon Estate", place_code=town.places.next_community.code, by=CLI
    )
    browser = await visit()
    page = (await browser.get("/courses", params={"words": words})).text
    assert "Singing" in page and "in 第1街道, where this is" in page
    assert (
        town.places.next_community.code
        in (await browser.get("/sign-up/homes", params={"words": words}, htmx=True)).text
    )


async def test_a_page_past_the_end_leads_back_to_the_list(visit: Visit, town: Town) -> None:
    for number in range(A_PAGE + 1):
        await town.run(f"Singing {number:02}", times=1, starts_in=timedelta(days=number + 1))
    browser = await visit()
    page = (await browser.get("/courses?words=sing&page=9")).text
    assert "past its end" in page and 'href="/courses?words=sing&amp;page=2"' in page
    assert 'href="/courses?words=sing"' in page  # the first one, too
    assert "Nothing was found" not in page
    assert 'href="/organisations"' in (await browser.get("/organisations?page=9")).text
    office = await visit(staff=town.officer)  # a list that knows nothing of this
    page = (await office.get("/desk/people?page=99&gone=1")).text
    assert "past its end" in page and 'href="/desk/people?gone=1"' in page
    for address in ("/courses?page=-1", "/courses?page=zwei", "/organisations?page=0"):
        assert "no such page" in (await browser.get(address)).text, address
    for address in ("/courses", "/courses?page=1", "/courses?page=2", "/organisations?page="):
        assert "no such page" not in (await browser.get(address)).text, address


async def test_a_course_names_its_street_once_though_its_venue_begins_with_it(visit: Visit, town: Town) -> None:
    street = town.places.community.name
    held = [("Hall 2", "1 Canal Road"), (f"{street} Hall", street), ("Hall 3", f"{street}, 1 Canal Road")]
    for name, address in held:
        hall = await add_venue(
            name=name, address=address, capacity=None, place_code=town.places.community.code, by=CLI
        )
        run = await town.run(venue_id=hall)
        page = (await (await visit()).get(f"/courses/{run}")).text
        where = page[page.index("<dl") : page.index("</dl>")]
        assert where.count(street) == 1 and name in where, held
