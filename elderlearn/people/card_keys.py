"""The keys that sign cards: `card-1`, `card-2` … Keys are added, never removed: printed cards live for years."""

from __future__ import annotations

import os
import re
import time
from functools import lru_cache
from pathlib import Path

from elderlearn.ground.keys import secret
from elderlearn.ground.settings import settings

SETTLES_IN = 2.0  # seconds
KEY_FILE = re.compile(r"card-([1-9][0-9]{0,2})")
KEY_SETTING = re.compile(r"ELDERLEARN_KEY_CARD_([1-9][0-9]{0,2})")


def card_keys() -> dict[int, bytes]:
    """Every known key by its id, 1 to 255. The first is made when it is not there.

    Asked for by every scan, so the folder is read again only when something in it changed, or may just be
    changing: clocks of file systems tick slowly.
    """
    folder = settings().keys
    changed_at = folder.stat().st_mtime if folder.is_dir() else 0.0
    given = tuple(name for name in os.environ if name.startswith("ELDERLEARN_KEY_CARD_"))
    is_settled = time.time() - changed_at > SETTLES_IN
    return (_kept if is_settled else _read)(folder, changed_at, given)


def signing_key() -> tuple[int, bytes]:
    """The newest key: it signs new cards."""
    return max(card_keys().items())


def _read(folder: Path, changed_at: float, given: tuple[str, ...]) -> dict[int, bytes]:
    names = [KEY_FILE.fullmatch(path.name) for path in folder.glob("card-*")] if changed_at else []
    names += [KEY_SETTING.fullmatch(name) for name in given]
    known = {1} | {int(found[1]) for found in names if found and int(found[1]) < 256}
    return {key_id: secret(f"card-{key_id}") for key_id in sorted(known)}


_kept = lru_cache(maxsize=1)(_read)
