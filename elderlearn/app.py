"""Wiring: the only file that knows all doors."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from litestar import Litestar, Router
from litestar.config.compression import CompressionConfig
from litestar.config.csrf import CSRFConfig

from elderlearn import api
from elderlearn.ground.connection import open_pool
from elderlearn.ground.keys import secret
from elderlearn.ground.settings import settings
from elderlearn.jobs.kick import kick_after_change
from elderlearn.locale import LANGUAGES, catalogue
from elderlearn.web import desk, helper, leader, office, open, planning, resident, shell
from elderlearn.web.shell.assets import digest
from elderlearn.web.shell.errors import HANDLERS
from elderlearn.web.shell.head import answering_head
from elderlearn.web.shell.headers import security_headers
from elderlearn.web.shell.prolonged import keep_signed_in
from elderlearn.web.shell.reader import Reader

A_MEGABYTE = 1024 * 1024  # a batch of 500 scans is 150 kB; office uploads set their own limit


def create_app(extra: Sequence[Router] = ()) -> Litestar:
    """One web process: all doors, the shell around them, and the database pool while it runs; tests add to it."""
    app = Litestar(
        route_handlers=[*doors(), *extra],
        lifespan=[_ready],
        middleware=[Reader()],
        before_send=[security_headers, keep_signed_in],
        after_response=kick_after_change,
        exception_handlers={kind: api.problem_under_api(handler) for kind, handler in HANDLERS.items()},
        csrf_config=CSRFConfig(
            secret=secret("csrf-1").hex(), cookie_secure=settings().is_https, exclude=["^/api/", "^/static/"]
        ),
        compression_config=CompressionConfig(
            "gzip", minimum_size=1024, gzip_compress_level=5, exclude=["^/static/"]
        ),
        request_max_body_size=A_MEGABYTE,
        openapi_config=None,  # the api door draws its own schema; nothing is served from other hosts
    )
    app.asgi_handler = answering_head(app.asgi_handler)
    return app


def doors() -> list[Router]:
    """Every router of the installation; a test walks them all."""
    return [door.router for door in (shell, open, resident, leader, helper, office, desk, planning, api)]


@asynccontextmanager
async def _ready(_app: Litestar) -> AsyncIterator[None]:
    """Catalogues and files are read before the first request, not during it."""
    for language in LANGUAGES:
        catalogue(language)
    digest()
    async with open_pool():
        yield
