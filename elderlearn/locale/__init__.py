"""The languages people read: English message ids in the code, `.po` catalogues beside it, merged at start.

`_("…")` speaks the language of the present request or job; `N_("…")` only marks a sentence to be said later.
"""

from __future__ import annotations

import gettext as std_gettext
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"zh_CN": "zh-CN", "en": "en"}  # our name: the name in <html lang>
DEFAULT = "zh_CN"
CATALOGUES = ("shell", "open", "resident", "leader", "helper", "office", "desk", "planning", "notices", "api")
FOLDER = Path(__file__).parent

_spoken: ContextVar[str] = ContextVar("elderlearn_language", default=DEFAULT)


def spoken() -> str:
    """The language now spoken: one of LANGUAGES."""
    return _spoken.get()


def speak(language: str | None) -> None:
    """Speak `language` for the rest of this request or job; anything unknown means the default."""
    _spoken.set(language if language in LANGUAGES else DEFAULT)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak `language` inside the block only: a notice is written in its reader's language."""
    token = _spoken.set(language if language in LANGUAGES else DEFAULT)
    try:
        yield
    finally:
        _spoken.reset(token)


def _(message: str, **values: object) -> str:
    """The sentence in the spoken language; `%(name)s` in it is filled from `values`."""
    said = catalogue(spoken()).gettext(message)
    return said % values if values else said


def pgettext(context: str, message: str, **values: object) -> str:
    """Like `_` for a word that means different things in different places."""
    said = catalogue(spoken()).pgettext(context, message)
    return said % values if values else said


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """Like `_` for a counted thing; `%(n)s` is the number."""
    return catalogue(spoken()).ngettext(singular, plural, n) % {"n": n, **values}


def N_(message: str) -> str:
    """Marks a sentence for the catalogues and returns it unchanged; say it with `_(it)`."""
    return message


@cache
def habits(language: str) -> Locale:
    """How dates and numbers are written. Kept, because Babel looks through all its files for each name."""
    return Locale.parse(language)


@cache
def catalogue(language: str) -> std_gettext.NullTranslations:
    """All sentences of one language. English needs no file: its sentences are the ids."""
    merged = std_gettext.NullTranslations()
    for name in reversed(CATALOGUES):
        path = FOLDER / language / "LC_MESSAGES" / f"{name}.po"
        if path.is_file():
            part = compiled(path, language)
            part.add_fallback(merged)
            merged = part
    return merged


def compiled(path: Path, language: str) -> std_gettext.GNUTranslations:
    """One `.po` file, compiled in memory: no `.mo` file that could be forgotten."""
    binary = io.BytesIO()
    with path.open("rb") as file:
        write_mo(binary, read_po(file, locale=language))
    binary.seek(0)
    return std_gettext.GNUTranslations(binary)
