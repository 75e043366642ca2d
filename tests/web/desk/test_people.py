"""Finding and registering people at the desk."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.people.cards import current_code, issue_blank
from elderlearn.people.consents import consents_of
from elderlearn.people.queries import person
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI, id_number
from tests.web.conftest import Visit
from tests.web.desk.conftest import PHONE, Counter

NEW = {
    "name": "陈梅", "born": "19530501", "sex": "female", "phone": "", "home": "第1街道 1-1社区",
    "document_type": "id_card", "document": "", "notice": "yes", "card": "",
}  # fmt: skip


async def count(database: Database) -> int:
    return int(await database.value("SELECT count(*) FROM resident"))


async def test_one_field_finds_by_name_phone_document_and_card(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    for words in (PHONE, id_number(), counter.ping.card_code or ""):
        answer = await desk.post("/desk/people/search", {"words": words})
        assert answer.headers["location"] == counter.hers, words
    named = await desk.post("/desk/people/search", {"words": "王小"})
    assert "王小萍" in (await desk.follow(named)).text
    text = (await desk.get("/desk/people")).text
    assert "王小萍" in text and "李建国" not in text and counter.hers in text
    nobody = await desk.send("/desk/people/search", {"words": "13899999999"})
    assert nobody.status_code == 200 and "Nobody was found" in nobody.text
    assert "13899999999" not in (await desk.get("/desk/people")).text  # said once


async def test_one_telephone_of_several_people_lists_them(visit: Visit, counter: Counter) -> None:
    await standing.resident(counter.places.next_community, name="王大明", phone=PHONE)
    text = (await (await visit(staff=counter.desk)).send("/desk/people/search", {"words": PHONE})).text
    assert "王大明" in text and "王小萍" in text and "2 people" in text


async def test_of_another_street_only_the_masked_name_and_no_page(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    text = (await desk.send("/desk/people/search", {"words": counter.li.card_code})).text
    assert "李**" in text and "lives in another street" in text and "李建国" not in text
    assert f"/desk/people/{counter.li.resident_id}" not in text
    li = f"/desk/people/{counter.li.resident_id}"
    for path in (li, f"{li}/edit", f"{li}/card", f"{li}/enrolments", f"{li}/leaving", "/desk/people/0"):
        assert (await desk.get(path)).status_code == 404
    for path in ("numbers", "edit", "home", "document", "card", "blank-card", "leaving", "return", "enrolments"):
        assert (await desk.post(f"{li}/{path}", {"reason": "x", "run": "1"})).status_code == 404
    assert (await (await visit(staff=counter.district)).get(li)).status_code == 200


async def test_registered_and_one_step_to_the_card(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    assert (await desk.get("/desk/people/new")).status_code == 200
    answer = await desk.post("/desk/people", NEW)
    assert answer.status_code == 303
    text = (await desk.follow(answer)).text
    assert "陈梅" in text and "Print the card" in text and "One more step" in text
    new = await person(int(answer.headers["location"].split("/")[3].split("?")[0]))
    assert (new.name, new.born_on, new.place_id) == ("陈梅", date(1953, 5, 1), counter.places.community.id)
    assert [(one.purpose, one.how) for one in await consents_of(new.id)] == [("notice", "read_at_desk")]


async def test_an_identity_card_fills_in_birth_date_and_sex(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    number = id_number(date(1949, 9, 9), serial=11)
    form = NEW | {"document": number, "born": "", "sex": "", "sensitive": "yes"}
    answer = await desk.post("/desk/people", form)
    assert answer.status_code == 303
    new = await person(int(answer.headers["location"].split("/")[3].split("?")[0]))
    assert (new.born_on, new.sex, new.verified) == (date(1949, 9, 9), "male", "desk")
    assert number not in (await desk.follow(answer)).text


async def test_everything_wrong_is_said_at_once_and_what_was_typed_stays(
    visit: Visit, counter: Counter, database: Database
) -> None:
    desk = await visit(staff=counter.desk)
    before = await count(database)
    answer = await desk.post(
        "/desk/people", {"name": "👵", "born": "1853", "phone": "12", "home": "nowhere", "document": "330"}
    )
    assert answer.status_code == 422
    for field in ("name", "born", "phone", "home", "document", "notice"):
        assert f'id="e-{field}"' in answer.text, field
    assert 'value="nowhere"' in answer.text and 'value="1853"' in answer.text
    empty = await desk.post("/desk/people", {})
    assert empty.status_code == 422 and await count(database) == before


@pytest.mark.parametrize("name", ["梅", "阿" * 12, "𬭎䶮", "A. Müller·O’Neil"])
async def test_names_as_people_have_them(visit: Visit, counter: Counter, name: str) -> None:
    answer = await (await visit(staff=counter.desk)).post("/desk/people", NEW | {"name": name, "born": "１９５３"})
    assert answer.status_code == 303


async def test_a_place_by_one_of_its_words_and_a_choice_when_there_are_several(
    visit: Visit, counter: Counter
) -> None:
    desk = await visit(staff=counter.desk)
    assert (await desk.post("/desk/people", NEW | {"home": "1-2"})).status_code == 303
    several = await desk.post("/desk/people", NEW | {"home": "社区", "name": "陈二"})
    assert several.status_code == 422 and "Which of these places is it?" in several.text
    code = counter.places.other_community.code
    chosen = await desk.post("/desk/people", NEW | {"home": "社区", "name": "陈二", "home_code": code})
    assert chosen.status_code == 303
    # she lives in another street: whoever registered her finishes, and finds her no more tomorrow
    assert (await desk.follow(chosen)).status_code == 200
    outside = await desk.post("/desk/people", NEW | {"home": "", "outside": "yes", "name": "远方人"})
    assert "outside the district" in (await desk.follow(outside)).text


async def test_a_document_on_file_opens_her_page_here_and_says_nothing_elsewhere(
    visit: Visit, counter: Counter, database: Database
) -> None:
    desk = await visit(staff=counter.desk)
    before = await count(database)
    form = NEW | {"document": id_number(), "born": "", "sensitive": "yes"}
    answer = await desk.post("/desk/people", form)
    assert answer.headers["location"] == counter.hers
    assert "王** is on the register already" in (await desk.follow(answer)).text
    other = await visit(staff=await standing.desk(counter.places.other_street))
    refused = await other.post("/desk/people", form)
    assert refused.status_code == 422 and "in another street already" in refused.text
    assert "王" not in refused.text and await count(database) == before


async def test_a_namesake_is_asked_about_before_a_second_row_is_made(
    visit: Visit, counter: Counter, database: Database
) -> None:
    desk = await visit(staff=counter.desk)
    await desk.post("/desk/people", NEW)
    before = await count(database)
    again = await desk.post("/desk/people", NEW)
    assert again.status_code == 422 and "Is it one of these?" in again.text
    assert await count(database) == before
    assert (await desk.post("/desk/people", NEW | {"is_another": "yes"})).status_code == 303


async def test_a_blank_card_in_hand_becomes_hers_in_the_same_step(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    blank = (await issue_blank(1, counter.places.district.id, by=CLI))[0]
    answer = await desk.post("/desk/people", NEW | {"card": blank.number})
    assert answer.status_code == 303
    assert await current_code(int(answer.headers["location"].split("/")[3])) == blank
    for wrong in (blank.number, "1", "x" * 400):
        refused = await desk.post("/desk/people", NEW | {"card": wrong, "is_another": "yes"})
        assert refused.status_code == 422 and 'id="e-card"' in refused.text


async def test_who_reads_only_registers_nobody_and_residents_find_no_door(visit: Visit, counter: Counter) -> None:
    auditor = await visit(staff=counter.auditor)
    assert (await auditor.get(counter.hers)).status_code == 200
    assert (await auditor.get("/desk/people/new")).status_code == 404
    assert (await auditor.post("/desk/people", NEW)).status_code == 404
    assert (await (await visit(resident=counter.ping.resident_id)).get("/desk/people")).status_code == 404
    assert (await (await visit()).get("/desk/people")).status_code == 303


async def test_no_number_ever_stands_in_an_address(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    wrong = f"{id_number()[:-1]}{'1' if id_number()[-1] != '1' else '2'}"
    for words in (wrong, f"身份证{id_number()}", f"{PHONE}-1", f"王 {PHONE}", f"/C/{counter.ping.card_code}X"):
        answer = await desk.post("/desk/people/search", {"words": words})
        assert answer.headers["location"] == "/desk/people", words
        assert "Nobody was found" in (await desk.follow(answer)).text, words
