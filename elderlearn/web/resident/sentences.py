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
    "not_your_round": N_("It is the turn of others now. Yours begins %(opens_at)s: please come back then."),
    "no_round_left": N_("What is left of the enrolment is for others. Please choose another course, or ring us."),
    "not_first_time": N_("This course is for people who never had a seat there. Please choose another one."),
    "prerequisite_missing": N_("“%(course)s” comes first. Take that course, then come back to this one."),
    "signature_needed": N_(
        "From %(from_age)s years on, a relative signs a paper first. Please come to the desk together, or ring us."
    ),
    "contact_needed": N_("Before you take part, please tell us whom to ring in an emergency."),
    "health_notice_needed": N_("Before you take part, please read the health notice and agree to it."),
    "invalid_name": N_("Please write the name in letters or characters only."),
    "invalid_phone": N_("That is not a telephone number. A mobile number has 11 digits and begins with 1."),
    "one_is_in": N_(
        "One of you has a seat or a place in line already. Give that back first, or the other one asks alone."
    ),
    "same_person": N_("Two different people are needed for this."),
    "line_over": N_("All seats are taken, and nobody waits in line any more. Please choose another course."),
}
CODES = {
    "invalid_phone": N_("That is not a mobile number. It has 11 digits and begins with 1."),
    "too_soon": N_("A code was sent a moment ago. If it does not come, ask again in %(seconds)s seconds."),
    "too_many_codes": N_("We sent several codes to this number. Use the last one, wait an hour, or ring us."),
    "wrong_code": N_("These are not the digits we sent. You may try %(left)s more times."),
    "code_expired": N_("This code no longer works. Please ask for a new one."),
}
NO_SEX = N_(
    "This course has different ages for women and men, and we do not know which is yours. "
    "Ring us, and we write it down."
)
NO_BIRTH_DATE = N_(
    "This course has a minimum age, and we do not know your birth date. Ring us, and we write it down."
)


def why_not(refusal: Refusal) -> str:
    """The sentence in the language now spoken."""
    if refusal.values.get("is_unknown"):
        return _(NO_BIRTH_DATE)
    if refusal.values.get("is_sex_unknown"):
        return _(NO_SEX)
    return sentence(refusal, SENTENCES)
