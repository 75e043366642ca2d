"""A data folder with an unfriendly name, cleaned up whatever the test killed."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from elderlearn.ground.embedded import reset

LONG = "a folder with blanks, 'quotes' and a long name " + "x" * 100


@pytest.fixture
def folder() -> Iterator[Path]:
    """Not there yet; over 107 characters, the limit of a unix socket, with blanks and quotes."""
    parent = Path(tempfile.mkdtemp(prefix="el-kill-", dir="/tmp"))
    data = parent / LONG
    yield data
    reset(data)
    shutil.rmtree(parent)
