"""Pure: what an import expects of a file. The words people use are data of the room that asks for them."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

NOT_IN_HEADINGS = re.compile(r"\([^)]*\)|\[[^\]]*\]|[\s*:_.\-/]+")


@dataclass(frozen=True)
class Column:
    """A column by its stable name; `names` are the headings it is known by, the first one stands in templates.

    A column that is not `required` may be missing; whether its cells may be empty is said where they are read.
    """

    key: str
    names: tuple[str, ...]
    required: bool = False
    is_secret: bool = False
    example: str = ""


@dataclass(frozen=True)
class Layout:
    """One kind of file: its columns, and the words its cells are written with (`words[group][meaning]`)."""

    kind: str
    columns: tuple[Column, ...]
    words: Mapping[str, Mapping[str, str]]
    texts: Mapping[str, str]

    def word(self, group: str, text: str) -> str | None:
        """The meaning of what somebody wrote, or none."""
        return self.words[group].get(plain(text))

    def column(self, key: str) -> Column:
        """By its stable name."""
        return next(one for one in self.columns if one.key == key)


@cache
def load_layout(path: Path) -> Layout:
    """From a JSON file: columns, words (meaning to the ways it is written), texts."""
    read = json.loads(path.read_text("utf-8"))
    columns = tuple(
        Column(
            key,
            tuple(one["names"]) + (key,),
            one.get("required", False),
            one.get("secret", False),
            one.get("example", ""),
        )
        for key, one in read["columns"].items()
    )
    words = {
        group: {plain(way): meaning for meaning, ways in meanings.items() for way in [*ways, meaning]}
        for group, meanings in read.get("words", {}).items()
    }
    return Layout(path.stem.removeprefix("import_"), columns, words, read.get("texts", {}))


def plain(text: str) -> str:
    """A heading or word without its clothes: width, case, spaces, stars and what stands in brackets."""
    return NOT_IN_HEADINGS.sub("", unicodedata.normalize("NFKC", text).strip().casefold())
