"""The report and the people behind it as files: figures are numbers, names are masked, the trail knows."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from urllib.parse import unquote

from python_calamine import CalamineWorkbook

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.office.year import Year

REPORT = "/office/participation/export?period=2025"
PEOPLE = "/office/people/export?period=2025&figure=learners"


async def test_the_report_with_its_numbers_and_by_which_rule_they_were_counted(visit: Visit, year: Year) -> None:
    officer = await visit(staff=await standing.officer(year.places.street))
    answer = await officer.post(REPORT, {"as": "xlsx"})
    assert answer.status_code == 200
    name = unquote(answer.headers["content-disposition"].partition("UTF-8''")[2])
    assert name.startswith(f"{year.places.street.name} who takes part regularly, 2025_")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    sheet, notes = (book.get_sheet_by_name(one).to_python() for one in book.sheet_names)
    titles = "Place_code Place Elders Regulars Rate Still_missing Learners Enrolled Visits"
    assert sheet[0] == [one.replace("_", " ") for one in titles.split()]
    by_place = {line[1]: line for line in sheet[1:]}
    first = by_place[year.places.community.name]
    assert first == [year.places.community.code, first[1], 2.0, 1.0, 0.5, 0.0, 1.0, 0.0, 12.0]
    assert by_place["All together"][2:5] == [4.0, 1.0, 0.25]
    said = {line[0]: line[1] for line in notes}
    assert (
        "Census office" in said["Elders"] and "2024" in said["Elders"] and "people living here" in said["Elders"]
    )
    assert "Rule, version 1" in said and "60" in said["Rule, version 1"]
    assert said["Target"] == "35.0%" and said["Year"] == "2025" and said["Lines"] == "4"
    assert said["Made by"].startswith("officer-") and "Beijing time" in said["Made on"]


async def test_the_people_behind_a_figure_are_masked_as_on_the_page(
    visit: Visit, year: Year, database: Database
) -> None:
    staff = await standing.officer(year.places.street)
    officer = await visit(staff=staff)
    answer = await officer.post(PEOPLE, {"as": "csv", "reason": "to call those who stay away"})
    text = answer.content.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    assert lines[0] == ["Name", "Born", "Community", "Class hours", "Days", "Visits", "Regular since"]
    assert sorted(line[0] for line in lines[1:]) == ["王**", "赵**"]
    wang = next(line for line in lines if line[0] == "王**")
    assert wang[1:6] == ["1955", year.places.community.name, "24.0", "12", "12"] and date.fromisoformat(wang[6])
    [row] = await database.fetch("SELECT * FROM trail WHERE action = 'export'")
    detail = json.loads(row["detail"])
    assert (row["actor_id"], row["district"], row["door"]) == (staff.id, year.places.district.id, "office")
    assert (detail["what"], detail["rows"], detail["file"]) == ("people_behind", 2, "csv")
    assert detail["reason"] == "to call those who stay away" and detail["filters"]["figure"] == "learners"


async def test_a_list_of_people_without_a_reason_is_not_given(
    visit: Visit, year: Year, database: Database
) -> None:
    officer = await visit(staff=await standing.officer(year.places.street))
    answer = await officer.post(PEOPLE, {"as": "csv", "reason": "  "})
    assert answer.status_code == 303
    page = await officer.follow(answer)
    assert page.status_code == 200 and "Please write what this list of people is for." in page.text
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'export'") == 0


async def test_files_of_other_streets_are_not_there(visit: Visit, year: Year, database: Database) -> None:
    """Negative control: the same address gives the file to whoever may see it."""
    street = year.places.street
    paths = [
        f"/office/participation/export?place={street.code}",
        f"/office/participation/months/export?place={street.code}&period=2025",
        f"/office/organisers/export?place={street.code}&period=2025",
        f"/office/people/export?place={street.code}&period=2025",
    ]
    mine, other = [await standing.officer(one) for one in year.places.streets]
    desk, district = await standing.desk(street), await standing.district_officer(year.places)
    auditor = await standing.auditor(street)
    for staff, status in ((mine, 200), (district, 200), (auditor, 200), (other, 404), (desk, 404)):
        browser = await visit(staff=staff)
        for path in paths:
            answer = await browser.post(path, {"as": "csv", "reason": "check"})
            assert answer.status_code == status, (staff.role, path)
    stranger = await (await visit()).post(paths[0], {"as": "csv"})
    assert stranger.status_code == 303 and stranger.headers["location"].startswith("/sign-in")
    leader = await visit(staff=await standing.leader(year.places.community))
    assert (await leader.post(paths[0], {"as": "csv"})).status_code == 404
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'export'") == 12


async def test_the_months_add_up_to_the_visits_of_the_report(visit: Visit, year: Year) -> None:
    officer = await visit(staff=await standing.officer(year.places.street))
    page = (await officer.get("/office/participation?period=2025")).text
    assert f"/office/participation/months/export?place={year.places.street.code}&amp;period=2025" in page
    answer = await officer.post("/office/participation/months/export?period=2025", {"as": "csv"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0] == ["Month", "Visits", "Visits in 2024", "Regulars at its end", "Regulars in 2024"]
    assert [line[0] for line in lines[1:]] == [f"2025-{month:02}" for month in range(1, 13)]
    assert [line[1] for line in lines[1:]] == ["0", "0", "13", *["0"] * 9] and {line[2] for line in lines[1:]} == {
        ""
    }
    assert [line[3] for line in lines[1:]] == ["0", "0", *["1"] * 10]


async def test_what_was_held_adds_up_in_the_file(visit: Visit, year: Year, database: Database) -> None:
    officer = await visit(staff=await standing.officer(year.places.street))
    answer = await officer.post("/office/organisers/export?period=2025", {"as": "csv"})
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert lines[0][3:] == [
        "Sessions held", "Class hours taught", "Class hours attended", "Visits", "Persons who came",
        "By hand or on paper", "By their own phone",
    ]  # fmt: skip
    assert lines[-1][0] == "All together" and lines[-1][3:] == ["12", "16.0", "26.0", "13", "2", "1.0", "0.0"]
    organisation = await database.value("SELECT id FROM organisation")
    runs = await officer.post(f"/office/organisers/{organisation}/export?period=2025", {"as": "gb18030"})
    lines = list(csv.reader(io.StringIO(runs.content.decode("gb18030"))))
    assert lines[1][:4] == ["Health", "Lecture", "2025-03-04", "2025-03-15"]
