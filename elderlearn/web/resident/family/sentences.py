"""What is said when a tie or a seat for somebody else does not come about."""

from __future__ import annotations

from elderlearn.enrolment.enrol_together import Both
from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.resident.sentences import CODES, SENTENCES, why_not
from elderlearn.web.shell.refusals import sentence

CARE = CODES | {
    "invalid_name": N_("Please write the name with letters or Chinese characters only, as on the ID card."),
    "too_many_codes": N_(
        "Several messages were sent already. Use the last one, wait an hour, or go to the desk together."
    ),
    "too_many_elders": N_("You help %(most)s people already. For more, please go to the desk together."),
    "too_many_carers": N_("%(most)s people help here already. One of them has to end it first."),
    "cares_already": N_("You help this person already. Look at the list under “My family”."),
    "yourself": N_("This is your own card. Please take the card of the person you help."),
    "unknown_card": N_("We do not know this card. Please look at its 8 digits again."),
    "card_replaced": N_("This card was replaced by a newer one. Please take the new card."),
    "card_locked": N_("There were too many tries with this card. Please go to the desk together."),
    "no_birth_date": N_("We do not have the full birth date. Please go to the desk together."),
    "wrong_birth_date": N_("Card and birth date do not match. You may try %(left)s more times."),
}
COUPLE = CARE | {
    "too_many_codes": N_("Several messages were sent already. Use the last one, wait an hour, or take the card."),
    "yourself": N_("This is your own card. Please take the card of the other one."),
}
# What is said to her in her own person, said about somebody else.
FOR_ANOTHER = SENTENCES | {
    "limit_reached": N_("One may take %(limit)s courses a term, and that many are taken. Give one back first."),
    "overlap": N_("There is a course at the same time already. Give that one back first, or choose another."),
    "removed_by_staff": N_("The staff ended this enrolment. Ring us if you think that is a mistake."),
    "not_your_round": N_("It is the turn of others now. The turn of this person begins %(opens_at)s."),
    "no_round_left": N_("What is left of the enrolment is for others. Choose another course, or ring us."),
    "prerequisite_missing": N_("“%(course)s” comes first. Choose that course, then come back to this one."),
    "signature_needed": N_(
        "From %(from_age)s years on, a relative signs a paper first. Please go to the desk together."
    ),
    "contact_needed": N_(
        "Somebody to ring in an emergency has to be named first. Please go to the desk, or ring us."
    ),
    "health_notice_needed": N_(
        "The health notice has to be read and agreed to first, by the person who takes part: signed in on a phone,"
        " or at the desk."
    ),
}
BIRTH_DATE = N_("This course has a minimum age, and the birth date is not written down. Ring us: we add it.")
SEX = N_("This course has different ages for women and men, and which it is is not written down. Ring us.")


def why_not_for(refusal: Refusal) -> str:
    """Why somebody else got no seat, in the language now spoken."""
    if refusal.values.get("is_unknown"):
        return _(BIRTH_DATE)
    if refusal.values.get("is_sex_unknown"):
        return _(SEX)
    return sentence(refusal, FOR_ANOTHER)


def about_two(refusal: Refusal, me: int) -> str:
    """Why two got no seats: her own reason, the other one's, or both of theirs."""
    if refusal.values.get("resident_id", me) == me:
        return why_not(refusal)
    return _("About the other one of you: %(reason)s", reason=why_not_for(refusal))


def said_of_both(both: Both, title: str) -> str:
    """How the two stand now."""
    if all(one.state == "seated" for one in both):
        return _("Both have a seat in %(title)s.", title=title)
    if all(one.state == "waiting" for one in both):
        return _("There are no two seats now: both wait in line for %(title)s, side by side.", title=title)
    return _("Thank you. How it stands for each of you is written here.")
