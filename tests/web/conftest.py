"""Doors through HTTP, in the loop of the test: `visit` makes somebody with a browser of her own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from functools import cache
from typing import Any

import httpx
import pytest
from litestar import Litestar

from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.sign_in.start import start_for_resident, start_for_staff
from elderlearn.web.shell.viewer import COOKIE
from tests.conftest import Database
from tests.people_standing import StandingStaff

CSRF = "csrftoken"
HTMX = {"HX-Request": "true"}


class Visitor:
    """A browser without JavaScript, or with htmx when asked: keeps cookies, fills in the CSRF field."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, *, htmx: bool = False, **options: Any) -> httpx.Response:
        """One page; redirects are shown, not followed."""
        return await self.client.get(path, headers=HTMX if htmx else {}, **options)

    async def post(
        self, path: str, data: Mapping[str, Any] | None = None, *, htmx: bool = False, **options: Any
    ) -> httpx.Response:
        """A form as our pages send it."""
        if CSRF not in self.client.cookies:
            await self.client.get("/sign-in")
        form = {**(data or {}), "_csrf_token": self.client.cookies.get(CSRF, "")}
        return await self.client.post(path, data=form, headers=HTMX if htmx else {}, **options)

    async def send(self, path: str, data: Mapping[str, Any] | None = None, **options: Any) -> httpx.Response:
        """A form, and the page it leads to."""
        answer = await self.post(path, data, **options)
        return await self.follow(answer) if answer.status_code == 303 else answer

    async def sent_back(self, path: str, data: Mapping[str, Any] | None = None) -> httpx.Response:
        """A form that is refused, and the page it is sent back to, which says why."""
        answer = await self.post(path, data)
        assert answer.status_code == 303, "an answer to a POST that Back would ask to send again"
        shown = await self.follow(answer)
        assert shown.status_code == 200 and 'class="note no"' in shown.text
        return shown

    async def follow(self, answer: httpx.Response) -> httpx.Response:
        """The page a redirect leads to, plain or by htmx."""
        return await self.get(answer.headers.get("location") or answer.headers["hx-redirect"])


Visit = Callable[..., Awaitable[Visitor]]


@cache
def whole() -> Litestar:
    """The installation, made once for all tests: it keeps nothing between requests, and making it takes longer
    than most tests."""
    from elderlearn.app import create_app

    return create_app()


@pytest.fixture
async def app(database: Database) -> Litestar:
    """The real application over the test's own database; the pool is already open."""
    return whole()


@pytest.fixture
async def visit(app: Litestar) -> AsyncIterator[Visit]:
    """`await visit()`: a stranger; `visit(resident=its_id)`, `visit(staff=officer)`; `lang="zh_CN"`."""
    async with AsyncExitStack() as stack:

        async def enter(
            resident: int | None = None, staff: StandingStaff | None = None, *, lang: str = "en"
        ) -> Visitor:
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            client = httpx.AsyncClient(transport=transport, base_url="http://elderlearn.test")
            await stack.enter_async_context(client)
            client.cookies.set("lang", lang)
            if resident is not None or staff is not None:
                client.cookies.set(COOKIE, await token_for(resident, staff))
            return Visitor(client)

        yield enter


async def token_for(resident: int | None, staff: StandingStaff | None) -> str:
    """The cookie value of somebody who has just signed in."""
    async with unit_of_work():
        if staff is not None:
            return await start_for_staff(staff.id, staff.role, way="password")
        assert resident is not None
        return await start_for_resident(resident, way="code")
