from __future__ import annotations

from typing import Any

import pytest

from elderlearn.ground import settings
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.notices.outcomes import Outcome
from elderlearn.notices.queries import recent_pretended, unsettled
from elderlearn.notices.send import send_due
from elderlearn.notices.settle import settle
from tests.notices.outbox import Counting, promise

BY = Actor("staff", 1, "office")


async def test_the_pretend_page_shows_what_would_have_been_sent(database: Any) -> None:
    await promise(3, kind="sign_in_code", code="804615")
    await database.execute("UPDATE notice SET district = resident")
    await send_due()
    found = await recent_pretended([1, 2], limit=10)
    assert {one.resident_id for one in found} == {1, 2} and "804615" in found[0].text
    assert len(await recent_pretended(None, limit=2)) == 2


async def test_where_messages_are_really_sent_there_is_no_such_page(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    await promise()
    await send_due()
    monkeypatch.setenv("ELDERLEARN_GATEWAY", "webhook:https://sms.example/send")
    settings.forget()
    try:
        with pytest.raises(Missing):
            await recent_pretended()
    finally:
        monkeypatch.undo()
        settings.forget()


async def test_a_human_settles_what_nobody_knows(database: Any) -> None:
    await promise(3)
    await promise(1, address=None)
    await database.execute("UPDATE notice SET district = 9")
    await send_due(gateway=Counting(Outcome.NO_ANSWER))
    listed = await unsettled([9])
    assert sorted(one.state for one in listed) == ["unknown"] * 3 + ["unreachable"]
    assert await unsettled([8]) == []
    again, told, _ = sorted(one.id for one in listed if one.state == "unknown")
    await settle(again, send_again=True, by=BY)
    await settle(told, send_again=False, by=BY)
    with pytest.raises(Missing):
        await settle(told, send_again=True, by=BY)
    called = next(one.id for one in listed if one.state == "unreachable")
    with pytest.raises(Missing):
        await settle(called, send_again=True, by=BY)
    await settle(called, send_again=False, by=BY)
    way = Counting()
    assert await send_due(gateway=way) == 1 and list(way.sent) == [again]
    assert await database.value("SELECT count(*) FROM trail WHERE action = 'settle_notice'") == 3
