"""The web process the floors run in: the same server and pool as the product's, and nothing else of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
from litestar import Litestar, get

from elderlearn.bench.floor.catalogue_page import show_bare_page
from elderlearn.bench.floor.enrolments import write_enrolment
from elderlearn.bench.floor.report import read_report
from elderlearn.bench.floor.scans import write_scans
from elderlearn.ground.settings import settings


def create_app() -> Litestar:
    """Bare: no middleware, no compression, no schema."""
    return Litestar(
        route_handlers=[say_up, write_scans, write_enrolment, read_report, show_bare_page],
        lifespan=[_pool],
        openapi_config=None,
    )


@asynccontextmanager
async def _pool(app: Litestar) -> AsyncIterator[None]:
    size = settings().pool_size
    async with asyncpg.create_pool(settings().database_url, min_size=0, max_size=size) as pool:
        app.state.pool = pool
        yield


@get("/healthz")
async def say_up() -> str:
    """The process answers."""
    return "up"
