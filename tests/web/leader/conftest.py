"""The evening of these tests."""

from __future__ import annotations

import pytest

from tests.conftest import Database
from tests.web.leader.evening import Evening, make_evening


@pytest.fixture
async def evening(database: Database) -> Evening:
    """A class that is on now."""
    return await make_evening()
