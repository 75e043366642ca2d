"""Headers of pages, files and errors."""

from __future__ import annotations

import gzip

import pytest

from elderlearn.ground.settings import forget
from elderlearn.web.shell.assets import assets, digest, static
from tests.web.conftest import Visit


@pytest.mark.parametrize(
    "path", ["/trial/draw", "/no/such/page", "/static/app.js", "/healthz", "/behind/office/who"]
)
async def test_every_answer_carries_the_policy(visit: Visit, path: str) -> None:
    answer = await (await visit()).get(path)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "'wasm-unsafe-eval'" in policy
    assert "unsafe-inline" not in policy
    assert answer.headers["permissions-policy"].startswith("camera=(self)")
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_pages_are_never_kept_and_vary_by_htmx(visit: Visit) -> None:
    answer = await (await visit()).get("/trial/draw")
    assert answer.headers["cache-control"] == "no-store"
    assert {"hx-request", "accept-encoding"} <= {
        word.strip().lower() for word in answer.headers["vary"].split(",")
    }
    assert answer.headers["content-encoding"] == "gzip"


async def test_cookies_are_secure_exactly_over_https(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    somebody = await visit()
    for address, secure in (("http://elderlearn.test", False), ("https://elderlearn.test", True)):
        monkeypatch.setenv("PUBLIC_URL", address)
        forget()
        answer = await somebody.post("/trial/lead")
        cookie = answer.headers["set-cookie"].lower()
        assert ("secure" in cookie) is secure
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        assert ("strict-transport-security" in answer.headers) is secure


async def test_a_file_under_the_digest_is_kept_for_ever(visit: Visit) -> None:
    somebody = await visit()
    answer = await somebody.get(static("base.css"))
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.content == assets()["base.css"].plain
    assert "set-cookie" not in answer.headers


async def test_a_file_without_or_with_an_old_digest_is_asked_for_again(visit: Visit) -> None:
    somebody = await visit()
    for path in ("/static/base.css", "/static/v-000000000000/base.css"):
        answer = await somebody.get(path)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
        tag = answer.headers["etag"]
        again = await somebody.client.get(path, headers={"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")


async def test_wasm_has_its_type_and_is_packed_once(visit: Visit) -> None:
    answer = await (await visit()).get(static("vendor/zxing_reader.wasm"))
    assert answer.headers["content-type"] == "application/wasm"
    packed = assets()["vendor/zxing_reader.wasm"].packed
    assert packed is not None
    assert int(answer.headers["content-length"]) == len(packed)
    assert gzip.decompress(packed) == answer.content


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "%2e%2e/pyproject.toml", "nothing.css", "", "v-1", "//etc/passwd"]
)
async def test_no_other_file_leaves_the_house(visit: Visit, path: str) -> None:
    assert (await (await visit()).get(f"/static/{path}")).status_code == 404


def test_a_wrong_name_fails_when_the_page_is_drawn() -> None:
    with pytest.raises(FileNotFoundError):
        static("no-such.css")
    assert digest().startswith("v-")
