"""Members of a society at the office: whoever shows her card may join, and shows no more than her masked name."""

from __future__ import annotations

from elderlearn.catalogue.ask_to_join import ask_to_join
from elderlearn.catalogue.join_queries import belongs, requests_at
from elderlearn.people.cards import current_code
from tests import people_standing as standing
from tests.conftest import Database
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.planning.world import World


async def test_a_card_of_another_street_tells_only_the_masked_name(visit: Visit, world: World) -> None:
    browser, path = await visit(staff=world.officer), f"/planning/organisations/{world.choir}/members"
    card = await current_code((await standing.neighbour(world.places)).resident_id)
    assert card is not None
    for typed in (card.number, card.code):
        text = (await browser.post(f"{path}/search", {"words": typed})).text
        assert "李**" in text and "李建国" not in text and "born 1950" not in text
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


async def test_the_office_answers_who_would_like_to_join(visit: Visit, world: World) -> None:
    path = f"/planning/organisations/{world.choir}/members"
    her, li = (
        (await standing.resident(world.places.community, name="陈梅")),
        await standing.neighbour(world.places),
    )
    for one in (her, li):
        await ask_to_join(world.choir, one.resident_id, by=CLI)
    first, second = await requests_at(world.choir)
    desk = await visit(staff=await standing.desk(world.places.street))
    page = (await desk.get(path)).text
    assert "2 people would like to join" in page and "陈梅" in page and "李**" in page and "李建国" not in page
    assert "/requests/" not in page
    assert (await desk.post(f"{path}/requests/{first.id}", {"answer": "yes"})).status_code == 404
    browser = await visit(staff=world.officer)
    for answer, said in (("yes", "She is a member now"), ("full", "She is a member now")):
        shown = await browser.follow(await browser.post(f"{path}/requests/{first.id}", {"answer": answer}))
        assert said in shown.text
    shown = await browser.follow(await browser.post(f"{path}/requests/{second.id}", {"answer": "full"}))
    assert "She is told" in shown.text and "would like to join" not in shown.text
    for odd in (0, 987654, 10**30):
        assert (await browser.post(f"{path}/requests/{odd}", {"answer": "yes"})).status_code in (303, 404)
    other = await visit(staff=await standing.officer(world.places.other_street))
    assert (await other.post(f"{path}/requests/{second.id}", {"answer": "yes"})).status_code == 404
    assert (await belongs(world.choir, li.resident_id)).state == "declined"
