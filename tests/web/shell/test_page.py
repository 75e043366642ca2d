"""Pages, fragments, redirects and what they say."""

from __future__ import annotations

import pytest

from elderlearn.web.shell.page import local_path
from elderlearn.web.shell.said import COOKIE
from tests.web.conftest import Visit


async def test_the_same_address_is_a_page_or_for_htmx_a_fragment(visit: Visit) -> None:
    somebody = await visit()
    whole, part = await somebody.get("/trial/draw"), await somebody.get("/trial/draw", htmx=True)
    assert "<html" in whole.text
    assert "<html" not in part.text
    assert "&lt;b&gt;twice&lt;/b&gt;" in whole.text
    assert part.headers["hx-push-url"] == "/trial/draw?q=%E5%A4%AA%E6%9E%81"
    assert "hx-push-url" not in whole.headers


async def test_restoring_the_history_asks_for_the_whole_page(visit: Visit) -> None:
    somebody = await visit()
    somebody.client.headers["HX-History-Restore-Request"] = "true"
    assert "<html" in (await somebody.get("/trial/draw", htmx=True)).text


async def test_after_a_post_the_next_page_says_it_once(visit: Visit) -> None:
    somebody = await visit()
    answer = await somebody.post("/trial/lead")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/trial/draw?q=%E5%A4%AA%E6%9E%81"
    part = await somebody.get("/trial/draw", htmx=True)
    assert "All is well — 好" in part.text
    assert 'hx-swap-oob="true"' in part.text
    assert "All is well" not in (await somebody.get("/trial/draw", htmx=True)).text


async def test_htmx_is_redirected_by_header(visit: Visit) -> None:
    answer = await (await visit()).post("/trial/lead", htmx=True)
    assert (answer.status_code, answer.headers["hx-redirect"]) == (200, "/trial/draw?q=%E5%A4%AA%E6%9E%81")


@pytest.mark.parametrize("forged", ["", "x", "x.y", "." * 50, "00.W10"])
async def test_a_sentence_that_is_not_ours_is_not_shown(visit: Visit, forged: str) -> None:
    somebody = await visit()
    somebody.client.cookies.set(COOKIE, forged)
    answer = await somebody.get("/trial/draw", htmx=True)
    assert answer.status_code == 200
    assert "hx-swap-oob" not in answer.text


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/my/courses?x=1", "/my/courses?x=1"),
        ("//evil.example", "/"),
        ("https://evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/a\nSet-Cookie: x", "/"),
        ("", "/"),
        (None, "/"),
    ],
)
def test_nobody_is_led_to_another_site(asked: str | None, led: str) -> None:
    assert local_path(asked) == led
