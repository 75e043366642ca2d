"""Pure: the form of a rule. Lengths are typed in class hours, and kept in minutes."""

from __future__ import annotations

from elderlearn.locale import N_, _
from elderlearn.participation.rule_parameters import KINDS, WEIGHTS, Parameters
from elderlearn.participation.rules import CLASS_HOUR, Rule
from elderlearn.places.labels import span_of
from elderlearn.web.shell.forms import Form

CHOICES = {
    "begins": {"01": N_("in January (calendar year)"), "09": N_("in September (school year)")},
    "basis": {"resident": N_("People living here"), "registered": N_("People registered here")},
    "reference": {
        "12-31": N_("31 December"),
        "08-31": N_("31 August"),
        "09-01": N_("1 September"),
        "06-30": N_("30 June"),
    },
    "together": {"any": N_("one of them is enough"), "all": N_("all of them are needed")},
    "kinds": {
        "class": N_("Classes"),
        "lecture": N_("Lectures"),
        "activity": N_("Activities"),
        "meeting": N_("Meetings of societies"),
    },
}
FULL = 100  # per cent
ON = {"hours_on": "hours_minutes", "days_on": "days", "completed_on": "completed_minutes"}


def form_of(held: Parameters) -> Form:
    """The fields as the rule says; thresholds that are off show what the default asks for."""
    rule, usual, span = held.rule, Rule(), span_of(held.from_period)
    form = Form.of(
        year=span.starts_on.year,
        begins=f"{span.starts_on.month:02}",
        elder_age=rule.elder_age,
        reference=f"{held.reference[0]:02}-{held.reference[1]:02}",
        basis=held.basis,
        cap=_hours(rule.day_cap_minutes),
        hours=_hours(rule.hours_minutes or usual.hours_minutes),
        hours_days=rule.hours_days,
        days=rule.days or usual.days,
        completed=_hours(rule.completed_minutes or usual.completed_minutes),
        online=_hours(rule.online_most_minutes),
        together="all" if rule.needs_all else "any",
    )
    for name, threshold in ON.items():
        form.typed[name] = ["yes"] if getattr(rule, threshold) is not None else [""]
    form.typed["kinds"] = list(rule.kinds)
    weights = dict(zip(rule.kinds, rule.weights or (), strict=False))
    for kind in KINDS:
        form.typed[f"weight_{kind}"] = [str(weights.get(kind, FULL))]
    return form


def read_parameters(form: Form) -> Parameters | None:
    """None when something cannot be read; every complaint stands in the form."""
    year = form.number("year", low=2000, high=2100, need=_("Please write the first year counted so."))
    begins = form.choice("begins", CHOICES["begins"], need=_("Please choose when the year begins."))
    age = form.number("elder_age", low=50, high=90, need=_("Please write the age."))
    reference = form.choice("reference", CHOICES["reference"], need=_("Please choose the day."))
    basis = form.choice("basis", CHOICES["basis"], need=_("Please choose who is counted."))
    together = form.choice("together", CHOICES["together"], need=_("Please choose one of these."))
    cap = form.number("cap", low=1, high=24, need=_("Please write how many class hours of a day count."))
    hours = _threshold(form, "hours", 1000)
    hours_days = form.number("hours_days", low=1, high=366) if form.ticked("hours_on") else 1
    if hours_days is None:
        form.complain("hours_days", _("Please write on how many days."))
    days = _threshold(form, "days", 366)
    completed = _threshold(form, "completed", 1000)
    online = form.number("online", low=0, high=1000) or 0
    kinds = tuple(one for one in KINDS if form.has("kinds", one))
    weights = tuple(_weight(form, one) for one in kinds)
    if not form.is_good or year is None or age is None or cap is None or reference is None:
        return None
    month, day = reference.split("-")
    rule = Rule(
        elder_age=age,
        day_cap_minutes=cap * CLASS_HOUR,
        hours_minutes=hours * CLASS_HOUR if hours else None,
        hours_days=hours_days or 1,
        days=days,
        completed_minutes=completed * CLASS_HOUR if completed else None,
        needs_all=together == "all",
        kinds=kinds,
        online_most_minutes=online * CLASS_HOUR,
        weights=weights if any(one != FULL for one in weights) else None,
    )
    label = f"{year}" if begins == "01" else f"{year}-{begins}"
    return Parameters(rule, label, basis or "", (int(month), int(day)))


def _weight(form: Form, kind: str) -> int:
    """Left empty, it counts in full."""
    least, most = WEIGHTS
    return form.number(f"weight_{kind}", low=least, high=most) or FULL


def _threshold(form: Form, name: str, most: int) -> int | None:
    """None when it is switched off."""
    if not form.ticked(f"{name}_on"):
        return None
    return form.number(name, low=1, high=most, need=_("Please write how many, or take the tick away."))


def _hours(minutes: int | None) -> int | None:
    return None if minutes is None else minutes // CLASS_HOUR
