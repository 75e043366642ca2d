"""What is said about a scan and by the scanner: short, and what to do next."""

from __future__ import annotations

from typing import Protocol

from elderlearn.locale import N_, _
from elderlearn.web.shell.said import Tone

TONES: dict[str, Tone] = {
    "recorded": "done",
    "same_scan": "done",
    "already_present": "done",
    "flagged": "wait",
}

VERDICTS = {
    "recorded": N_("Checked in"),
    "walk_in": N_("Checked in, without a seat"),
    "same_scan": N_("Checked in"),
    "already_present": N_("Is here already"),
    "outside_window": N_("Kept: outside the hours of this session. The office will look."),
    "elsewhere": N_("Kept: is at another session now. The office will look."),
    "card_replaced": N_("Kept: an old card, there is a newer one. The office will look."),
    "clock_off": N_("Kept: this phone's clock is wrong. Please set it right."),
    "called_off": N_("Kept: this session was called off."),
    "flagged": N_("Kept: the office will look."),
    "unreadable": N_("This is no check-in code. Please look at the card again."),
    "bad_signature": N_("We do not know this code. Please check it, or tick the name."),
    "unknown_session": N_("There is no such session any more."),
    "not_yours": N_("This is not your session."),
    "bad_time": N_("This phone's clock is wrong. Please set it right and scan again."),
    "scan_id_reused": N_("This did not work. Please scan again."),
    "refused": N_("This did not work. Please scan again."),
    "retry": N_("Not sent yet. It will be sent again by itself."),
}

# Where anybody may come there is no list to tick names on.
WITHOUT_LIST = {
    "bad_signature": N_("We do not know this code. Please check it, or press “Somebody without a card”."),
    "not_on_list": N_("Written down. The name comes when it is sent."),
}

SCANNER = VERDICTS | {
    "waiting": N_("Written down. It is looked up when it is sent."),
    "not_on_list": N_("Written down, but not on the list of this phone. It is looked up when it is sent."),
    "not_kept": N_(
        "Not sent yet, and this phone keeps nothing. Please write the name on paper too, and leave this page open."
    ),
    "number": N_("This number is not right. Please compare the 8 digits with the card."),
    "empty": N_("Please type the 8 digits under the code."),
    "nobody": N_("Nobody of this name is on the list."),
    "more": N_("Type the name, its first letters, or the last digits: {n} more."),
    "no_pack": N_("The list is not on this phone. It comes with the network."),
    "here": N_("Here"),
    "looking": N_("Hold the code into the frame"),
    "light_on": N_("Light on"),
    "light_off": N_("Light off"),
    "cannot_refused": N_(
        "The camera is not allowed. Allow it in the settings of the browser, or type the number."
    ),
    "cannot_none": N_("There is no camera to open. Take a photo of the code, or type the number."),
    "cannot_decode": N_("This phone cannot read codes. Please type the number under the code, or tick the name."),
    "cannot_photo": N_("There is no code in the photo. Go closer, keep still, and try again."),
    "reload_yes": N_("You may close this page and open it again, also without a network."),
    "reload_no": N_("Without a network keep this page open: this browser cannot open it again."),
    "keeps_yes": N_("This phone promises to keep what is not sent yet."),
    "keeps_no": N_("This phone may forget what is not sent yet when its memory is full. Send it the same day."),
    "keeps_nothing": N_("This phone keeps nothing. Leave this page open until everything is sent."),
}

QUEUE = {
    "sent": N_("Everything is sent"),
    "waiting": N_("{n} waiting to be sent."),
    "others": N_(
        "{n} scans of another leader wait on this phone, or of another session. They are sent when she signs in "
        "here, or helps there again."
    ),
    "lost": N_("This phone cleared its memory: {n} scans that were not sent are gone. Please tick those names."),
    "problem_network": N_("There is no network. Go on scanning; it will be sent by itself."),
    "problem_signin": N_("Please sign in again; nothing is lost."),
    "problem_server": N_("The system is busy. It will be sent by itself."),
    "problem_ended": N_("This phone may not scan any more. Nothing is lost: what waits stays on it."),
    "problem_stuck": N_("The system cannot take them in. They stay on this phone; please tell the office."),
    "problem_none": N_("Sending …"),
    "leaving": N_(
        "{n} scans are not sent yet. They stay on this phone and are sent when you sign in or help here again."
    ),
    "leave": N_("Leave all the same"),
}


class Outcome(Protocol):
    """A verdict as `checkin.receive` gives it."""

    @property
    def verdict(self) -> str: ...
    @property
    def reason(self) -> str | None: ...


def verdict_in_words(verdict: Outcome, *, has_list: bool = True) -> str:
    """The sentence for its reason, or for the verdict itself."""
    said = VERDICTS if has_list else VERDICTS | WITHOUT_LIST
    return _(said.get(verdict.reason or "", said.get(verdict.verdict, said["refused"])))


def scanner_words(*, has_list: bool) -> dict[str, str]:
    """What the scanner says by itself, in the language now spoken; the names are those of attributes."""
    return _spoken(SCANNER if has_list else SCANNER | WITHOUT_LIST)


def queue_words() -> dict[str, str]:
    """What is said about scans that wait on this phone."""
    return _spoken(QUEUE)


def _spoken(words: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): _(one) for name, one in words.items()}
