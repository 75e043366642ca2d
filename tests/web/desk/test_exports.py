"""Lists of the desk as files: her people only, no number in full, every one noted."""

from __future__ import annotations

import csv
import io
import json

import httpx

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit

FILES = ("people", "staff", "notices", "trail")
WHY = {"as": "csv", "reason": "the yearly check"}


def lines_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.status_code
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


async def test_her_people_with_the_filters_of_the_page_and_nobody_of_another_street(
    visit: Visit, database: Database
) -> None:
    places = await standing.place_tree()
    await standing.resident(places.community, phone="13800138000")
    await standing.resident(places.next_community, name="赵敏")
    await standing.neighbour(places)
    officer = await visit(staff=await standing.officer(places.street))
    answer = await officer.post("/desk/people/export", WHY)
    rows = lines_of(answer)
    assert rows[0] == ["Name", "Born", "Community", "Street", "Card number", "State"]
    assert {row[0] for row in rows[1:]} == {"王秀英", "赵敏"}
    assert "138" not in answer.text.replace(rows[1][4], "").replace(rows[2][4], "")
    found = lines_of(await officer.post("/desk/people/export?words=赵", WHY))
    assert [row[0] for row in found[1:]] == ["赵敏"]
    await officer.post("/desk/people/export?words=13800138000", WHY)
    details = [json.loads(one["detail"]) for one in await database.fetch("SELECT detail FROM trail ORDER BY id")][
        -3:
    ]
    assert [(one["rows"], one["filters"].get("words")) for one in details] == [(2, None), (1, "赵"), (1, "…")]


async def test_each_file_is_for_exactly_those_who_may_take_lists_along(visit: Visit) -> None:
    """Negative control: for each file there is somebody who gets it."""
    places = await standing.place_tree()
    gets = {
        "district": (await standing.district_officer(places), set(FILES)),
        "officer": (await standing.officer(places.street), {"people", "staff", "notices"}),
        "auditor": (await standing.auditor(places.district), {"people", "notices", "trail"}),
        "auditor of a street": (await standing.auditor(places.street), {"people", "notices"}),
        "desk": (await standing.desk(places.street), set()),
        "leader": (await standing.leader(places.community), set()),
    }
    for name, (staff, hers) in gets.items():
        browser = await visit(staff=staff)
        given = {one for one in FILES if (await browser.post(f"/desk/{one}/export", WHY)).status_code == 200}
        assert given == hers, name


async def test_the_trail_says_who_took_what_and_why_and_accounts_have_masked_telephones(visit: Visit) -> None:
    places = await standing.place_tree()
    staff = await standing.district_officer(places)
    leader = await standing.leader(places.community, phone="13912345678")
    district = await visit(staff=staff)
    answer = await district.post("/desk/staff/export?role=leader", WHY)
    [line] = lines_of(answer)[1:]
    assert line[:4] == [leader.name, "Leader", places.community.name, "139****5678"]
    page = await district.get("/desk/trail?what=export")
    assert "Took a list along as a file" in page.text and "the yearly check" in page.text
    rows = lines_of(await district.post("/desk/trail/export?what=export", WHY))
    assert [(row[1], row[2], row[6]) for row in rows[1:]] == [
        ("Took a list along as a file", staff.name, "the yearly check")
    ]


async def test_a_name_that_looks_like_a_formula_stays_a_name(visit: Visit, database: Database) -> None:
    """The register refuses such names; a file must not trust that it always did."""
    places = await standing.place_tree()
    her = await standing.resident(places.community)
    await database.execute("UPDATE resident SET name = '=1+1' WHERE id = $1", her.resident_id)
    officer = await visit(staff=await standing.officer(places.street))
    assert lines_of(await officer.post("/desk/people/export", WHY))[1][0] == "'=1+1"
