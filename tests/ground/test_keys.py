"""Secrets of the installation."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from elderlearn.ground.keys import secret
from elderlearn.ground.settings import forget


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A fresh folder of keys."""
    monkeypatch.setenv("ELDERLEARN_KEYS", str(tmp_path / "keys"))
    forget()
    secret.cache_clear()
    yield tmp_path / "keys"
    monkeypatch.undo()
    forget()
    secret.cache_clear()


def test_a_key_is_made_once_and_nobody_else_reads_it(folder: Path) -> None:
    made = secret("card-1")
    secret.cache_clear()
    assert secret("card-1") == made and len(made) == 32 and secret("card-2") != made
    assert [oct(path.stat().st_mode & 0o777) for path in sorted(folder.iterdir())] == ["0o600"] * 2
    assert oct(folder.stat().st_mode & 0o777) == "0o700"


def test_a_setting_replaces_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELDERLEARN_KEY_CARD_1", "ab" * 32)
    assert secret("card-1") == b"\xab" * 32
    assert not folder.exists()


def test_processes_starting_at_once_agree_on_one_key(folder: Path) -> None:
    code = "from elderlearn.ground.keys import secret; print(secret('lookup').hex())"
    starting = [
        subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, env=dict(os.environ))
        for _ in range(4)
    ]
    said = {process.communicate()[0] for process in starting}
    assert len(said) == 1 and len(said.pop().strip()) == 64
    assert [path.name for path in folder.iterdir()] == ["lookup"]
