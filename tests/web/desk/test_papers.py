"""A pile of paper forms for one run: who is who, then everybody in the order of the forms."""

from __future__ import annotations

import re

import pytest

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import seats_of
from elderlearn.people.cards import current_code
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run, people
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit, Visitor
from tests.web.desk.conftest import Counter


@pytest.fixture
async def run(counter: Counter) -> int:
    """Two seats."""
    return (await open_run(await a_course(counter.places.other_community, title="太极拳"))).run_id


async def number_of(resident_id: int) -> str:
    card = await current_code(resident_id)
    assert card
    return card.number


async def looked_through(desk: Visitor, run: int, *lines: str) -> str:
    """The page that shows who is who."""
    answer = await desk.post(f"/desk/papers/{run}/people", {"lines": "\n".join(lines)})
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/papers/{run}/people")
    return (await desk.follow(answer)).text


def chosen_on(page: str) -> dict[str, str]:
    """What the form of that page sends when nothing is changed."""
    return dict(re.findall(r'type="hidden" name="(form-\d+)" value="(\d+)"', page))


async def test_forms_are_read_shown_masked_and_enrolled_in_their_order(
    visit: Visit, counter: Counter, run: int, database: Database
) -> None:
    wei = await standing.resident(counter.places.community, name="赵伟")
    old = await standing.resident(counter.places.community, name="钱老太")
    await enrol(run, old.resident_id, "window", by=CLI)
    young = await standing.resident(counter.places.next_community, name="孙梅")
    desk = await visit(staff=counter.desk)
    number = await number_of(counter.ping.resident_id)
    forms = (
        "1. 赵伟",
        f"{number[:4]} {number[4:]}",
        "",
        "2、钱老太",
        "赵伟",
        "无此人",
        "12345678",
        "李建国",
        "孙梅",
    )
    page = await looked_through(desk, run, *forms)
    assert "赵**" in page and "王**" in page and "王小萍" not in page and number not in page
    assert "the same person as on form 1" in page and page.count("nobody found") == 3
    sent = chosen_on(page)
    ids = [wei.resident_id, counter.ping.resident_id, old.resident_id, young.resident_id]
    assert list(sent.values()) == [str(one) for one in ids]
    assert await database.value("SELECT count(*) FROM enrolment") == 1  # nobody yet
    for again in (False, True):  # the same pile once more changes nothing
        answer = await desk.post(f"/desk/papers/{run}/enrolments", sent)
        done = (await desk.follow(answer)).text
        assert answer.status_code == 303 and done.count("has a seat") == 2
        assert "number 1 in line" in done and "number 2 in line" in done
        assert done.count("She had asked before") == (4 if again else 1)
    kept = await database.connection.fetch(
        "SELECT resident, channel, state FROM enrolment WHERE run = $1 AND channel = 'paper' ORDER BY id", run
    )
    assert [(one["resident"], one["state"]) for one in kept] == [
        (ids[0], "seated"), (ids[1], "waiting"), (ids[3], "waiting"),
    ]  # fmt: skip


async def test_where_several_have_the_name_one_is_chosen_or_none(visit: Visit, counter: Counter, run: int) -> None:
    twins = [await standing.resident(counter.places.community, name="周兰") for _ in range(2)]
    desk = await visit(staff=counter.desk)
    page = await looked_through(desk, run, "周兰")
    assert page.count('type="radio" name="form-1"') == 3 and chosen_on(page) == {}
    nobody = await desk.send(f"/desk/papers/{run}/enrolments", {"form-1": ""})
    assert "nobody was enrolled" in nobody.text and (await seats_of(run)).seats_taken == 0
    await desk.send(f"/desk/papers/{run}/enrolments", {"form-1": str(twins[1].resident_id)})
    assert (await seats_of(run)).seats_taken == 1


async def test_each_form_has_its_own_verdict_with_the_way_out(visit: Visit, counter: Counter) -> None:
    course = await a_course(counter.places.community, title="书法")
    run = (await open_run(course, min_age=85, seats=1)).run_id
    old = await standing.resident(counter.places.community, name="吴婆婆", born_on=None)
    desk = await visit(staff=counter.desk)
    sent = {"form-1": str(counter.ping.resident_id), "form-2": str(old.resident_id)}
    ages = await desk.send(f"/desk/papers/{run}/enrolments", sent)
    assert ages.text.count("no seat") == 2 and "for people of 85 and over" in ages.text
    assert "the birth date is not written down. Add it first." in ages.text
    assert f'href="/desk/people/{old.resident_id}"' in ages.text


async def test_a_pile_is_at_most_sixty_and_people_of_other_streets_are_nobody_here(
    visit: Visit, counter: Counter, run: int
) -> None:
    desk = await visit(staff=counter.desk)
    for lines, said in (
        ("", "one name or number on each line"),
        ("\n".join(["王"] * 61), "at most 60 forms"),
        ("王" * 61, "A line is too long"),
    ):
        answer = await desk.post(f"/desk/papers/{run}/people", {"lines": lines})
        assert answer.status_code == 422 and said in answer.text
    stranger = await desk.send(f"/desk/papers/{run}/enrolments", {"form-1": str(counter.li.resident_id)})
    assert "nobody was enrolled" in stranger.text and (await seats_of(run)).seats_taken == 0
    number = await number_of(counter.li.resident_id)
    assert "lives in another street" in await looked_through(desk, run, number)
    ids = await people(counter.places.community, 60)
    full = await desk.send(f"/desk/papers/{run}/enrolments", {f"form-{n}": str(id) for n, id in enumerate(ids, 1)})
    assert full.text.count("has a seat") == 2 and "number 58 in line" in full.text


async def test_who_may_not_enrol_others_and_what_is_no_run_of_the_district(
    visit: Visit, counter: Counter, run: int
) -> None:
    auditor, desk = await visit(staff=counter.auditor), await visit(staff=counter.desk)
    for path in ("/desk/papers", f"/desk/papers/{run}"):
        assert (await auditor.get(path)).status_code == 404
        assert (await desk.get(path)).status_code == 200
    draft = (await open_run(await a_course(counter.places.community, release=False))).run_id
    for unknown in (draft, 999999, 2**70):
        assert (await desk.post(f"/desk/papers/{unknown}/people", {"lines": "王小萍"})).status_code == 404
    for page in ("people", "enrolments"):
        assert (await desk.get(f"/desk/papers/{run}/{page}")).headers["location"] == f"/desk/papers/{run}"


async def test_a_pile_is_seen_by_nobody_else_at_the_same_computer(
    visit: Visit, counter: Counter, run: int
) -> None:
    desk, officer = await visit(staff=counter.desk), await visit(staff=counter.officer)
    await looked_through(desk, run, "王小萍")
    assert "王小萍" in (await desk.get(f"/desk/papers/{run}")).text  # to correct the list
    officer.client.cookies.set("pile", desk.client.cookies["pile"], path="/desk/papers")
    assert "王小萍" not in (await officer.get(f"/desk/papers/{run}")).text
