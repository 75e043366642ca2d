"""Pure: Chinese names as they are spelled, for order and search. "王秀英" is "wang xiu ying"; wxy finds her too.

The dictionary of whole phrases stays unloaded: it takes 45 MB in every process. The few words that matter in
titles and names of places, and the surnames, stand here.
"""

from __future__ import annotations

import os
import unicodedata
from functools import cache

SURNAMES = {
    "单": "shan", "曾": "zeng", "解": "xie", "仇": "qiu", "区": "ou", "查": "zha", "盖": "ge", "朴": "piao",
    "乐": "yue", "缪": "miao", "郇": "xun", "员": "yun", "种": "chong", "黑": "he", "繁": "po", "秘": "bi",
    "祭": "zhai", "句": "gou", "隗": "wei", "乜": "nie", "召": "shao", "占": "zhan", "佴": "nai", "都": "du",
    "翟": "zhai", "藏": "zang", "重": "chong", "洗": "xian", "长": "zhang",
}  # fmt: skip
DOUBLE_SURNAMES = {
    "尉迟": "yu chi", "万俟": "mo qi", "长孙": "zhang sun", "澹台": "tan tai", "单于": "chan yu",
}  # fmt: skip
OFTEN = {"长": "chang", "弹": "tan", "调": "tiao", "覃": "qin"}  # where the dictionary puts the rarer one first
WORDS = {
    "音乐": "yin yue", "声乐": "sheng yue", "民乐": "min yue", "器乐": "qi yue", "国乐": "guo yue",
    "西乐": "xi yue", "乐器": "yue qi", "乐队": "yue dui", "乐理": "yue li", "乐团": "yue tuan", "乐谱": "yue pu",
    "长者": "zhang zhe", "长辈": "zhang bei", "成长": "cheng zhang", "家长": "jia zhang", "班长": "ban zhang",
    "曲调": "qu diao", "声调": "sheng diao", "重阳": "chong yang", "重庆": "chong qing", "重温": "chong wen",
    "银行": "yin hang", "朝阳": "chao yang", "厦门": "xia men", "会计": "kuai ji",
}  # fmt: skip
LONGEST = 400  # signs; more than the longest name or title takes


def spelled(text: str | None) -> str:
    """A title or the name of a place: syllables and words in small letters, one space between; ü is v."""
    return _joined(_syllables(unicodedata.normalize("NFKC", text or ""))) if text else ""


def spelled_name(name: str | None) -> str:
    """A person's name: the first character is read as a surname."""
    plain = unicodedata.normalize("NFKC", name or "").strip()
    if plain[:2] in DOUBLE_SURNAMES:
        return _joined([DOUBLE_SURNAMES[plain[:2]], *_syllables(plain[2:])])
    if plain[:1] in SURNAMES:
        return _joined([SURNAMES[plain[:1]], *_syllables(plain[1:])])
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
        pair = WORDS.get(text[at : at + 2])
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
    if character.isascii() or character in OFTEN:
        return OFTEN.get(character, "")
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import lazy_pinyin  # 13 MB, only where names are written or searched

    return "".join(lazy_pinyin(character, errors="ignore"))
