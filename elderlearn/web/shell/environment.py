"""The one Jinja environment: escaping, strict names, both languages, our filters."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from elderlearn import locale
from elderlearn.ground.files import templates_folder
from elderlearn.ground.languages import clock_time
from elderlearn.web.shell import changes, charts, dates, numbers
from elderlearn.web.shell.assets import static
from elderlearn.web.shell.filled import with_typing
from elderlearn.web.shell.lists import first_page_instead
from elderlearn.web.shell.scan_words import queue_words

FILTERS = {
    "when": dates.when,
    "day": dates.day,
    "short_date": dates.short_date,
    "full_date": dates.full_date,
    "weekday": dates.weekday,
    "together": lambda said: said.replace("\u2013", "\u2060\u2013\u2060"),  # a time is not torn at its dash
    "hours": dates.hours,
    "clock": clock_time,
    "ago": dates.ago,
    "length_of": dates.length,
    "thousands": numbers.thousands,
    "percent": numbers.percent,
    "points": numbers.points,
    "yuan": numbers.yuan,
    "masked_phone": numbers.masked_phone,
    "masked_name": numbers.masked_name,
    "spaced_phone": numbers.spaced_phone,
    "dial": numbers.dial,
    "what_changed": changes.what_changed,
    "who_changed": changes.who_changed,
    "which_door": changes.which_door,
    "with_typing": lambda html: Markup(with_typing(str(html))),  # noqa: S704 - one attribute more
}


@cache
def environment() -> Environment:
    """Made once per process; a name a template does not get is an error, never an empty string."""
    made = Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=locale._,
        ngettext=lambda one, many, n: locale.catalogue(locale.spoken()).ngettext(one, many, n),
        pgettext=locale.pgettext,
        newstyle=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(
        first_page_instead=first_page_instead,
        static=static,
        ranked_bars=charts.ranked_bars,
        share_bar=charts.share_bar,
        queue_words=queue_words,
    )
    return made
