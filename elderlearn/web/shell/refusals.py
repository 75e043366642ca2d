"""Sentences for refusals: a room says `Refusal("closed", on=…)`, a door says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.shell import dates

OTHERWISE = N_("This cannot be done just now. Please ask the staff; they can help you further.")


def sentence(refusal: Refusal, sentences: Mapping[str, str]) -> str:
    """The door's sentence for this code with its values filled in; times are said in words.

    `sentences` maps codes to message ids: `{"closed": N_("Enrolment ended on %(on)s.")}`.
    """
    said = _(sentences.get(refusal.code, OTHERWISE))
    try:
        return said % {name: _in_words(value) for name, value in refusal.values.items()}
    except (KeyError, TypeError, ValueError):
        return _(OTHERWISE)


def _in_words(value: object) -> object:
    if isinstance(value, datetime):
        return dates.when(value)
    return dates.day(value) if isinstance(value, date) else value
