"""Pure: the Chinese words of the sample district, read from data so that code stays English."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

FILE = Path(__file__).parent / "data" / "words.json"


@cache
def words() -> dict[str, Any]:
    """All of them."""
    loaded: dict[str, Any] = json.loads(FILE.read_text("utf-8"))
    return loaded


def person_name(random: Random, sex: str) -> str:
    """A common surname and a given name of that generation."""
    surnames: str = words()["surnames"]
    # Squaring favours the front of the list: the commonest surnames stand first.
    surname = surnames[int(len(surnames) * random.random() ** 2)]
    given: list[str] = words()[f"given_{sex}"]
    return surname + random.choice(given)


def place_short(name: str) -> str:
    """The name of a community without its kind (`...` residents' committee), for names of organisations."""
    for suffix in words()["suffixes"]:
        if name.endswith(suffix):
            return name.removesuffix(suffix)
    return name


def named(pattern: str, **values: object) -> str:
    """One of the name patterns, filled."""
    text: str = words()["names"][pattern]
    return text.format(**values)
