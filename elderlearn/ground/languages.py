"""The languages people read, for rooms that know no page: which there are, sentences, moments in words."""

from __future__ import annotations

from datetime import datetime
from gettext import NullTranslations

from babel.dates import format_date, format_skeleton, format_time

from elderlearn.ground import clock
from elderlearn.locale import DEFAULT as DEFAULT
from elderlearn.locale import LANGUAGES as LANGUAGES
from elderlearn.locale import _, catalogue, habits, speaking, spoken

PARTS = {"zh_CN": "Bh:mm", "en": "H:mm"}  # "B": the part of the day in front, so that 2:30 is never 14:30
REGION = {"en": "en_GB"}  # whose habits English dates follow: 24 November, not November 24


def known(language: str | None) -> str:
    """The language itself if we speak it, else the default."""
    return language if language in LANGUAGES else DEFAULT


def gettext_for(language: str | None) -> NullTranslations:
    """All sentences of one language, loaded once; an untranslated one is its English id."""
    return catalogue(known(language))


def moment_in_words(moment: datetime, language: str | None) -> str:
    """ "Tuesday, 24 November, 9:00" on a Shanghai clock. No year: it is soon, and the weekday settles it."""
    with speaking(language):
        region = habits(REGION.get(spoken(), spoken()))
        local = clock.local(moment)
        return _(
            "%(weekday)s, %(day)s, %(time)s",
            weekday=format_date(local, "EEEE", locale=region),
            day=format_skeleton("MMMMd", local, locale=region),
            time=clock_time(moment),
        )


def clock_time(moment: datetime) -> str:
    """ "14:30" as pages and messages say it; in Chinese with the part of the day in front."""
    return format_time(clock.local(moment).time(), PARTS[spoken()], locale=habits(spoken()))
