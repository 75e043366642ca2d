"""A pair of the register looked at by the desk: one person, two people, and undone."""

from __future__ import annotations

import pytest

from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.desk.conftest import PHONE, Counter


@pytest.fixture
async def twice(counter: Counter) -> Registered:
    """Ping again, as she was written down at the door, with her own phone and only the year of her birth."""
    return await standing.resident(
        counter.places.other_community, name="王小萍", phone=PHONE, born_on=None, sex=None
    )


async def test_a_pair_is_put_together_and_taken_apart(
    visit: Visit, counter: Counter, twice: Registered, database: Database
) -> None:
    officer = await visit(staff=counter.district)
    pair = f"/desk/duplicates/{counter.ping.resident_id}/{twice.resident_id}"
    listed = await officer.get("/desk/duplicates")
    assert pair in listed.text and "name and telephone are the same" in listed.text
    shown = await officer.get(pair)
    assert "One person, or two?" in shown.text and PHONE not in shown.text
    assert "Please write why" in (await officer.sent_back(pair, {"reason": " "})).text
    done = await officer.send(pair, {"reason": "seen her card", "take_home": str(twice.resident_id)})
    assert "One person now." in done.text
    home = await database.value("SELECT place FROM resident WHERE id = $1", counter.ping.resident_id)
    assert home == counter.places.other_community.id
    gone = await officer.get(f"/desk/people/{twice.resident_id}")
    assert gone.headers["location"] == f"/desk/people/{counter.ping.resident_id}"
    merges = await officer.get("/desk/merges")
    assert "seen her card" in merges.text
    undo = f"/desk/merges/{await database.value('SELECT max(id) FROM merge')}/undo"
    assert "Each has her own visits" in (await officer.get(undo)).text
    assert "Please write why" in (await officer.sent_back(undo, {})).text
    assert "Two people again." in (await officer.send(undo, {"reason": "two sisters"})).text
    assert (await officer.get(undo)).status_code == 404
    assert pair in (await officer.get("/desk/duplicates")).text


async def test_two_people_are_not_asked_about_again(visit: Visit, counter: Counter, twice: Registered) -> None:
    officer = await visit(staff=counter.district)
    pair = f"/desk/duplicates/{counter.ping.resident_id}/{twice.resident_id}"
    assert "two people" in (await officer.send(f"{pair}/two")).text
    assert pair not in (await officer.get("/desk/duplicates")).text


async def test_a_desk_sees_no_pair_with_somebody_of_another_street(
    visit: Visit, counter: Counter, twice: Registered
) -> None:
    pair = f"/desk/duplicates/{counter.ping.resident_id}/{twice.resident_id}"
    desk = await visit(staff=counter.desk)
    assert pair not in (await desk.get("/desk/duplicates")).text
    assert (await desk.get(pair)).status_code == 404
    assert (await desk.post(pair, {"reason": "x"})).status_code == 404
    auditor = await visit(staff=counter.auditor)
    assert (await auditor.get("/desk/duplicates")).status_code == 404


async def test_the_document_of_somebody_of_the_same_name_is_the_same_person(
    visit: Visit, counter: Counter, twice: Registered, database: Database
) -> None:
    officer = await visit(staff=counter.district)
    number = standing.id_number()
    answer = await officer.send(
        f"/desk/people/{twice.resident_id}/document",
        {"document_type": "id_card", "document": number, "sensitive": "yes"},
    )
    assert "on the register already" in answer.text
    assert await database.value("SELECT how FROM merge") == "document"
