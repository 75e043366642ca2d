"""The district these tests plan in."""

from __future__ import annotations

import pytest

from tests.conftest import Database
from tests.web.planning.world import World, make_world


@pytest.fixture
async def world(database: Database) -> World:
    """Fresh for each test."""
    return await make_world()
