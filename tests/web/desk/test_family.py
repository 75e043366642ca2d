"""A helper tied at the desk with both there, and ended there."""

from __future__ import annotations

import pytest

from elderlearn.people.cards import current_code
from elderlearn.people.care.queries import carers_of
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.desk.conftest import PHONE, Counter

HERS = "13700137000"


@pytest.fixture
async def daughter(counter: Counter) -> Registered:
    return await standing.resident(counter.places.other_community, name="李梅", phone=HERS)


async def test_both_there_they_are_tied_by_phone_or_card_and_ended_again(
    visit: Visit, counter: Counter, daughter: Registered, database: Database
) -> None:
    browser, path = await visit(staff=counter.desk), f"{counter.hers}/family"
    assert f'href="{path}"' in (await browser.get(counter.hers)).text
    assert "with both of them here" in (await browser.sent_back(path, {"who": HERS})).text
    card = await current_code(daughter.resident_id)
    assert card is not None
    for typed in (HERS, card.number, card.code):
        page = (await browser.send(path, {"who": typed, "agreed": "yes"})).text
        assert "李梅" in page and "agreed at the desk" in page
    (pair,) = await carers_of(counter.ping.resident_id)
    assert await database.value("SELECT actor_id FROM trail WHERE action = 'confirm_care'") == counter.desk.id
    assert "Agreed that a carer enrols for her" in (await browser.get(counter.hers)).text
    for _ in range(2):
        assert "That has ended." in (await browser.send(f"{path}/{pair.id}/ending")).text
    assert await carers_of(counter.ping.resident_id) == []


@pytest.mark.parametrize("typed", [PHONE, "13600136999", "12345678", "李梅", "\0", "x" * 400])
async def test_who_is_not_found_exactly_is_not_tied(
    visit: Visit, counter: Counter, daughter: Registered, database: Database, typed: str
) -> None:
    """Her own phone too: she does not help herself."""
    browser = await visit(staff=counter.desk)
    answer = await browser.sent_back(f"{counter.hers}/family", {"who": typed, "agreed": "yes"})
    assert "王小萍" in answer.text
    assert await database.value("SELECT count(*) FROM carer_link") == 0


async def test_of_several_with_one_phone_the_card_says_who(
    visit: Visit, counter: Counter, daughter: Registered
) -> None:
    await standing.resident(counter.places.community, name="李强", phone=HERS)
    desk = await visit(staff=counter.desk)
    answer = await desk.sent_back(f"{counter.hers}/family", {"who": HERS, "agreed": "yes"})
    assert "Several people have this telephone." in answer.text


async def test_auditors_read_and_others_streets_do_not_even_see(
    visit: Visit, counter: Counter, daughter: Registered, database: Database
) -> None:
    path = f"{counter.hers}/family"
    auditor = await visit(staff=counter.auditor)
    assert (await auditor.get(path)).status_code == 200
    assert (await auditor.post(path, {"who": HERS, "agreed": "yes"})).status_code == 404
    desk = await visit(staff=counter.desk)
    assert (await desk.get(f"/desk/people/{counter.li.resident_id}/family")).status_code == 404
    await desk.post(path, {"who": HERS, "agreed": "yes"})
    link = await database.value("SELECT id FROM carer_link")
    other = await standing.resident(counter.places.community, name="赵一")
    for address in (f"/desk/people/{other.resident_id}/family/{link}/ending", f"{path}/999999/ending"):
        assert (await desk.post(address)).status_code == 404
    assert (await auditor.post(f"{path}/{link}/ending")).status_code == 404
    assert await database.value("SELECT state FROM carer_link") == "active"
