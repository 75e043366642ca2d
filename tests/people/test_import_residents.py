from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elderlearn.cli._import_reasons import sentence
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.spreadsheets.outcome import Outcome
from elderlearn.ground.spreadsheets.read_sheet import read_sheet
from elderlearn.people.import_residents import LAYOUT, import_residents
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.resident_lines import ResidentLines
from elderlearn.places.find_places import PlaceBook
from elderlearn.places.queries import PlaceRow
from tests import people_standing as standing
from tests.ground.spreadsheets.workbooks import csv_of, workbook
from tests.people_standing import CLI, id_number

HEAD = ["姓名", "证件类型", "身份证号", "出生日期", "性别", "手机", "街道", "社区", "户籍地"]
MEI = ["陈梅", "", id_number(serial=4), "", "女", "13800000001", "第1街道", "1-1社区", ""]
WANG = ["王秀英", None, None, date(1955, 3, 8), "女", 13800000002, "", "330113002001", "区外"]
LI = ["李建国", "护照", "E12345678", "1950年", "男", "", "第1街道", "", ""]
OUT = ["赵外", "", "", "1948.5.6", "", "", "", "区外", ""]


async def bring(*rows: list[Any], **how: Any) -> Outcome:
    how = {"by": CLI} | how
    return await import_residents(read_sheet(workbook([HEAD, *rows]), LAYOUT), **how)


async def everything(database: Any) -> Any:
    tables = ("resident", "card", "trail")
    return [await database.fetch(f"SELECT * FROM {one} ORDER BY id") for one in tables]


async def test_everybody_on_the_list_is_on_the_register_with_a_card_and_twice_changes_nothing(
    database: Any,
) -> None:
    places = await standing.place_tree()
    done = await bring(MEI, WANG, LI, OUT)
    assert (done.counts, done.faults, done.is_written) == ({"added": 4, "unchanged": 0}, (), True)
    found = {one["name"]: one for one in await database.fetch("SELECT * FROM resident")}
    assert found["陈梅"]["born_on"] == date(1955, 3, 8) and found["陈梅"]["place"] == places.community.id
    assert found["王秀英"]["registered_residence"] == "outside"
    assert found["王秀英"]["place"] == places.other_community.id
    assert (found["李建国"]["born_precision"], found["李建国"]["place"]) == ("year", places.street.id)
    assert (found["赵外"]["residence"], found["赵外"]["district"]) == ("outside", places.district.id)
    assert {one["verified"] for one in found.values()} == {"import"}
    cards = await database.fetch("SELECT number, resident FROM card WHERE state = 'active'")
    assert sorted(one["resident"] for one in cards) == sorted(one["id"] for one in found.values())
    assert (await card_by_code_or_number(cards[0]["number"])).resident_id == cards[0]["resident"]
    before = await everything(database)
    again = await bring(MEI, WANG, LI, OUT)
    assert again.counts == {"added": 0, "unchanged": 4} and not again.remarks
    assert await everything(database) == before


async def test_what_is_on_file_stays_and_the_difference_is_told_by_its_cell(database: Any) -> None:
    places = await standing.place_tree()
    await standing.resident(places.community, name="陈梅", document=MEI[2], phone="13900000009")
    await standing.resident(places.community, name="孙兰", born_on=date(1950, 1, 2), phone="13800000003")
    sun = ["孙兰", "", id_number(date(1950, 1, 2)), "", "", "13800000003", "", "1-2社区", ""]
    before = await everything(database)
    done = await bring(MEI, sun)
    assert done.counts == {"added": 0, "unchanged": 2}
    told = [(one.cell, one.column, one.reason) for one in done.remarks]
    assert told == [("F2", "phone", "differs"), ("C3", "document_number", "differs"), ("H3", "place", "differs")]
    assert "13800000001" not in repr(done) and id_number(date(1950, 1, 2)) not in repr(done)
    assert await everything(database) == before


CURES = [
    ({2: 330125195503080025}, "C2", "written_as_number"),
    ({2: "3.30125E+17"}, "C2", "written_as_number"),
    ({2: "330125195503080000"}, "C2", "written_as_number"),
    ({2: "330125550308002"}, "C2", "old_id_number"),
    ({2: "330125195503080024"}, "C2", "invalid_document"),
    ({1: "驾照"}, "B2", "unknown_word"),
    ({3: "1955-13-08"}, "D2", "not_a_day"),
    ({3: "1960-01-01"}, "D2", "born_on_mismatch"),
    ({2: "", 3: "1890-01-01"}, "D2", "invalid_born_on"),
    ({4: "?"}, "E2", "unknown_word"),
    ({5: "12345"}, "F2", "invalid_phone"),
    ({0: ""}, "A2", "empty"),
    ({0: "😀"}, "A2", "invalid_name"),
    ({0: "王\x01"}, "A2", "hidden_characters"),
    ({6: "", 7: ""}, "H2", "empty"),
    ({7: "某某社区"}, "H2", "unknown_place"),
    ({6: "第2街道"}, "H2", "unknown_place"),
    ({7: "临平区"}, "H2", "unknown_place"),
]


@pytest.mark.parametrize(("change", "cell", "reason"), CURES)
async def test_every_fault_names_its_cell_and_the_cure(change: dict[int, Any], cell: str, reason: str) -> None:
    sheet = read_sheet(workbook([HEAD, [change.get(at, value) for at, value in enumerate(MEI)]]), LAYOUT)
    lines = ResidentLines(sheet, BOOK, today=today(), by=CLI, within=None)
    lines.check(sheet.rows)
    assert not lines.good and [(one.cell, one.reason) for one in lines.faults] == [(cell, reason)]
    said = sentence(lines.faults[0])
    assert cell in said and "None" not in said and MEI[2] not in said and "330125195503080025" not in said


def test_all_that_is_wrong_in_a_line_is_told_at_once() -> None:
    line = ["王秀英", "", "", "1955-13-08", "?", "12345", "第1街道", "某某社区", ""]
    sheet = read_sheet(workbook([HEAD, line]), LAYOUT)
    lines = ResidentLines(sheet, BOOK, today=today(), by=CLI, within=None)
    lines.check(sheet.rows)
    assert {one.cell for one in lines.faults} == {"D2", "E2", "F2", "H2"}


BOOK = PlaceBook(
    [
        PlaceRow(1, "330113000000", "临平区", "district", None, 1),
        PlaceRow(2, "330113001000", "第1街道", "town_street", 1, 1),
        PlaceRow(3, "330113001001", "1-1社区", "community", 2, 1),
        PlaceRow(4, "330113002000", "第2街道", "town_street", 1, 1),
        PlaceRow(5, "330113002001", "同名村委会", "community", 4, 1),
        PlaceRow(6, "330113001002", "同名村", "community", 2, 1),
    ]
)


@pytest.mark.parametrize(
    ("text", "within", "found"),
    [
        ("330113001001", "", 3),
        ("３３０１１３００１００１", "", 3),
        ("1-1社区居委会", "", 3),
        ("第1街道1-1社区", "", 3),
        ("临平区第1街道 1-1社区", "", 3),
        ("同名", "第2街道", 5),
        ("第2街道同名村", "", 5),
        ("同名村", "", 6),
        ("同名", "", "place_ambiguous"),
        ("1-1社区", "第2街道", "unknown_place"),
        ("330199001001", "", "unknown_place"),
    ],
)
def test_places_are_found_as_lists_write_them(text: str, within: str, found: int | str) -> None:
    place = BOOK.find(text, within=within)
    assert (place if isinstance(place, str) else place.id) == found


async def test_the_same_person_three_times_is_told_and_the_first_line_counts(database: Any) -> None:
    await standing.place_tree()
    no_paper = [*WANG[:2], "", *WANG[3:]]
    done = await bring(MEI, MEI, WANG, MEI, no_paper, skip_bad=True)
    assert done.counts == {"added": 2, "unchanged": 0}
    assert [(one.line, one.reason, one.also) for one in done.faults] == [
        (3, "person_twice", "2"),
        (5, "person_twice", "2"),
        (6, "person_twice", "4"),
    ]
    assert "line 2" in sentence(done.faults[0])


async def test_one_bad_row_and_nobody_is_written_and_a_trial_writes_nobody(database: Any) -> None:
    await standing.place_tree()
    done = await bring(MEI, ["", *WANG[1:]])
    assert (done.counts, done.is_written) == ({"added": 1, "unchanged": 0}, False)
    assert (await bring(MEI, dry_run=True)).counts == {"added": 1, "unchanged": 0}
    assert await database.value("SELECT count(*) FROM resident") == 0
    assert (await bring(MEI, ["", *WANG[1:]], skip_bad=True)).counts["added"] == 1
    assert await database.value("SELECT count(*) FROM resident") == 1


async def test_an_officer_brings_in_her_own_street_only(database: Any) -> None:
    places = await standing.place_tree()
    officer = await standing.officer(places.street)
    done = await bring(MEI, WANG, OUT, by=officer.by(), within=places.street, skip_bad=True)
    assert done.counts == {"added": 2, "unchanged": 0}
    assert [(one.line, one.reason, one.also) for one in done.faults] == [(3, "not_your_place", "第1街道")]
    assert (
        await database.value(
            "SELECT count(*) FROM trail WHERE actor_kind = 'staff' AND action = 'import_resident'"
        )
        == 2
    )


ANYTHING = st.one_of(
    st.text(max_size=12),
    st.integers(-(10**18), 10**18),
    st.none(),
    st.sampled_from([*MEI, *LI, "330125550308002", "3.3E+17", "区外", "1955", "２０２５年"]),
)


@settings(max_examples=150)
@given(st.lists(st.lists(ANYTHING, min_size=9, max_size=9), max_size=6))
def test_hostile_lists_give_people_or_faults(rows: list[list[Any]]) -> None:
    sheet = read_sheet(csv_of([HEAD, *rows]) if len(rows) % 2 else workbook([HEAD, *rows]), LAYOUT)
    lines = ResidentLines(sheet, BOOK, today=today(), by=Actor("staff", 1, "office"), within=None)
    lines.check(sheet.rows)
    bad = {one.line for one in lines.faults}
    assert not bad & {one.line for one in lines.good}
    assert {row.line for row in sheet.rows} == bad | {one.line for one in lines.good}
