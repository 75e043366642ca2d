"""One person at the desk: numbers, details, home, document, card, courses, leaving and coming back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elderlearn.enrolment.queries import seats_of, standing_of
from elderlearn.ground.clock import today
from elderlearn.people.cards import current_code, issue_blank
from elderlearn.people.consents import consents_of
from elderlearn.people.queries import person
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_course, open_run
from tests.conftest import Database
from tests.people_standing import CLI, id_number
from tests.web.conftest import Visit
from tests.web.desk.conftest import PHONE, Counter

DETAILS = {"name": "王晓萍", "born": "1955-03-08", "sex": "female", "phone": "13900002222"}


async def test_numbers_are_masked_and_shown_once_with_a_reason_that_stays(
    visit: Visit, counter: Counter, database: Database
) -> None:
    officer, desk = await visit(staff=counter.officer), await visit(staff=counter.desk)
    text = (await officer.get(counter.hers)).text
    assert "138****1111" in text and PHONE not in text and id_number() not in text
    empty = await officer.sent_back(f"{counter.hers}/numbers", {"reason": " "})
    assert PHONE not in empty.text
    assert 'class="note no"' not in (await officer.get(counter.hers)).text  # a reload begins anew
    asked = await officer.post(f"{counter.hers}/numbers", {"reason": "ring her about the trip"})
    assert asked.status_code == 303
    desk.client.cookies.set("once", officer.client.cookies["once"])  # who sits down at the same computer next
    assert PHONE not in (shown := (await desk.get(counter.hers)).text) and "138 0000 1111" not in shown
    full = await officer.follow(asked)
    assert "138 0000 1111" in full.text and id_number() in full.text
    assert PHONE not in (await officer.get(counter.hers)).text
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'see_numbers'") == 1
    assert "ring her about the trip" in (await officer.get(counter.hers)).text
    assert (await desk.post(f"{counter.hers}/numbers", {"reason": "curious"})).status_code == 404


async def test_details_are_mended_and_all_that_is_wrong_is_said(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    form = (await desk.get(f"{counter.hers}/edit")).text
    assert 'value="王小萍"' in form and 'value="1955-03-08"' in form and PHONE not in form
    wrong = await desk.post(f"{counter.hers}/edit", {"name": "", "born": "x", "phone": "1"})
    assert wrong.status_code == 422
    assert all(f'id="e-{field}"' in wrong.text for field in ("name", "born", "phone"))
    other_day = await desk.post(f"{counter.hers}/edit", DETAILS | {"born": "1950"})
    assert other_day.status_code == 422 and "not the one in the document" in other_day.text
    answer = await desk.post(f"{counter.hers}/edit", DETAILS)
    text = (await desk.follow(answer)).text
    assert "王晓萍" in text and "139****2222" in text and "Details changed" in text and counter.desk.name in text
    kept = await desk.post(f"{counter.hers}/edit", DETAILS | {"phone": ""})
    assert "139****2222" in (await desk.follow(kept)).text
    gone = await desk.post(f"{counter.hers}/edit", DETAILS | {"phone": "", "no_phone": "yes"})
    assert "139****2222" not in (await desk.follow(gone)).text


async def test_moving_house_within_the_street_and_out_of_it(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    stays = await desk.post(f"{counter.hers}/home", {"home": "第1街道 1-2社区"})
    assert "第1街道 1-2社区" in (await desk.follow(stays)).text
    both = await desk.post(f"{counter.hers}/home", {"home": "第2街道 2-1社区", "outside": "yes"})
    assert both.status_code == 422 and 'id="e-outside"' in both.text and 'value="第2街道 2-1社区"' in both.text
    assert (await person(counter.ping.resident_id)).residence == "inside"
    unknown = await desk.post(f"{counter.hers}/home", {"home": "nowhere"})
    assert unknown.status_code == 422 and 'value="王小萍"' in unknown.text
    moves = await desk.post(f"{counter.hers}/home", {"home": "第2街道 2-1社区"})
    assert "belongs to another street now" in (await desk.follow(moves)).text
    assert (await desk.get(counter.hers)).status_code == 404
    assert (await person(counter.ping.resident_id)).place_id == counter.places.other_community.id


async def test_a_document_is_added_later_and_never_twice(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    bare = await standing.resident(counter.places.community, name="无证人")
    hers = f"/desk/people/{bare.resident_id}"
    taken = await desk.post(f"{hers}/document", {"document": id_number(), "sensitive": "yes"})
    assert taken.status_code == 422 and "registered with this document already" in taken.text
    silent = await desk.post(f"{hers}/document", {"document": id_number(date(1949, 9, 9))})
    assert silent.status_code == 422 and 'id="e-sensitive"' in silent.text
    # What she agreed to is kept with the document or not at all.
    assert await consents_of(bare.resident_id) == []
    added = await desk.post(f"{hers}/document", {"document": id_number(date(1949, 9, 9)), "sensitive": "yes"})
    text = (await desk.follow(added)).text
    assert "Document added" in text and id_number(date(1949, 9, 9)) not in text
    assert (await person(bare.resident_id)).born_on == date(1949, 9, 9)
    assert [one.purpose for one in await consents_of(bare.resident_id)] == ["sensitive"]
    assert "Add a document" not in (await desk.get(f"{hers}/edit")).text


async def test_the_card_is_printed_replaced_or_taken_from_the_pile(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    text = (await desk.get(f"{counter.hers}/card")).text
    assert "data:image/png;base64," in text and "The card is lost" in text
    before = await current_code(counter.ping.resident_id)
    assert before
    sure = (await desk.get(f"{counter.hers}/card/new")).text
    assert f"{before.number[:4]} {before.number[4:]}" in sure and "stops at once" in sure
    assert f'action="{counter.hers}/card"' not in text and f'action="{counter.hers}/card"' in sure
    assert await current_code(counter.ping.resident_id) == before
    assert (await desk.post(f"{counter.hers}/card")).status_code == 303
    after = await current_code(counter.ping.resident_id)
    assert before and after and before.number != after.number
    blank = (await issue_blank(1, counter.places.district.id, by=CLI))[0]
    assert await desk.sent_back(f"{counter.hers}/blank-card", {"card": "7"})
    assert (await desk.post(f"{counter.hers}/blank-card", {"card": blank.code})).status_code == 303
    assert await current_code(counter.ping.resident_id) == blank
    auditor = await visit(staff=counter.auditor)
    assert (await auditor.post(f"{counter.hers}/card")).status_code == 404


async def test_a_name_the_font_does_not_know_still_gets_a_card_without_a_box(
    visit: Visit, counter: Counter
) -> None:
    desk = await visit(staff=counter.desk)
    rare = await standing.resident(counter.places.community, name="王\ue000")
    text = (await desk.get(f"/desk/people/{rare.resident_id}/card")).text
    assert "data:image/png" not in text and "<svg" in text and "write the name by hand" in text


async def test_enrolled_at_the_window_and_given_back(visit: Visit, counter: Counter) -> None:
    desk = await visit(staff=counter.desk)
    course = await a_course(counter.places.other_community, title="书法")
    run = (await open_run(course, seats=1)).run_id
    here = f"{counter.hers}/enrolments"
    assert "书法" in (await desk.get(here, params={"words": "书"})).text
    assert "书法" not in (await desk.get(here, params={"words": "剪纸"})).text
    answer = await desk.post(here, {"run": str(run)})
    assert "She has a seat in 书法" in (await desk.follow(answer)).text
    seat = await standing_of(run, counter.ping.resident_id)
    assert seat and (seat.state, seat.channel) == ("seated", "window")
    back = f"{here}/{seat.id}/withdrawal"
    assert "Yes, give it back" in (await desk.get(back)).text
    assert (await desk.post(back)).status_code == 303
    assert (await seats_of(run)).seats_taken == 0
    assert (await desk.get(back)).status_code == 303
    young = (await open_run(course, min_age=90)).run_id
    refused = await desk.sent_back(here, {"run": str(young)})
    assert "for people of 90 and over" in refused.text
    for run_id in ("", "0", "x", str(2**62)):
        assert (await desk.post(here, {"run": run_id})).status_code == 404
    assert (await desk.get(f"{here}/{2**62}/withdrawal")).status_code == 404


async def test_a_death_is_written_down_and_undone_when_it_was_somebody_else(
    visit: Visit, counter: Counter, database: Database
) -> None:
    desk = await visit(staff=counter.desk)
    course = await a_course(counter.places.community, title="书法")
    run = (await open_run(course, seats=1)).run_id
    await desk.post(f"{counter.hers}/enrolments", {"run": str(run)})
    assert "书法" in (await desk.get(f"{counter.hers}/leaving")).text
    for wrong in (
        {},
        {"state": "died", "on": (today() + timedelta(days=2)).isoformat()},
        {"state": "x", "on": "y"},
    ):
        assert await desk.sent_back(f"{counter.hers}/leaving", wrong)
    done = await desk.post(f"{counter.hers}/leaving", {"state": "died", "on": today().isoformat()})
    text = (await desk.follow(done)).text
    assert "Died" in text and "1 course was left" in text and "Taken off the register" in text
    assert (await seats_of(run)).seats_taken == 0
    assert await current_code(counter.ping.resident_id) is None
    assert (await desk.post(f"{counter.hers}/card")).status_code == 404
    for late in (
        await desk.get(f"{counter.hers}/enrolments"),
        await desk.post(f"{counter.hers}/enrolments", {"run": str(run)}),
    ):
        assert "Died" in (await desk.follow(late)).text
    assert await desk.sent_back(f"{counter.hers}/return", {})
    back = await desk.post(f"{counter.hers}/return", {"reason": "her sister"})
    assert "Brought back" in (await desk.follow(back)).text
    assert await current_code(counter.ping.resident_id)


@pytest.mark.parametrize("path", ["numbers", "home", "document", "blank-card", "return"])
async def test_a_reload_after_a_refused_form_leads_back_to_a_page(
    visit: Visit, counter: Counter, path: str
) -> None:
    desk = await visit(staff=counter.desk)
    answer = await desk.get(f"{counter.hers}/{path}")
    assert answer.status_code == 303
    assert (await desk.follow(answer)).status_code == 200
