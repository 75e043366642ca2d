"""The keys that sign cards: `card-1`, `card-2` … Keys are added, never removed: printed cards live for years."""

from __future__ import annotations

import os
import re

from elderlearn.ground.keys import secret
from elderlearn.ground.settings import settings

KEY_FILE = re.compile(r"card-([1-9][0-9]{0,2})")
KEY_SETTING = re.compile(r"ELDERLEARN_KEY_CARD_([1-9][0-9]{0,2})")


def card_keys() -> dict[int, bytes]:
    """Every known key by its id, 1 to 255. The first is made when it is not there."""
    return {key_id: secret(f"card-{key_id}") for key_id in sorted(_known_ids())}


def signing_key() -> tuple[int, bytes]:
    """The newest key: it signs new cards."""
    return max(card_keys().items())


def _known_ids() -> set[int]:
    folder = settings().keys
    names = [KEY_FILE.fullmatch(path.name) for path in folder.glob("card-*")] if folder.is_dir() else []
    names += [KEY_SETTING.fullmatch(name) for name in os.environ]
    return {1} | {int(found[1]) for found in names if found and int(found[1]) < 256}
