"""The town of these tests."""

from __future__ import annotations

import pytest

from tests.conftest import Database
from tests.web.open.town import Town, make_town


@pytest.fixture
async def town(database: Database) -> Town:
    """People and an academy, no course yet."""
    return await make_town()
