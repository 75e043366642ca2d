"""What became of one scan, in a sentence for the leader who pressed the button."""

from __future__ import annotations

from typing import Protocol

from elderlearn.locale import N_, _
from elderlearn.web.shell.said import Tone

KNOWN: dict[str, tuple[str, Tone]] = {
    "recorded": (N_("%(name)s is checked in."), "done"),
    "same_scan": (N_("%(name)s is checked in."), "done"),
    "already_present": (N_("%(name)s was checked in before."), "done"),
    "flagged": (N_("%(name)s is noted, but does not count yet: the office will look at it."), "wait"),
    "card_replaced": (
        N_("This card was replaced by a newer one. It is noted; the office will look at it."),
        "wait",
    ),
    "walk_in": (N_("%(name)s is checked in, without a seat in this course."), "done"),
    "not_yours": (N_("This is not your session. Nothing was written down."), "no"),
    "unknown_session": (N_("There is no such session. Please start again from your sessions of today."), "no"),
    "refused": (N_("This is not a valid card. Type the 8 digits of the card, or write the name down."), "no"),
    "scan_id_reused": (N_("That did not work. Please press once more."), "no"),
    "retry": (N_("That did not work. Please press once more."), "no"),
}


class Outcome(Protocol):
    """A verdict as `checkin.receive` gives it."""

    @property
    def verdict(self) -> str: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def name(self) -> str | None: ...


def spoken_verdict(outcome: Outcome) -> tuple[str, Tone]:
    """The sentence and its tone; a reason with words of its own goes before the verdict."""
    sentence, tone = KNOWN.get(outcome.reason or "") or KNOWN[outcome.verdict]
    return _(sentence, name=outcome.name or _("This person")), tone
