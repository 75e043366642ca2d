"""The page of messages that a trial does not really send."""

from __future__ import annotations

import pytest

from elderlearn.ground.settings import forget
from elderlearn.notices.send import send_due
from tests.web.conftest import Visit
from tests.web.open.test_sign_in import PHONE
from tests.web.open.town import Town


async def test_a_trial_shows_the_code_that_would_have_been_sent(visit: Visit, town: Town) -> None:
    browser = await visit()
    page = await browser.send("/sign-in", {"phone": PHONE})
    assert 'href="/pretend"' in page.text
    assert "No message yet" in (await browser.get("/pretend")).text
    await send_due(10)
    shown = (await browser.get("/pretend")).text
    code = (
        shown.split("sign-in code is ")[1][:6] if "sign-in code is " in shown else shown.split("验证码是 ")[1][:6]
    )
    answer = await browser.post("/sign-in/code", {"phone": PHONE, "code": code})
    assert answer.headers["location"] == "/my/home"


async def test_where_messages_are_really_sent_there_is_no_such_page_and_no_link_to_it(
    visit: Visit, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELDERLEARN_GATEWAY", "webhook")
    forget()
    browser = await visit()
    assert (await browser.get("/pretend")).status_code == 404
    assert "/pretend" not in (await browser.send("/sign-in", {"phone": PHONE})).text
