"""What is said about an unclear scan: what happened, what was decided, what each button would do."""

from __future__ import annotations

from collections.abc import Mapping

from elderlearn.checkin.would_change import WouldChange
from elderlearn.ground.errors import Refusal
from elderlearn.ground.languages import DEFAULT
from elderlearn.locale import N_, _, speaking
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.refusals import sentence

FLAGGED = {
    "outside_window": (
        N_("Outside the hours"),
        N_("The scan was made at a time when this session was not on."),
    ),
    "elsewhere": (N_("At two places"), N_("She is checked in at another session at the same time.")),
    "card_replaced": (N_("Old card"), N_("A newer card has replaced the one that was scanned.")),
    "clock_off": (
        N_("Clock of the phone"),
        N_("The clock of the phone was more than a day wrong. The likely time is worked out from ours."),
    ),
    "called_off": (N_("Called off"), N_("This session was called off when the scan came in.")),
    "printed_code": (
        N_("Printed code"),
        N_("She scanned the printed code by herself. It counts when somebody confirms that she was there."),
    ),
}
REFUSED = {
    "unreadable": (N_("Not readable"), N_("This was no code of ours, or the picture was not clear.")),
    "bad_signature": (N_("Not ours"), N_("It looks like one of our codes, but no card belongs to it.")),
    "unknown_session": (N_("No such session"), N_("The session on the phone does not exist.")),
    "not_yours": (N_("Another leader's session"), N_("Whoever scanned does not lead this session.")),
    "bad_time": (N_("No possible time"), N_("The phone named a time that cannot be.")),
    "scan_id_reused": (N_("Number used twice"), N_("The phone gave two scans the same number.")),
}
OTHERWISE = (N_("Unclear"), N_("This scan could not be counted by itself."))
SAID = FLAGGED | REFUSED
DECIDED = {
    "counted": N_("Counted as here"),
    "other_session": N_("Counted at another session"),
    "other_person": N_("Counted for another person"),
    "dropped": N_("Not counted"),
}
METHODS = {
    "camera": N_("card held to the camera"),
    "photo": N_("photo of the card"),
    "typed": N_("number typed"),
    "link": N_("card opened by link"),
    "usb": N_("scanner at the desk"),
    "tick": N_("name ticked"),
    "venue": N_("code of the hall"),
}
DROP = {
    "not_here": N_("She was not here"),
    "tried": N_("Only tried out"),
    "twice": N_("Counted already in another way"),
}
UNDO = {"mistake": N_("Pressed by mistake"), "wrong": N_("It turned out differently")}
REFUSALS = {
    "called_off": N_(
        "This session is called off, so nobody counts. If it took place after all, say so there first."
    ),
    "not_begun": N_("This session has not begun yet (%(when)s). Please decide afterwards."),
    "nobody_known": N_("The code names nobody. Please choose who it was."),
    "unknown_resident": N_("We do not know this number. Please compare it with the card, digit by digit."),
    "look_again": N_("Somebody else is deciding just now. Please look again."),
    "card_replaced": N_("This is the number of an old card. Please type the one on the newer card."),
    "card_blank": N_("There is no name on this card yet. Please write her down as somebody without a card first."),
    "invalid_number": N_("This is no card number. It has 8 digits."),
    "reason_needed": N_("Please choose a reason, or write one."),
}
LONGEST = 100


def title_of(reason: str | None) -> str:
    """In two or three words; rooms may add reasons this page has no words for."""
    return _(SAID.get(reason or "", OTHERWISE)[0])


def story_of(reason: str | None) -> str:
    """What happened, in a sentence."""
    return _(SAID.get(reason or "", OTHERWISE)[1])


def effects(change: WouldChange) -> list[str]:
    """What one button would do, in short sentences."""
    if not change.adds_visit:
        return [_("She counts there already: nothing more is counted.")]
    before, after = change.before, change.after
    said = [
        _(
            "Her visits in %(year)s: %(before)s → %(after)s.",
            year=after.year,
            before=before.visits,
            after=after.visits,
        )
    ]
    if change.becomes_regular:
        said.append(_("With it she takes part regularly in %(year)s.", year=after.year))
    said += [
        _("She also counts at “%(title)s” at that time; both would count.", title=one.title)
        for one in change.elsewhere
    ]
    return said


def why_not(refusal: Refusal) -> str:
    """Why a button is not there."""
    return sentence(refusal, REFUSALS)


def pressed_reason(form: Form, pressed: Mapping[str, str]) -> str:
    """The button, kept in the language most people here read, else the words in the field `other`."""
    chosen = form.value("reason")
    if chosen in pressed:
        with speaking(DEFAULT):
            return _(pressed[chosen])
    return form.text("other", limit=LONGEST, need=_("Please choose a reason, or write one."))


def buttons(pressed: Mapping[str, str]) -> list[tuple[str, str]]:
    """Value and words of each."""
    return [(name, _(words)) for name, words in pressed.items()]
