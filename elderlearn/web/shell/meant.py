"""Pure: who on a list is meant by what was typed: part of the name, its spelling, or the end of the number."""

from __future__ import annotations

from elderlearn.ground.pinyin import spelled_name, typed_letters


def is_meant(name: str, number_ends: str, words: str) -> bool:
    """Spelled from its beginning or by first letters; digits are compared with the end of the number."""
    letters = typed_letters(words)
    spelled = spelled_name(name)
    initials = "".join(syllable[0] for syllable in spelled.split())
    is_spelled = bool(letters) and (spelled.replace(" ", "").startswith(letters) or initials.startswith(letters))
    return is_spelled or words in name or (words.isdecimal() and words.endswith(number_ends or "-"))
