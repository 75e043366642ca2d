"""Reasons one can press. They are kept, and told, in the language most people here read."""

from __future__ import annotations

from collections.abc import Mapping

from elderlearn.ground.languages import DEFAULT
from elderlearn.locale import N_, _, speaking
from elderlearn.web.shell.forms import Form

CALL_OFF = {
    "weather": N_("Bad weather"),
    "teacher": N_("The teacher is ill"),
    "room": N_("The room is not available"),
}
RESTORE = {"settled": N_("What stood in the way is settled")}
UNDO = {
    "wrong_person": N_("The wrong person"),
    "not_here": N_("She was not here"),
    "mistake": N_("Pressed by mistake"),
}
LONGEST = 100


def read_reason(form: Form, pressed: Mapping[str, str], typed: str = "other") -> str:
    """The button pressed (`reason`), else the words in the field `typed`; a complaint when there is neither."""
    chosen = form.value("reason")
    if chosen in pressed:
        with speaking(DEFAULT):
            return _(pressed[chosen])
    return form.text(typed, limit=LONGEST, need=_("Please choose a reason, or write one."))


def buttons(pressed: Mapping[str, str]) -> list[tuple[str, str]]:
    """Value and words of each button, in the language now spoken."""
    return [(name, _(words)) for name, words in pressed.items()]
