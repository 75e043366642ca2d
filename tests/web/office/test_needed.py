"""What would it take, through HTTP: who sees names, and what a press does."""

from __future__ import annotations

from datetime import date

import pytest

from elderlearn.ground.sql import value
from elderlearn.participation.targets import set_target
from tests import people_standing as standing
from tests.conftest import Database
from tests.participation.nearly import MOBILE, Nearly, make_nearly
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.office.test_participation import words

NEEDED = "/office/participation/needed"
SPACED = "138 0013 8000"


@pytest.fixture
async def nearly(database: Database) -> Nearly:
    made = await make_nearly()
    await set_target(made.places.district.id, 350, starts_on=date(2021, 1, 1), by=CLI)
    return made


async def test_the_page_says_how_many_are_needed_and_who_is_near_by_masked_name(
    visit: Visit, nearly: Nearly
) -> None:
    for who in (await standing.district_officer(nearly.places), await standing.auditor(nearly.places.district)):
        browser = await visit(staff=who)
        page = words((await browser.get(f"{NEEDED}?place={nearly.places.street.code}")).text)
        assert "35 more regulars are needed for the target; 5 persons need only a few days more." in page
        assert "明**" in page and "明华" not in page and "Open the call list" not in page
        answer = await browser.post(f"{NEEDED}/calls?place={nearly.places.street.code}", {"purpose": "x"})
        assert answer.status_code == 404
        answer = await browser.post(f"{NEEDED}/invitations?place={nearly.places.street.code}")
        assert answer.status_code == 404
    district = words((await browser.get(NEEDED)).text)
    assert "6 persons need only a few days more" in district and "明**" not in district


async def test_names_are_shown_once_for_a_purpose(visit: Visit, nearly: Nearly) -> None:
    browser = await visit(staff=await standing.officer(nearly.places.street))
    street = f"?place={nearly.places.street.code}"
    said = words((await browser.sent_back(f"{NEEDED}/calls{street}", {"purpose": " "})).text)
    assert "Please write what you need the names and telephones for." in said
    assert await value("SELECT count(*) FROM trail WHERE action = 'see_phone_list'") == 0
    answer = await browser.post(f"{NEEDED}/calls{street}", {"purpose": "the lecture on Friday"})
    assert answer.status_code == 303 and MOBILE not in answer.text
    listed = (await browser.follow(answer)).text
    assert "明华" in listed and SPACED in listed and "the lecture on Friday" in listed and "远方" not in listed
    again = await browser.get(answer.headers["location"])
    assert again.status_code == 303 and SPACED not in again.text
    assert "shown once" in words((await browser.follow(again)).text)


async def test_a_press_invites_those_the_button_counts_and_a_second_nobody(visit: Visit, nearly: Nearly) -> None:
    browser = await visit(staff=await standing.officer(nearly.places.street))
    street = f"?place={nearly.places.street.code}"
    page = words((await browser.get(NEEDED)).text)
    assert "Send an invitation to 2 persons" in page and "2 have no mobile phone on file" in page
    assert "2 invitations are on their way." in words((await browser.send(f"{NEEDED}/invitations{street}")).text)
    after = words((await browser.get(NEEDED)).text)
    assert "Nobody can be invited by message just now." in after and "2 were invited in the last 30 days" in after
    assert "Nobody was invited" in words((await browser.send(f"{NEEDED}/invitations{street}")).text)
    assert await value("SELECT count(*) FROM notice WHERE kind = 'invitation'") == 2


async def test_another_streets_officer_finds_nothing(visit: Visit, nearly: Nearly) -> None:
    browser = await visit(staff=await standing.officer(nearly.places.other_street))
    for path in (NEEDED, f"{NEEDED}/calls"):
        assert (await browser.get(f"{path}?place={nearly.places.street.code}")).status_code == 404


async def test_the_desk_and_leaders_have_no_such_page(visit: Visit, nearly: Nearly) -> None:
    for who in (await standing.desk(nearly.places.street), await standing.leader(nearly.places.street)):
        browser = await visit(staff=who)
        assert (await browser.get(NEEDED)).status_code == 404
