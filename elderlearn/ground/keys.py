"""Secrets of the installation: made on the first use, kept in `keys/` (0600), never in the database."""

from __future__ import annotations

import contextlib
import os
import secrets
from functools import cache
from pathlib import Path

from elderlearn.ground.settings import settings


@cache
def secret(name: str) -> bytes:
    """32 random bytes under this name, the same for every process and node that shares the folder.

    A setting `ELDERLEARN_KEY_<NAME>` (64 hex digits) replaces the file. The name carries its version
    (`card-1`, `cipher-1`): keys are added, never changed, because printed cards live for years.
    """
    given = os.environ.get(f"ELDERLEARN_KEY_{name.upper().replace('-', '_')}")
    if given:
        return bytes.fromhex(given)
    folder = settings().keys
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / name
    if not path.exists():
        _make(path)
    return bytes.fromhex(path.read_text("ascii").strip())


def _make(path: Path) -> None:
    """Whole or not at all: two processes starting at once agree on one key."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secrets.token_hex(32))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
