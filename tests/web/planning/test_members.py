"""Members of a society at the office: whoever shows her card may join, and shows no more than her masked name."""

from __future__ import annotations

from elderlearn.people.cards import current_code
from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.planning.world import World


async def test_a_card_of_another_street_tells_only_the_masked_name(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/organisations/{world.choir}/members"
    card = await current_code((await standing.neighbour(world.places)).resident_id)
    assert card is not None
    for typed in (card.number, card.code):
        text = (await browser.post(f"{path}/search", {"words": typed})).text
        assert "李**" in text and "李建国" not in text and "1950" not in text
    answer = await browser.post(path, {"card": card.number})
    text = (await browser.follow(answer)).text
    assert "李** is a member now." in text and "李建国" not in text


async def test_no_number_stands_in_an_address(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/organisations/{world.choir}/members"
    card = await current_code(world.wang)
    assert card is not None
    for typed in (card.number, card.code, f"https://elderlearn.test/C/{card.code}", "99999999", "A" * 32):
        answer = await browser.post(f"{path}/search", {"words": typed})
        assert answer.status_code == 200, typed
    named = await browser.post(f"{path}/search", {"words": "王秀"})
    assert "王秀英" in (await browser.follow(named)).text
    assert f'action="{path}/search"' in (await browser.get(path)).text
    assert (await browser.get(f"{path}/search")).headers["location"] == path
    assert "Nobody was found" in (await browser.get(path, params={"words": card.number})).text


async def test_nobody_joins_who_has_died_and_odd_ids_are_nobody(
    visit: Visit, world: World, database: Database
) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/organisations/{world.choir}/members"
    gone = await standing.resident(world.places.community, name="陈梅")
    await database.execute("UPDATE resident SET state = 'died', state_on = '2026-01-05' WHERE name = '陈梅'")
    for typed in (str(gone.resident_id), "9" * 5000, "-1", "x"):
        assert (await browser.post(path, {"resident": typed})).status_code == 404, typed[:9]
