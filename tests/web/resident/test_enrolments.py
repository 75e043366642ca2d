"""Taking a seat and giving it back, as plain forms and through htmx."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.open.town import Town


async def test_without_javascript_a_seat_is_taken_and_the_course_page_says_so(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", seats=2)
    browser = await visit(resident=town.wang.resident_id)
    answer = await browser.post(f"/courses/{run}/enrolments")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/courses/{run}#seats")
    page = (await browser.follow(answer)).text
    assert "You have a seat." in page and "1 seat left" in page and 'href="/my/code"' in page


async def test_htmx_gets_the_very_fragment_the_page_includes(visit: Visit, town: Town) -> None:
    run = await town.run("Singing")
    browser = await visit(resident=town.wang.resident_id)
    answer = await browser.post(f"/courses/{run}/enrolments", htmx=True)
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<section id="seats"')
    assert answer.text.strip() in (await browser.get(f"/courses/{run}")).text


async def test_in_a_full_course_she_waits_and_sees_her_place_in_line(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", seats=1)
    await (await visit(resident=town.wang.resident_id)).post(f"/courses/{run}/enrolments")
    browser = await visit(resident=town.li.resident_id)
    page = (await browser.get(f"/courses/{run}")).text
    assert "All seats are taken" in page and "Wait in line" in page
    answer = await browser.post(f"/courses/{run}/enrolments", htmx=True)
    assert "You are number 1 in line." in answer.text and "1 waiting" in answer.text
    assert "Number 1 in line" in (await browser.get("/my")).text


async def test_asking_twice_changes_nothing(visit: Visit, town: Town, database: Database) -> None:
    run = await town.run("Singing", seats=2)
    browser = await visit(resident=town.wang.resident_id)
    for _ in range(2):
        assert (await browser.post(f"/courses/{run}/enrolments", htmx=True)).status_code == 200
    assert await database.value("SELECT seats_taken FROM course_run WHERE id = $1", run) == 1


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ({"opens_in": timedelta(days=1)}, "Enrolment opens"),
        ({"opens_in": timedelta(days=-9), "closes_in": timedelta(days=-1)}, "Enrolment has ended."),
        ({"min_age": 90}, "people of 90 and over"),
        ({"max_age": 65}, "people up to 65"),
        ({"places": ("330113002000",)}, "close to your home"),
        ({"entry": "drop_in"}, "not given out here"),
    ],
)
async def test_a_refusal_says_why_and_shows_the_way_out(
    visit: Visit, town: Town, rules: dict[str, object], said: str
) -> None:
    run = await town.run("Singing", **rules)  # type: ignore[arg-type]
    browser = await visit(resident=town.wang.resident_id)
    for htmx in (True, False):
        answer = await browser.send(f"/courses/{run}/enrolments", htmx=htmx)
        assert answer.status_code == 422
        assert said in answer.text and 'role="alert"' in answer.text
        assert 'href="tel:057186220000"' in answer.text and "See other courses" in answer.text
    assert (await browser.get(f"/courses/{run}/enrolments")).headers["location"] == f"/courses/{run}"


async def test_two_courses_at_the_same_time_are_refused_in_words(visit: Visit, town: Town) -> None:
    first, second = await town.run("Singing"), await town.run("Dancing")
    browser = await visit(resident=town.wang.resident_id)
    await browser.post(f"/courses/{first}/enrolments")
    refused = (await browser.post(f"/courses/{second}/enrolments", htmx=True)).text
    assert "“Singing” is at the same time" in refused and '<a class="button main" href="/my">' in refused
    led = (await browser.post(f"/courses/{second}/enrolments")).headers["location"]
    assert led.endswith("?way=give_back")
    assert '<a class="button main" href="/my">' in (await browser.get(led)).text


async def test_without_a_birth_date_the_sentence_asks_her_to_ring(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", min_age=60)
    unknown = await standing.resident(town.places.community, name="钱多", born_on=None)
    answer = await (await visit(resident=unknown.resident_id)).post(f"/courses/{run}/enrolments", htmx=True)
    assert "we do not know your birth date" in answer.text


async def test_giving_a_seat_back_asks_once_more_and_the_next_in_line_gets_it(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", seats=1)
    browser = await visit(resident=town.wang.resident_id)
    await browser.post(f"/courses/{run}/enrolments")
    waiting = await visit(resident=town.li.resident_id)
    await waiting.post(f"/courses/{run}/enrolments")
    path = (await browser.get("/my")).text.split('href="/my/enrolments/')[1].split('"')[0]
    asked = await browser.get(f"/my/enrolments/{path}")
    assert "Give your seat back?" in asked.text and 'href="/my"' in asked.text
    assert "You have a seat" in (await browser.get("/my")).text  # asking gave nothing away
    answer = await browser.post(f"/my/enrolments/{path}")
    assert "You have given back your seat in Singing." in (await browser.follow(answer)).text
    assert "You have a seat." in (await waiting.get(f"/courses/{run}")).text
    assert (await browser.post(f"/my/enrolments/{path}")).status_code == 303  # twice is harmless
    assert (await browser.get(f"/my/enrolments/{path}")).headers["location"] == "/my"


async def test_leaving_the_line_is_said_in_its_own_words(visit: Visit, town: Town) -> None:
    run = await town.run("Singing", seats=1)
    await (await visit(resident=town.wang.resident_id)).post(f"/courses/{run}/enrolments")
    browser = await visit(resident=town.li.resident_id)
    await browser.post(f"/courses/{run}/enrolments")
    path = (await browser.get("/my")).text.split('href="/my/enrolments/')[1].split('"')[0]
    assert "Leave the line?" in (await browser.get(f"/my/enrolments/{path}")).text
    answer = await browser.post(f"/my/enrolments/{path}")
    assert "You have left the line for Singing." in (await browser.follow(answer)).text


async def test_another_persons_enrolment_is_as_good_as_none(visit: Visit, town: Town, database: Database) -> None:
    run = await town.run("Singing")
    await (await visit(resident=town.wang.resident_id)).post(f"/courses/{run}/enrolments")
    enrolment = await database.value("SELECT id FROM enrolment")
    neighbour = await visit(resident=town.li.resident_id)
    for unknown in (enrolment, 999999, 99999999999999999999):
        path = f"/my/enrolments/{unknown}/withdrawal"
        assert (await neighbour.get(path)).status_code == (await neighbour.post(path)).status_code == 404
    assert await database.value("SELECT state FROM enrolment") == "seated"


async def test_a_draft_and_an_unknown_course_give_no_seat(visit: Visit, town: Town, database: Database) -> None:
    draft = await town.run("Secret plan", release=False)
    browser = await visit(resident=town.wang.resident_id)
    for run in (draft, 999999, 99999999999999999999):
        answer = await browser.post(f"/courses/{run}/enrolments", htmx=True)
        assert answer.status_code == 404 and "Secret plan" not in answer.text
    assert await database.value("SELECT count(*) FROM enrolment") == 0


async def test_strangers_are_led_to_the_sign_in_and_back_and_staff_find_nothing(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing")
    plain = await (await visit()).post(f"/courses/{run}/enrolments")
    assert plain.headers["location"].startswith("/sign-in")
    assert (await (await visit()).post(f"/courses/{run}/enrolments", htmx=True)).headers["hx-redirect"]
    assert (await (await visit(staff=town.leader)).post(f"/courses/{run}/enrolments")).status_code == 404
    mine = await visit(resident=town.wang.resident_id)
    assert (await mine.client.post(f"/courses/{run}/enrolments", data={})).status_code == 403
    assert await database.value("SELECT count(*) FROM enrolment") == 0


async def test_who_was_taken_off_by_staff_sees_why_there_is_no_button(
    visit: Visit, town: Town, database: Database
) -> None:
    run = await town.run("Singing")
    browser = await visit(resident=town.wang.resident_id)
    await browser.post(f"/courses/{run}/enrolments")
    await database.execute("UPDATE enrolment SET state = 'removed'")
    await database.execute("UPDATE course_run SET seats_taken = 0")
    page = (await browser.get(f"/courses/{run}")).text
    assert "The staff took you off" in page and f"/courses/{run}/enrolments" not in page
    assert (await browser.post(f"/courses/{run}/enrolments", htmx=True)).status_code == 422
    assert "taken off by staff" in (await browser.get("/my")).text


def test_the_oldest_resident_of_these_tests_is_older_than_sixty() -> None:
    assert date.today().year - 1955 > 65  # the ages above lean on it
