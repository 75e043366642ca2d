"""What people see when something is refused or breaks."""

from __future__ import annotations

import logging

import pytest

from tests.web.conftest import Visit


@pytest.mark.parametrize(
    ("what", "status", "words"),
    [
        ("refusal", 422, "Enrolment ended on Monday."),
        ("other-refusal", 422, "Please ask the staff"),
        ("missing", 404, "There is nothing here"),
        ("stale", 409, "Somebody else changed this meanwhile"),
        ("away", 503, "very busy"),
        ("bug", 500, "It is not your fault"),
    ],
)
async def test_every_failure_is_a_calm_page_with_a_next_step(
    visit: Visit, what: str, status: int, words: str
) -> None:
    somebody = await visit()
    whole = await somebody.get(f"/trial/try/{what}")
    assert whole.status_code == status
    assert words in whole.text
    assert "<html" in whole.text
    part = await somebody.get(f"/trial/try/{what}", htmx=True)
    assert part.status_code == status
    assert words in part.text
    assert "<html" not in part.text


async def test_a_bug_shows_a_number_that_stands_in_the_log_and_nothing_of_the_inside(
    visit: Visit, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR, "elderlearn.web"):
        answer = await (await visit()).get("/trial/try/bug")
    reference = caplog.records[-1].getMessage().partition(":")[0]
    assert len(reference) == 8
    assert reference in answer.text
    assert "13800138000" not in answer.text + caplog.text
    assert "Traceback" not in answer.text


async def test_an_unknown_address_and_a_wrong_method_are_pages_in_the_readers_language(visit: Visit) -> None:
    somebody = await visit(lang="zh_CN")
    lost = await somebody.get("/no/such/page")
    assert lost.status_code == 404
    assert "这里没有内容" in lost.text
    assert 'lang="zh-CN"' in lost.text
    assert (await somebody.get("/preferences")).status_code == 405


async def test_a_post_without_the_token_of_our_page_is_refused(visit: Visit) -> None:
    somebody = await visit()
    answer = await somebody.client.post("/preferences", data={"size": "30"})
    assert answer.status_code == 403
    assert "open for too long" in answer.text


async def test_a_body_over_the_limit_is_refused_calmly(visit: Visit) -> None:
    somebody = await visit()
    answer = await somebody.post("/preferences", {"back": "x" * 1_200_000})
    assert answer.status_code == 413
    assert "<html" in answer.text


async def test_unknown_addresses_of_the_api_answer_problem_json(visit: Visit) -> None:
    answer = await (await visit()).get("/api/v1/no-such-thing")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
