"""Why a phone scans no more: buttons for a leader and for the office, kept in the language most people read."""

from __future__ import annotations

from elderlearn.ground.languages import DEFAULT
from elderlearn.locale import N_, _, speaking
from elderlearn.web.shell.forms import Form

END_DEVICE = {
    "lost": N_("The phone is lost"),
    "given_away": N_("The phone belongs to somebody else now"),
    "unknown": N_("Nobody knows this phone"),
}
LONGEST = 100


def said_reason(form: Form) -> str:
    """The button pressed (`reason`), else the words typed in `other`; empty when there is neither."""
    chosen = form.value("reason")
    if chosen in END_DEVICE:
        with speaking(DEFAULT):
            return _(END_DEVICE[chosen])
    return form.value("other")[:LONGEST].strip()
