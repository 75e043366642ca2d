"""The cookie of a sign-in is kept as long as the sign-in lasts."""

from __future__ import annotations

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit

NEARLY_OVER = "UPDATE sign_in SET seen_at = now() - interval '1 hour', expires_at = now() + interval '1 minute'"


async def test_a_sign_in_near_its_end_is_prolonged_by_use_with_its_cookie(
    visit: Visit, database: Database
) -> None:
    places = await standing.place_tree()
    resident = (await standing.resident(places.community)).resident_id
    browser = await visit(resident=resident)
    await database.execute(NEARLY_OVER)
    before = browser.client.cookies["el"]
    [kept] = [one for one in (await browser.get("/my")).headers.get_list("set-cookie") if one.startswith("el=")]
    assert f"el={before};" in kept and "Max-Age=15552000" in kept and "HttpOnly" in kept
    await database.execute("UPDATE sign_in SET seen_at = now() - interval '1 hour'")
    assert "el=" not in str((await browser.get("/my")).headers.get_list("set-cookie"))  # once a day


async def test_who_signs_out_is_signed_out_also_then(visit: Visit, database: Database) -> None:
    places = await standing.place_tree()
    browser = await visit(resident=(await standing.resident(places.community)).resident_id)
    await browser.get("/my")
    await database.execute(NEARLY_OVER)
    answer = await browser.post("/sign-out")
    [gone] = [one for one in answer.headers.get_list("set-cookie") if one.startswith("el=")]
    assert "Max-Age=0" in gone
    assert (await browser.get("/my")).status_code == 303
