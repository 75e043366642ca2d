"""The catalogue and its people as files."""

from __future__ import annotations

import csv
import io
from datetime import date

import httpx
import pytest

from elderlearn.catalogue.courses import add_course
from elderlearn.catalogue.members import join
from elderlearn.catalogue.teachers import add_teacher
from elderlearn.catalogue.venues import add_venue
from elderlearn.enrolment.enrol import enrol
from elderlearn.web.planning import sign_in_sheet
from elderlearn.web.shell import downloads
from tests import people_standing as standing
from tests.catalogue.runs_standing import open_run
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.planning.world import World

WHY = {"as": "csv", "reason": "for the folder"}


def files_of(world: World) -> list[str]:
    """All of them but the members of a society."""
    return [
        *("organisations", "courses", "runs", "venues", "teachers", "terms", "holidays"),
        *(f"runs/{world.run}/sessions", f"runs/{world.run}/people", f"runs/{world.run}/sheet"),
        f"runs/{world.run}/line",
    ]


def lines_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.status_code
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_every_list_as_a_file_with_a_head_and_its_lines(visit: Visit, world: World) -> None:
    officer = await visit(staff=world.officer)
    found = {one: lines_of(await officer.post(f"/planning/{one}/export", WHY)) for one in files_of(world)}
    assert {one: len(lines) - 1 for one, lines in found.items()} == {
        "organisations": 2, "courses": 1, "runs": 1, "venues": 1, "teachers": 1, "terms": 1, "holidays": 0,
        f"runs/{world.run}/sessions": 2, f"runs/{world.run}/people": 1, f"runs/{world.run}/sheet": 1,
        f"runs/{world.run}/line": 0,
    }  # fmt: skip
    assert all(len(line) == len(lines[0]) for lines in found.values() for line in lines)
    assert found["venues"][1][:4] == ["Room 201", "1 Canal Road", world.places.community.name, "40"]
    assert found[f"runs/{world.run}/sheet"][1] == ["1", "王秀英", "", ""]


async def test_a_long_list_goes_on_to_its_last_name(
    visit: Visit, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        person = await standing.resident(world.places.community, born_on=date(1950, 1, 1 + number))
        await enrol(world.run, person.resident_id, "self", by=CLI)
    monkeypatch.setattr(downloads, "A_PAGE", 1)
    monkeypatch.setattr(sign_in_sheet, "A_SHEET", 0)
    officer = await visit(staff=world.officer)
    people, sheet = [
        lines_of(await officer.post(f"/planning/runs/{world.run}/{one}/export", WHY))[1:]
        for one in ("people", "sheet")
    ]
    assert len(people) == 4 and [line[0] for line in sheet] == ["1", "2"]  # two have a seat


async def test_the_filters_of_the_page_go_along(visit: Visit, world: World) -> None:
    officer = await visit(staff=world.officer)
    for query, many in (("", 2), ("?kind=society", 1), ("?words=choir", 1), ("?words=nothing", 0)):
        lines = lines_of(await officer.post(f"/planning/organisations/export{query}", WHY))
        assert len(lines) - 1 == many, query


async def test_the_order_in_the_address_holds_on_the_page_on_later_pages_and_in_the_file(
    visit: Visit, world: World, database: Database
) -> None:
    """Negative control: without an order, or with an odd one, the first of them stands elsewhere."""
    await add_teacher(district_id=world.places.district.id, name="An Ping", engagement="volunteer", by=CLI)
    await add_venue(name="Yard", address="", capacity=99, place_code=world.places.street.code, by=CLI)
    second = await add_course(organisation_id=world.choir, title="Singing", by=CLI, release=True)
    await open_run(second, seats=9)
    await database.execute("UPDATE course_run SET waiting = 7 WHERE course = $1", second)
    await database.execute("UPDATE session SET teacher = $1, venue = $2", world.teacher, world.venue)
    await database.execute(
        """INSERT INTO teacher (district, name, engagement, name_pinyin)
        SELECT $1, 'B' || lpad(n::text, 3, '0'), 'volunteer', 'b' || lpad(n::text, 3, '0')
        FROM generate_series(1, 21) AS n""",
        world.places.district.id,
    )
    officer = await visit(staff=world.officer)
    for listed, order, first, usual in (
        ("teachers", "sessions", "Zhou Lan", "An Ping"),
        ("venues", "sessions", "Room 201", "Yard"),
        ("runs", "waiting", "Singing", "Tai chi"),
    ):
        for query, wanted in ((f"?order={order}", first), ("", usual), ("?order=1;drop", usual)):
            address = f"/planning/{listed}{query}"
            shown = (await officer.get(address)).text
            file = lines_of(await officer.post(f"/planning/{listed}/export{query}", WHY))[1:]
            others = [line[0] for line in file[1:] if line[0] in shown]
            assert file[0][0] == wanted, address
            assert all(shown.index(wanted) < shown.index(one) for one in others), address
            assert 'name="order"' in shown
    page = (await officer.get("/planning/teachers?order=sessions")).text
    assert "order=sessions&amp;page=2" in page and 'value="sessions" selected' in page
    assert "B021" in (await officer.get("/planning/teachers?order=sessions&page=2")).text


async def test_names_of_people_from_elsewhere_are_masked_as_on_the_page(visit: Visit, world: World) -> None:
    li = (await standing.neighbour(world.places)).resident_id
    await enrol(world.run, li, "self", by=CLI)
    await join(world.choir, li, by=CLI)
    members = f"/planning/organisations/{world.choir}/members/export"
    officer = await visit(staff=world.officer)
    people = lines_of(await officer.post(f"/planning/runs/{world.run}/people/export", WHY))
    assert sorted(line[0] for line in people[1:]) == ["李**", "王秀英"]
    assert sorted(line[:2] for line in lines_of(await officer.post(members, WHY))[1:]) == [
        ["李**", ""],
        ["王秀英", world.places.community.name],
    ]
    district = await visit(staff=await standing.district_officer(world.places))
    assert {line[0] for line in lines_of(await district.post(members, WHY))[1:]} == {"李建国", "王秀英"}


async def test_who_gets_which_file(visit: Visit, world: World) -> None:
    """Negative control: every file is given to somebody here."""
    files = {*files_of(world), f"organisations/{world.choir}/members"}
    of_the_street = {one for one in files if any(sign.isdigit() for sign in one)}
    gets = {
        "officer": (world.officer, files),
        "district": (await standing.district_officer(world.places), files),
        "auditor": (await standing.auditor(world.places.district), files),
        "desk": (
            await standing.desk(world.places.street),
            files
            - {f"organisations/{world.choir}/members"}
            - {f"runs/{world.run}/{one}" for one in ("people", "line")},
        ),
        "officer elsewhere": (await standing.officer(world.places.other_street), files - of_the_street),
        "leader": (world.leader, set()),
    }
    for name, (staff, hers) in gets.items():
        browser = await visit(staff=staff)
        given = {one for one in files if (await browser.post(f"/planning/{one}/export", WHY)).status_code == 200}
        assert given == hers, name
    elsewhere = await visit(staff=gets["officer elsewhere"][0])
    assert lines_of(await elsewhere.post("/planning/organisations/export", WHY))[1:] == []


async def test_a_leader_takes_the_attendance_sheet_of_her_own_run_along(visit: Visit, world: World) -> None:
    from elderlearn.catalogue.leaders import make_leader

    await make_leader(world.run, world.leader.id, by=CLI)
    browser = await visit(staff=world.leader)
    head, wang = lines_of(await browser.post(f"/lead/runs/{world.run}/export", WHY))
    assert head[:3] == ["Name", "State", "Sessions attended"] and len(head) == 5
    assert wang == ["王秀英", "Has a seat", "0", "", ""]
    other = await visit(staff=await standing.leader(world.places.community))
    assert (await other.post(f"/lead/runs/{world.run}/export", WHY)).status_code == 404
