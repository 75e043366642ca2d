"""Two come to the desk and are enrolled as one."""

from __future__ import annotations

from datetime import date

from elderlearn.people.cards import current_code
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.desk.conftest import Counter


async def test_both_get_a_seat_or_a_sentence_says_who_is_in_the_way(
    visit: Visit, counter: Counter, database: Database
) -> None:
    course = await a_course(counter.places.community, title="Waltz")
    run, strict = [(await open_run(course, seats=2, max_age=most)).run_id for most in (None, 80)]
    husband = await standing.resident(counter.places.community, name="钱大壮", born_on=date(1940, 1, 1))
    desk = await visit(staff=counter.desk)
    path = f"{counter.hers}/enrolments/{run}/together"
    assert f'href="{path}"' in (await desk.get(f"{counter.hers}/enrolments")).text
    nobody = {"": "who the other one is", "孙悟空": "Nobody was found", "王小萍": "the same person"}
    for typed, said in nobody.items():
        wrong = await desk.sent_back(path, {"words": typed})
        assert said in wrong.text
    refused = await desk.sent_back(f"{counter.hers}/enrolments/{strict}/together", {"words": "钱大壮"})
    assert "钱大壮: This course is for people up to 80" in refused.text
    for _ in range(2):
        assert "Both have a seat in Waltz." in (await desk.send(path, {"words": "钱大壮"})).text
    held = await database.fetch("SELECT resident FROM enrolment WHERE state = 'seated' AND run = $1", run)
    assert {one["resident"] for one in held} == {counter.ping.resident_id, husband.resident_id}


async def test_somebody_of_another_street_is_not_enrolled_by_name(visit: Visit, counter: Counter) -> None:
    run = (await open_run(await a_course(counter.places.community))).run_id
    desk = await visit(staff=counter.desk)
    wrong = await desk.sent_back(
        f"{counter.hers}/enrolments/{run}/together", {"words": await current_code(counter.li.resident_id)}
    )
    assert "Nobody was found" in wrong.text
