"""What the scanner sends: verdicts for each, whatever was sent, and nothing about sessions of others."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from elderlearn.ground.clock import now
from tests.checkin.hall import attendances
from tests.web.conftest import CSRF, Visit, Visitor
from tests.web.leader.evening import Evening


def scan(evening: Evening, code: str, **changes: object) -> dict[str, Any]:
    return {
        "scan_id": str(uuid4()),
        "session_id": str(evening.on_now),
        "code": code,
        "scanned_at": now().isoformat(),
        "method": "camera",
    } | changes


async def send(browser: Visitor, body: object) -> httpx.Response:
    """As static/scanner/queue.js does."""
    if CSRF not in browser.client.cookies:
        await browser.get("/sign-in")
    headers = {
        "Content-Type": "application/json",
        "HX-Request": "true",
        "X-CSRFToken": browser.client.cookies.get(CSRF, ""),
    }
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await browser.client.post("/lead/scans", content=content, headers=headers)


async def test_a_batch_gets_a_verdict_each_and_the_counter(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    wang, forged, bare = scan(evening, evening.wang.card_code), scan(evening, "x"), scan(evening, "")
    answer = (await send(browser, {"sent_at": now().isoformat(), "scans": [wang, forged, bare, 7, None]})).json()
    assert [one["verdict"] for one in answer["verdicts"]] == ["recorded", *["refused"] * 4]
    assert answer["verdicts"][0] == {
        "scan_id": wang["scan_id"], "verdict": "recorded", "reason": None, "name": "王**",
    }  # fmt: skip
    assert answer["here"] == {str(evening.on_now): 1}


async def test_a_lost_answer_sent_again_is_the_same_scan(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    body = {"sent_at": now().isoformat(), "scans": [scan(evening, evening.wang.card_code)]}
    await send(browser, body)
    again = (await send(browser, body)).json()
    assert again["verdicts"][0]["verdict"] == "same_scan"
    assert again["here"] == {str(evening.on_now): 1}
    assert len(await attendances()) == 1


async def test_another_leader_is_told_neither_names_nor_numbers(visit: Visit, evening: Evening) -> None:
    await send(await visit(staff=evening.leader), {"scans": [scan(evening, evening.wang.card_code)]})
    answer = await send(
        await visit(staff=evening.other_leader), {"scans": [scan(evening, evening.wang.card_code)]}
    )
    assert answer.json()["verdicts"][0]["reason"] == "not_yours"
    assert answer.json()["verdicts"][0]["name"] is None
    assert answer.json()["here"] == {}


async def test_a_page_made_for_another_leader_is_told_to_sign_in(visit: Visit, evening: Evening) -> None:
    body = {"who": f"staff:{evening.other_leader.id}", "scans": [scan(evening, evening.wang.card_code)]}
    answer = await send(await visit(staff=evening.leader), body)
    assert answer.status_code == 401
    body["who"] = f"staff:{evening.leader.id}"
    answer = await send(await visit(staff=evening.leader), body)
    assert answer.json()["verdicts"][0]["verdict"] == "recorded"


async def test_a_phone_whose_clock_is_an_hour_off_is_put_right(visit: Visit, evening: Evening) -> None:
    browser = await visit(staff=evening.leader)
    wrong = (now() + timedelta(hours=4)).isoformat()
    body = {"sent_at": wrong, "scans": [scan(evening, evening.wang.card_code, scanned_at=wrong)]}
    assert (await send(browser, body)).json()["verdicts"][0]["verdict"] == "recorded"


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{}", b"\xff\xfe", b'{"scans": {}}', b'{"scans": []}', b'{"scans": "x"}',
        b"[" * 9999, json.dumps({"scans": [1] * 501}).encode(),
    ],
    ids=range(10),
)  # fmt: skip
async def test_a_broken_envelope_is_400_with_a_code(visit: Visit, evening: Evening, body: bytes) -> None:
    answer = await send(await visit(staff=evening.leader), body)
    assert answer.status_code == 400
    assert answer.json() == {"code": "invalid_batch"}


async def test_hostile_items_spoil_no_other(visit: Visit, evening: Evening) -> None:
    hostile: list[object] = [
        scan(evening, "\0\ud800" * 50),
        scan(evening, "x", scan_id="\0"),
        scan(evening, "x", scan_id="\ud800"),
        scan(evening, "x", scan_id=[]),
        scan(evening, "x", session_id=2**70),
        scan(evening, "x", session_id={"a": 1}),
        scan(evening, "x", scanned_at="0000-99-99"),
        scan(evening, "x", method="\ud800", name="\0", device_seq=-1),
        {"scan_id": {}},
        [[]],
    ]
    good = scan(evening, evening.wang.card_code)
    answer = await send(await visit(staff=evening.leader), {"scans": [*hostile, good], "sent_at": 5})
    assert answer.status_code == 200
    verdicts = [one["verdict"] for one in answer.json()["verdicts"]]
    assert verdicts == ["refused"] * len(hostile) + ["recorded"]


async def test_an_ended_sign_in_and_a_missing_token_keep_the_scans_on_the_phone(
    visit: Visit, evening: Evening
) -> None:
    body = {"scans": [scan(evening, evening.wang.card_code)]}
    ended = await send(await visit(), body)
    assert ended.status_code == 401
    assert ended.headers["hx-redirect"].startswith("/sign-in")
    forgotten = await (await visit(staff=evening.leader)).client.post("/lead/scans", json=body)
    assert forgotten.status_code == 403
    assert await attendances() == []
