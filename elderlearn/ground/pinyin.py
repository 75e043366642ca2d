"""Pure: Chinese names as they are spelled, for order and search: "wang xiu ying" is found by wxy too.

The dictionary of whole phrases stays unloaded: it takes 45 MB in every process. The few words that matter in
titles and names of places, the surnames, and the characters whose rarer sound comes first, are our own data.
"""

from __future__ import annotations

import json
import os
import unicodedata
from functools import cache
from pathlib import Path

LONGEST = 400  # signs; more than the longest name or title takes


def spelled(text: str | None) -> str:
    """A title or the name of a place: syllables and words in small letters, one space between; ü is v."""
    return _joined(_syllables(unicodedata.normalize("NFKC", text or ""))) if text else ""


def spelled_name(name: str | None) -> str:
    """A person's name: the first character is read as a surname."""
    plain = unicodedata.normalize("NFKC", name or "").strip()
    for surnames, length in (("double_surnames", 2), ("surnames", 1)):
        family = _ours()[surnames].get(plain[:length])
        if family:
            return _joined([family, *_syllables(plain[length:])])
    return _joined(_syllables(plain))


def typed_letters(words: str) -> str:
    """What somebody typed, as letters to compare with; empty when it holds anything that is not spelling."""
    text = unicodedata.normalize("NFKC", words).lower().replace("ü", "v")
    letters = "".join(one for one in text if one not in " '’-")
    return letters if letters.isascii() and letters.isalnum() and not letters.isdigit() else ""


def beginning(typed: str) -> str:
    """A pattern for LIKE: what begins with this; percent and underline mean themselves."""
    return typed.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"


def together(column: str) -> str:
    """SQL: the syllables without spaces. Indexes repeat it word for word."""
    return f"replace({column}, ' ', '')"


def initials(column: str) -> str:
    """SQL: the first letter of every syllable."""
    return rf"regexp_replace({column}, '(\S)\S*\s*', '\1', 'g')"


def in_order(column: str) -> str:
    """SQL: by its spelling, then by the characters; the same on every machine."""
    return f'{column}_pinyin COLLATE "C", {column} COLLATE "C"'


def findable(column: str) -> str:
    """SQL: the text with its spelling and its first letters, to look for words anywhere in it."""
    return f"{column} || ' ' || {together(column + '_pinyin')} || ' ' || {initials(column + '_pinyin')}"


def _joined(parts: list[str]) -> str:
    return " ".join(part for part in parts if part)[:LONGEST].strip()


def _syllables(text: str) -> list[str]:
    """Chinese characters one by one, letters and digits as words; all other signs only part them."""
    parts: list[str] = []
    word, at = "", 0
    while at < len(text):
        pair = _ours()["words"].get(text[at : at + 2])
        one = text[at].lower()
        reading = pair or _reading(one)
        if reading or not one.isalnum():
            parts += [word, reading]
            word = ""
        else:
            word += one
        at += 2 if pair else 1
    return [*parts, word]


@cache
def _reading(character: str) -> str:
    """Empty for what is not a Chinese character, or one nobody can read."""
    often = _ours()["often"].get(character, "")
    if often or character.isascii():
        return often
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # 13 MB, only where names are written or searched

    return "".join(lazy_pinyin(character, errors="ignore"))


@cache
def _ours() -> dict[str, dict[str, str]]:
    """Surnames of one and of two characters, words, and what single characters mostly sound like."""
    found: dict[str, dict[str, str]] = json.loads((Path(__file__).parent / "data/pinyin.json").read_text("utf-8"))
    return found
