"""HEAD at every door."""

from __future__ import annotations

from litestar import Litestar

from tests.conftest import Database
from tests.web.conftest import Visit


async def test_every_page_answers_head_like_get_without_its_inside(
    app: Litestar, visit: Visit, database: Database
) -> None:
    stranger = await visit()
    for path in ("/", "/sign-in", "/courses", "/healthz", "/static/app.css", "/desk/people", "/nowhere"):
        get = await stranger.client.get(path)
        head = await stranger.client.head(path)
        assert head.status_code == get.status_code, path
        assert head.headers.get("content-type") == get.headers.get("content-type"), path
        assert not head.content, path


async def test_what_changes_something_is_not_asked_by_head(visit: Visit) -> None:
    assert (await (await visit()).client.head("/sign-out")).status_code in (404, 405)
