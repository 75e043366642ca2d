"""Numbers typed from a paper sheet."""

from __future__ import annotations

from elderlearn.checkin.typed_sheet import people_on
from elderlearn.people.cards import current_code, issue_blank, issue_card
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI


async def test_good_lines_are_people_and_bad_ones_say_why(database: Database) -> None:
    places = await standing.place_tree()
    wang = await standing.resident(places.community)
    old = await current_code(wang.resident_id)
    new = await issue_card(wang.resident_id, by=CLI)
    [blank] = await issue_blank(1, places.district.id, by=CLI)
    assert old is not None
    lines = [f"{new.number[:4]} {new.number[4:]}", "", old.number, blank.number, "1234", "\u5f20"]
    people, bad = await people_on(lines)
    assert people == [wang.resident_id]
    assert [(one.line, one.reason) for one in bad] == [
        (3, "card_replaced"),
        (4, "card_blank"),
        (5, "invalid_number"),
        (6, "invalid_number"),
    ]
    assert await people_on([]) == ([], [])
