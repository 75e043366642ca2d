"""Pure: a rule in words an officer can read out, and what a refusal means."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.participation.rule_parameters import Parameters
from elderlearn.participation.rules import CLASS_HOUR
from elderlearn.web.office.footnotes import rule_in_words
from elderlearn.web.office.rule_form import CHOICES, FULL
from elderlearn.web.shell.forms import Form

STATES = {
    "proposed": N_("being looked at"),
    "looked_at": N_("waits for approval"),
    "approved": N_("is being counted"),
    "in_force": N_("approved"),
    "withdrawn": N_("proposal taken back"),
}
WHAT = {
    "elder_age": N_("Age"),
    "day_cap_minutes": N_("Class hours of a day that count"),
    "hours_minutes": N_("Class hours"),
    "hours_days": N_("On at least so many days"),
    "days": N_("Different days"),
    "completed_minutes": N_("A completed course of so many class hours"),
    "needs_all": N_("Together"),
    "kinds": N_("What counts"),
    "weights": N_("How much of it counts"),
    "online_most_minutes": N_("Class hours of online learning that count at most"),
    "basis": N_("Who is counted"),
    "reference": N_("Age and home on"),
}
REFUSALS = {
    "nothing_switched_on": N_("Nothing is switched on: nobody would be regular. Please tick at least one way."),
    "no_kind": N_("Please tick at least one kind that counts."),
    "one_is_open": N_("Another proposal waits. Please approve it or take it back first."),
    "decision_needed": N_("Please write who decided it, and where that stands."),
    "not_looked_at": N_("What it would change is still being counted. Please wait a moment."),
    "withdrawn": N_("This proposal was taken back."),
    "approved_already": N_("It is approved already and cannot be taken back. Propose another rule instead."),
    "reason_needed": N_("Please write why; it stays with the rule."),
}
FIELDS = {
    "nothing_switched_on": "hours_on", "no_kind": "kinds", "decision_needed": "decision", "reason_needed": "reason"
}  # fmt: skip


def said_of(parameters: Parameters) -> list[str]:
    """Sentences: the rule, who is counted, from when on."""
    month, day = parameters.reference
    whom = _(
        "Counted are %(basis)s, with age and home on %(day)s; %(kinds)s count.",
        basis=_(CHOICES["basis"][parameters.basis]),
        day=_reference(month, day),
        kinds=_kinds(parameters),
    )
    return [rule_in_words(parameters.rule), whom]


def value_in_words(parameters: Parameters, name: str) -> str:
    """One parameter, for a table of what is different."""
    rule = parameters.rule
    if name == "basis":
        return _(CHOICES["basis"][parameters.basis])
    if name == "reference":
        return _reference(*parameters.reference)
    if name in ("kinds", "weights"):
        return _kinds(parameters)
    if name == "needs_all":
        return _(CHOICES["together"]["all" if rule.needs_all else "any"])
    found = getattr(rule, name)
    if found is None:
        return _("switched off")
    return str(found // CLASS_HOUR if name.endswith("_minutes") else found)


def complain(form: Form, refusal: Refusal) -> None:
    """At the field it is about."""
    said = REFUSALS.get(refusal.code)
    form.complain(FIELDS.get(refusal.code, "reason"), _(said) if said else _("Please look at this again."))


def _kinds(parameters: Parameters) -> str:
    rule = parameters.rule
    weights = rule.weights or (FULL,) * len(rule.kinds)
    said = [
        _(CHOICES["kinds"][kind]) + (f" {weight} %" if weight != FULL else "")
        for kind, weight in zip(rule.kinds, weights, strict=True)
    ]
    return _(", ").join(said)


def _reference(month: int, day: int) -> str:
    known = CHOICES["reference"].get(f"{month:02}-{day:02}")
    return _(known) if known else f"{month:02}-{day:02}"
