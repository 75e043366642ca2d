"""The page of blank cards."""

from __future__ import annotations

import re

from tests import people_standing as standing
from tests.conftest import Database
from tests.web.conftest import Visit
from tests.web.desk.conftest import Counter


async def test_a_sheet_is_made_and_printed_twice_by_its_own_desk_only(
    visit: Visit, counter: Counter, database: Database
) -> None:
    desk = await visit(staff=counter.desk)
    for wrong in ("", "0", "201", "x"):
        refused = await desk.sent_back("/desk/cards", {"count": wrong})
        assert 'id="e-count"' in refused.text and f'value="{wrong}"' in refused.text
    text = (await desk.follow(await desk.post("/desk/cards", {"count": "12"}))).text
    assert "12 cards" in text and "12 without a name" in text
    found = re.search(r'action="(/desk/cards/\d+/sheet)"', text)
    assert found
    sheet = await desk.post(found[1])
    assert sheet.headers["content-type"] == "application/pdf" and sheet.content.startswith(b"%PDF")
    assert b"/Count 2" in sheet.content  # pages
    assert (await desk.post(found[1])).status_code == 200
    assert await database.value("SELECT count(*) FROM card WHERE state <> 'blank' AND batch IS NOT NULL") == 0
    assert (await desk.get(found[1])).status_code == 303
    elsewhere = await visit(staff=await standing.desk(counter.places.other_street))
    assert (await elsewhere.post(found[1])).status_code == 404
    auditor = await visit(staff=counter.auditor)
    assert (await auditor.get("/desk/cards")).status_code == 404
    assert (await auditor.post("/desk/cards", {"count": "1"})).status_code == 404
