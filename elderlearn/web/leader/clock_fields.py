"""A day, a time of day and a length, as they stand in a form."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from elderlearn.catalogue.schedule import Times
from elderlearn.ground.clock import SHANGHAI, local
from elderlearn.locale import _
from elderlearn.web.shell.forms import Form

STEP = timedelta(minutes=5)
LENGTHS = (30, 45, 60, 90, 120, 150, 180, 240, 360)  # minutes
USUAL = 90
TYPED = re.compile(r"(\d{1,2})(?::?(\d{2}))?(?::\d{2})?")
BETWEEN = re.compile(r"\D+")


def begun(moment: datetime) -> datetime:
    """The last full five minutes on a Shanghai clock."""
    there = local(moment).replace(second=0, microsecond=0)
    return there - timedelta(minutes=there.minute % 5)


def filled(starts_at: datetime, minutes: int = USUAL) -> dict[str, object]:
    """What stands in the fields beforehand."""
    there = local(starts_at)
    return {"on": there.date().isoformat(), "starts": f"{there:%H:%M}", "minutes": minutes}


def lengths(present: int = USUAL) -> list[int]:
    """The lengths to choose from; the present one is among them."""
    return sorted({*LENGTHS, present})


def read_times(form: Form, *, present: int = USUAL) -> Times | None:
    """From `on`, `starts` and `minutes`; none when the form got a complaint."""
    on = form.day("on", need=_("Please choose the day."))
    starts = read_clock(form, "starts")
    length = form.choice("minutes", [str(one) for one in lengths(present)], need=_("Please choose how long."))
    if on is None or starts is None or length is None:
        return None
    return _times(form, on, starts, int(length))


def read_clock(form: Form, name: str) -> time | None:
    """A time of day as browsers send it (09:00) or as people type it (9.00, 0900, 9, full-width)."""
    typed = form.text(name, limit=20, need=_("Please write the time, for example 9:30."))
    found = TYPED.fullmatch(BETWEEN.sub(":", unicodedata.normalize("NFKC", typed)).strip(":"))
    if found and int(found[1]) < 24 and int(found[2] or 0) < 60:
        return time(int(found[1]), int(found[2] or 0))
    if typed:
        form.complain(name, _("Please write the time, for example 9:30."))
    return None


def _times(form: Form, on: date, starts: time, minutes: int) -> Times | None:
    if not 2000 <= on.year <= 2100:
        form.complain("on", _("Please choose the day."))
        return None
    at = datetime.combine(on, starts, tzinfo=SHANGHAI)
    return Times(at, at + timedelta(minutes=minutes))
