"""Pure: days and clocks as people type them, as one moment in Shanghai."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from elderlearn.ground.clock import SHANGHAI, local
from elderlearn.locale import _
from elderlearn.web.shell.forms import Form

CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")


def clock(form: Form, name: str, *, need: str) -> time | None:
    """A clock as browsers send it (09:00) or as people type it (9.00); complains at the field."""
    typed = form.text(name, need=need)
    if not typed:
        return None
    matched = CLOCK.fullmatch(unicodedata.normalize("NFKC", typed))
    if matched and int(matched[1]) < 24 and int(matched[2]) < 60:
        return time(int(matched[1]), int(matched[2]))
    form.complain(name, _("Please write a time like 9:00."))
    return None


def moment(on: date, at: time) -> datetime:
    """That clock on that day in Shanghai."""
    return datetime.combine(on, at, tzinfo=SHANGHAI).astimezone(UTC)


def until(starts_at: datetime, ends: time) -> datetime:
    """The next time the clock shows `ends`: an evening may go on past midnight."""
    same_day = moment(local(starts_at).date(), ends)
    return same_day if same_day > starts_at else moment(local(starts_at).date() + timedelta(days=1), ends)


def typed_day(at: datetime | None) -> str:
    """For a date field."""
    return local(at).date().isoformat() if at else ""


def typed_clock(at: datetime | None) -> str:
    """For a time field."""
    return f"{local(at):%H:%M}" if at else ""
