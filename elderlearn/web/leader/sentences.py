"""What a leader reads about a scan: short, and what to do next."""

from __future__ import annotations

from elderlearn.checkin.receive import ScanVerdict
from elderlearn.locale import N_, _
from elderlearn.web.shell.said import Tone

SAID = N_("%(name)s %(verdict)s")

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
    "not-kept": N_("This phone cannot keep scans. Please type the number."),
}

SCANNER = {
    **{name.replace("_", "-"): words for name, words in VERDICTS.items()},
    "waiting": N_("Kept on this phone, will be sent"),
    "not-kept": N_("This phone cannot keep scans. Please type the number, or tick the name."),
    "empty": N_("Please type the 8 digits under the code."),
    "looking": N_("Hold the code into the frame"),
    "cannot-refused": N_(
        "The camera is not allowed. Allow it in the settings of the browser, or type the number."
    ),
    "cannot-none": N_("There is no camera to open. Take a photo of the code, or type the number."),
    "cannot-decode": N_("This phone cannot read codes. Please type the number under the code."),
    "cannot-photo": N_("There is no code in the photo. Go closer, keep still, and try again."),
}

QUEUE = {
    "sent": N_("Everything is sent"),
    "waiting": N_("{n} waiting to be sent."),
    "others": N_("{n} scans of another leader wait on this phone. They are sent when she signs in here."),
    "problem-network": N_("There is no network. Go on scanning; it will be sent by itself."),
    "problem-signin": N_("Please sign in again; nothing is lost."),
    "problem-server": N_("The system is busy. It will be sent by itself."),
    "problem-none": N_("Sending …"),
}

TICKS = {
    "called_off": N_("This session was called off. Nobody can be checked in."),
    "outside_window": N_("This session has not begun yet. Please tick when people come."),
    "unknown_resident": N_("This person is not on the list any more."),
    "elsewhere": N_("She is checked in at another session at this time. Please ask her, and undo one of the two."),
}


def verdict_in_words(verdict: ScanVerdict, *, has_list: bool = True) -> str:
    """The sentence for its reason, or for the verdict itself."""
    said = VERDICTS if has_list else VERDICTS | WITHOUT_LIST
    return _(said.get(verdict.reason or "", said.get(verdict.verdict, said["refused"])))


def scanner_words(*, has_list: bool) -> dict[str, str]:
    """What the scanner says by itself, in the language now spoken."""
    names = {name.replace("_", "-"): words for name, words in WITHOUT_LIST.items()}
    return {name: _(words) for name, words in (SCANNER if has_list else SCANNER | names).items()}
