"""Why something cannot be planned so, and what to do; each at the field it is about."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.refusals import sentence

SENTENCES = {
    "invalid_name": N_("Please write a name of at most %(longest)s characters, without invisible signs."),
    "invalid_kind": N_("Please choose the kind."),
    "unknown_place": N_("Please choose the place."),
    "organisation_ended": N_("This organisation has ended. Choose another one."),
    "place_is_fixed": N_(
        "The place stays: courses were held here, and their figures belong to it. "
        "Add the organisation at the new place, and end this one."
    ),
    "kind_is_fixed": N_("A society with members stays a society."),
    "runs_are_open": N_(
        "%(runs)s courses of it are not over yet. Call off the sessions still to come or wait for the last day, "
        "then end it."
    ),
    "sessions_are_planned": N_(
        "%(sessions)s sessions to come still count on it. Change those sessions first, then end it."
    ),
    "invalid_date": N_("Please write a day up to today."),
    "invalid_capacity": N_("Please write how many people fit in, at most %(most)s."),
    "invalid_engagement": N_("Please choose how the teacher works here."),
    "course_ended": N_("This course is no longer offered. Add a new course."),
    "invalid_window": N_("The end must come after the beginning."),
    "invalid_limit": N_("Please write a number from 1 to %(most)s, or leave it empty."),
    "unreadable_holiday": N_(
        "Line %(line)s cannot be read. Please write it like: 2027-02-16 2027-02-22 Spring Festival"
    ),
    "invalid_holidays": N_("Please write at least one day, and at most %(most)s days at a time."),
    "invalid_entry": N_("Please choose how people come in."),
    "seats_required": N_("Please write the seats, and when enrolment opens and closes."),
    "invalid_seats": N_("Please write a number of seats from 1 to %(most)s."),
    "seats_below_taken": N_("%(taken)s seats are taken, or kept for some people. Fewer are not possible."),
    "invalid_round": N_("Please look at who may enrol first again."),
    "share_below_taken": N_("%(taken)s of these seats are taken. Fewer than that are not possible."),
    "shares_too_large": N_("Only %(free)s seats are free to be kept."),
    "invalid_share": N_("Please look at the reserved seats again."),
    "unknown_course": N_("Please choose a course of this organisation."),
    "offer_over": N_("The time to answer is over, or she has answered. Please look at the line again."),
    "not_waiting": N_("She does not wait any more. Please look at the line again."),
    "reason_required": N_("Please write why; it stays in the record of changes."),
    "invalid_line": N_("Please look at the hours and at the day again."),
    "invalid_ages": N_("The lowest age must not be above the highest one."),
    "unknown_term": N_("Please choose a term of this district."),
    "unknown_leader": N_("Please choose leaders who work in this district."),
    "unknown_venue": N_("This venue is no longer offered. Choose another one."),
    "unknown_teacher": N_("This teacher is no longer offered. Choose another one."),
    "reason_needed": N_("Please write the reason. Everybody concerned will read it."),
    "run_closed": N_("This run is closed: who completed it is decided. Plan a new run."),
    "session_is_there": N_("A session of this run begins at that time already."),
    "not_a_society": N_("Only societies have members."),
    "not_offered": N_("This run has no seats to change."),
}
NO_PERSON = N_("Please write the name in letters or characters only.")
ABOUT_SESSIONS = {
    "none": N_("No day is left. Choose other days, or tick at least one."),
    "too_many": N_("These are too many sessions for one run. Choose a shorter time."),
    "ends_before_start": N_("The end must come after the beginning."),
    "too_long": N_("A session lasts at most a day and a night."),
    "length": N_("A session lasts at most a day and a night."),
    "year": N_("Please look at the year again."),
}
FIELDS = {
    "invalid_name": "name",
    "invalid_kind": "kind",
    "unknown_place": "place",
    "place_is_fixed": "place",
    "kind_is_fixed": "kind",
    "runs_are_open": "on",
    "sessions_are_planned": "on",
    "invalid_date": "on",
    "invalid_capacity": "capacity",
    "invalid_engagement": "engagement",
    "invalid_limit": "limit",
    "unreadable_holiday": "days",
    "invalid_holidays": "days",
    "invalid_entry": "entry",
    "seats_required": "seats",
    "invalid_seats": "seats",
    "seats_below_taken": "seats",
    "not_offered": "seats",
    "invalid_round": "first_for",
    "share_below_taken": "newcomer_seats",
    "shares_too_large": "newcomer_seats",
    "invalid_share": "newcomer_seats",
    "unknown_course": "prerequisite",
    "invalid_ages": "max_age",
    "unknown_term": "term",
    "unknown_leader": "leader",
    "unknown_venue": "venue",
    "unknown_teacher": "teacher",
    "reason_needed": "reason",
    "session_is_there": "starts",
}


def why_not(refusal: Refusal) -> str:
    """The sentence in the language now spoken."""
    if refusal.code == "invalid_sessions":
        return _(ABOUT_SESSIONS.get(str(refusal.values.get("reason")), ABOUT_SESSIONS["none"]))
    if refusal.code == "invalid_name" and "longest" not in refusal.values:  # of a person, not a title
        return _(NO_PERSON)
    return sentence(refusal, SENTENCES)


def blame(form: Form, refusal: Refusal, **elsewhere: str) -> None:
    """Complain at the field the refusal is about; `elsewhere` names other fields for its code."""
    field = elsewhere.get(refusal.code) or FIELDS.get(refusal.code) or elsewhere.get("otherwise", "name")
    form.complain(field, why_not(refusal))
