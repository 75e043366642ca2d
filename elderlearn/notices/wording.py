"""Pure: what a notice says, in the language of whoever reads it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from elderlearn.ground.languages import moment_in_words
from elderlearn.locale import N_, _, speaking

SENTENCES = {
    "sign_in_code": N_("Your sign-in code is %(code)s. It is valid for 10 minutes. Never tell it to anybody."),
    "seated": N_("You have a seat in “%(title)s”. It begins: %(when)s. Please bring your code."),
    "waiting": N_("You are number %(position)s in line for “%(title)s”. We tell you as soon as a seat is free."),
    "promoted": N_("A seat came free: you now have a seat in “%(title)s”. Next meeting: %(when)s."),
    "withdrawn": N_("You have left “%(title)s”. You are welcome to enrol again."),
    "session_called_off": N_("“%(title)s”, %(when)s, is called off. Reason: %(reason)s"),
    "session_changed": N_("“%(title)s” has changed. It now takes place: %(when)s. Reason: %(reason)s"),
    "session_restored": N_("“%(title)s”, %(when)s, takes place after all. Reason: %(reason)s"),
    "run_changed": N_("“%(title)s” has changed: %(reason)s"),
    "removed": N_(
        "You no longer have a seat in “%(title)s”. Reason: %(reason)s Questions? Please ask at the desk."
    ),
    "offered": N_(
        "A seat in “%(title)s” is free for you. Please say yes or no by %(when)s, on the page “My learning”. "
        "You may also ring us."
    ),
    "declined": N_("You did not take the seat in “%(title)s”. You are welcome to ask again."),
    "lapsed": N_(
        "We heard nothing from you, so the seat in “%(title)s” goes to the next in line. Ask again any time."
    ),
    "line_ended": N_(
        "The waiting line for “%(title)s” has ended: no seat came free. Please look at the other courses."
    ),
    "care_code": N_(
        "%(carer)s would like to enrol you in courses. Do you agree? Then tell her or him these digits: %(code)s."
        " They are valid for 10 minutes. If not, you need not do anything."
    ),
    "couple_code": N_(
        "%(partner)s would like to take “%(title)s” together with you. Do you agree? Then tell her or him these"
        " digits: %(code)s. They are valid for 10 minutes. If not, you need not do anything."
    ),
    "care_begun": N_(
        "%(carer)s may now enrol you in courses, and gets a copy of our messages. You can end this any time under"
        " “My family”, or at the desk."
    ),
    "care_ended": N_("%(carer)s no longer enrols you in courses. Your seats stay."),
    "care_ended_for": N_("You no longer enrol %(elder)s in courses. The seats stay."),
    "left_alone": N_(
        "The person you enrolled with no longer comes to “%(title)s”. Your own seat or place in line stays yours."
    ),
    "join_accepted": N_("Welcome! You are a member of “%(title)s” now."),
    "join_declined": N_("Thank you for asking. “%(title)s” cannot take you in just now: %(reason)s"),
    "society_ended": N_(
        "Thank you for asking. “%(title)s” has ended and takes in nobody any more. "
        "Please look at the other societies."
    ),
    "invitation": N_(
        "You are warmly invited to “%(title)s”: %(when)s, %(where)s. No need to enrol, just bring your card. "
        "Your community looks forward to you."
    ),
    "scans_unclear": N_(
        "Check-ins of your sessions that need your look: %(how_many)s, the first of them since %(when)s. "
        "Please open “Today” and press “Please have a look”."
    ),
}
# Said when what the longer sentence adds is not known: no meeting planned, no reason given.
SHORTER = {
    "seated": N_("You have a seat in “%(title)s”. Please bring your code."),
    "promoted": N_("A seat came free: you now have a seat in “%(title)s”."),
    "run_changed": N_("“%(title)s” has changed. Please ask at the desk."),
    "removed": N_("You no longer have a seat in “%(title)s”. Please ask at the desk."),
}
ADDED = {"seated": "when", "promoted": "when", "run_changed": "reason", "removed": "reason"}
NEEDED = {
    "sign_in_code": {"code"},
    "seated": {"title"},
    "waiting": {"title", "position"},
    "promoted": {"title"},
    "withdrawn": {"title"},
    "session_called_off": {"title", "when", "reason"},
    "session_changed": {"title", "when", "reason"},
    "session_restored": {"title", "when", "reason"},
    "run_changed": {"title"},
    "removed": {"title"},
    "offered": {"title", "when"},
    "declined": {"title"},
    "lapsed": {"title"},
    "line_ended": {"title"},
    "left_alone": {"title"},
    "care_code": {"carer", "code"},
    "couple_code": {"partner", "title", "code"},
    "care_begun": {"carer"},
    "care_ended": {"carer"},
    "care_ended_for": {"elder"},
    "join_accepted": {"title"},
    "join_declined": {"title", "reason"},
    "society_ended": {"title"},
    "invitation": {"title", "when", "where"},
    "scans_unclear": {"how_many", "when"},
}
COPY = N_("For %(whose)s: %(said)s")  # to her carer
# The value that is wiped once it was sent.
SECRET = {"sign_in_code": "code", "care_code": "code", "couple_code": "code"}


def check_wording(kind: str, values: Mapping[str, object]) -> None:
    """Raises ValueError for a kind nobody words, or when a value is missing: our mistake, never the user's."""
    missing = (
        NEEDED[kind] - {name for name, value in values.items() if value is not None} if kind in NEEDED else None
    )
    if missing is None or missing:
        raise ValueError(f"Notice {kind!r} cannot be worded: {sorted(missing or [])} missing")


def worded(kind: str, values: Mapping[str, object], language: str | None) -> str:
    """The text to send. `when` is an aware moment, or its ISO text as stored; it may be none where no
    meeting is planned. Raises ValueError like `check_wording`."""
    check_wording(kind, values)
    said = dict(values)
    is_short = kind in SHORTER and not said.get(ADDED[kind])
    if said.get("when"):
        said["when"] = moment_in_words(_moment(said["when"]), language)
    sentence = SHORTER[kind] if is_short else SENTENCES[kind]
    with speaking(language):
        text = _(sentence, **said)
        return _(COPY, whose=said["whose"], said=text) if said.get("whose") else text


def _moment(value: object) -> datetime:
    return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
