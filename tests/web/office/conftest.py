"""The year of these tests."""

from __future__ import annotations

import pytest

from tests.conftest import Database
from tests.web.office.year import Year, make_year


@pytest.fixture
async def year(database: Database) -> Year:
    """2025, with one regular."""
    return await make_year()
