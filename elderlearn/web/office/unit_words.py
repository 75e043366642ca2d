"""Pure: reporting units in words: kinds, days, and what a refusal means."""

from __future__ import annotations

from datetime import date
from typing import Any

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.shell.dates import full_date
from elderlearn.web.shell.forms import Form

KINDS = {
    "development_zone": N_("Development zone"),
    "new_town": N_("New town"),
    "other": N_("Other"),
}
REFUSALS = {
    "invalid_code": N_("Please write a short code of letters and figures, without spaces."),
    "code_taken": N_("Another unit has this code. Please choose another one."),
    "invalid_name": N_("Please write the name."),
    "invalid_kind": N_("Please choose what it is."),
    "no_places": N_("Please tick at least one community."),
    "invalid_days": N_("The last day lies before the first. Please look at the days again."),
    "unit_ended": N_("The unit ends on %(ends_on)s. Please choose days until then."),
    "not_a_community": N_("Only communities of this district can be taken."),
    "in_other_unit": N_(
        "%(place)s is in %(unit)s since %(starts_on)s. Tick below that it leaves there the day before."
    ),
    "in_unit": N_("%(place)s is in %(unit)s on some of these days: %(days)s. Please end that first."),
}
FIELDS = {
    "invalid_code": "code", "code_taken": "code", "invalid_name": "name", "invalid_kind": "kind",
    "invalid_days": "ends_on", "unit_ended": "ends_on", "in_other_unit": "moves",
}  # fmt: skip


def days_in_words(starts_on: date, ends_on: date | None) -> str:
    """From when to when; both days belong to it."""
    if ends_on is None:
        return _("from %(day)s on", day=full_date(starts_on))
    return _("%(first)s to %(last)s", first=full_date(starts_on), last=full_date(ends_on))


def complain(form: Form, refusal: Refusal, otherwise: str) -> None:
    """At the field it is about, else at `otherwise`."""
    said = _(REFUSALS.get(refusal.code, N_("Please look at this again.")))
    form.complain(FIELDS.get(refusal.code, otherwise), said % _values(refusal) if "%(" in said else said)


def _values(refusal: Refusal) -> dict[str, Any]:
    values = dict(refusal.values)
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if isinstance(starts_on, date):
        values["days"] = days_in_words(starts_on, ends_on if isinstance(ends_on, date) else None)
    return {name: full_date(one) if isinstance(one, date) else one for name, one in values.items()}
