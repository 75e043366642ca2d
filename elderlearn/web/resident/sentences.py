"""Why a seat was refused, in words that say what to do next."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.shell.refusals import sentence

SENTENCES = {
    "not_open": N_("Enrolment opens %(opens_at)s. Please come back then."),
    "closed": N_("Enrolment has ended. Ring us and ask whether you can still come."),
    "too_young": N_("This course is for people of %(min_age)s and over. Please look at the other courses."),
    "too_old": N_("This course is for people up to %(max_age)s. Ring us: we find one that suits you."),
    "wrong_place": N_("This course is for people from other places. Please look for one close to your home."),
    "limit_reached": N_(
        "You may take %(limit)s courses a term, and you have them. Give one back first, if you like this one more."
    ),
    "overlap": N_("You already have a course at the same time. Give that one back first, or choose another."),
    "removed_by_staff": N_("The staff took you off this course. Ring us if you think that is a mistake."),
    "offer_over": N_("The time to answer is over, and the next in line was asked. You are welcome to ask again."),
    "not_offered": N_("Seats of this course are not given out here. Ring us: we tell you how."),
}
CODES = {
    "invalid_phone": N_("That is not a mobile number. It has 11 digits and begins with 1."),
    "too_soon": N_("A code was sent a moment ago. If it does not come, ask again in %(seconds)s seconds."),
    "too_many_codes": N_("We sent several codes to this number. Use the last one, wait an hour, or ring us."),
    "wrong_code": N_("These are not the digits we sent. You may try %(left)s more times."),
    "code_expired": N_("This code no longer works. Please ask for a new one."),
}
NO_BIRTH_DATE = N_(
    "This course has a minimum age, and we do not know your birth date. Ring us, and we write it down."
)


def why_not(refusal: Refusal) -> str:
    """The sentence in the language now spoken."""
    if refusal.values.get("is_unknown"):
        return _(NO_BIRTH_DATE)
    return sentence(refusal, SENTENCES)
