"""What a leader reads about a number or a tick; what scanners say stands in shell/scan_words."""

from __future__ import annotations

from elderlearn.locale import N_

SAID = N_("%(name)s %(verdict)s")

TICKS = {
    "called_off": N_("This session was called off. Nobody can be checked in."),
    "outside_window": N_("This session has not begun yet. Please tick when people come."),
    "unknown_resident": N_("This person is not on the list any more."),
    "elsewhere": N_("She is checked in at another session at this time. Please ask her, and undo one of the two."),
}
