"""Pure: the words of the catalogue as people say them."""

from __future__ import annotations

from collections.abc import Mapping

from elderlearn.locale import N_, _

ORGANISATION_KINDS = {
    "elder_academy": N_("Elder academy"),
    "community_school": N_("Community school"),
    "citizen_school": N_("Citizen school"),
    "society": N_("Learning society"),
    "base": N_("Training or experience base"),
}
RUN_KINDS = {
    "class": N_("Class: several sessions with the same people"),
    "lecture": N_("Lecture: one talk for many"),
    "activity": N_("Activity: singing, walking, a performance"),
    "meeting": N_("Meeting of a society"),
    "online": N_("Online: at home on a screen"),
}
SHORT_KINDS = {
    "class": N_("Class"),
    "lecture": N_("Lecture"),
    "activity": N_("Activity"),
    "meeting": N_("Meeting of a society"),
    "online": N_("Online"),
}
ENTRIES = {
    "enrol": N_("Enrol first: there are seats, and a waiting line when they are taken"),
    "drop_in": N_("Just come: nobody enrols, whoever comes is checked in"),
    "members": N_("Members: those who belong to the society are expected"),
}
SHORT_ENTRIES = {"enrol": N_("Enrol first"), "drop_in": N_("Just come"), "members": N_("Members")}
STAGES = {
    "open": N_("Enrolment is open"),
    "running": N_("Running"),
    "draft": N_("Draft"),
    "over": N_("Over"),
}
COURSE_STATES = {"draft": N_("Draft"), "released": N_("Released"), "ended": N_("Ended")}
ENGAGEMENTS = {"full_time": N_("Full-time"), "part_time": N_("Part-time"), "volunteer": N_("Volunteer")}
RUN_ORDERS = {
    "day": N_("By first day"),
    "title": N_("By title"),
    "organisation": N_("By organisation"),
    "taken": N_("Most seats taken first"),
    "waiting": N_("Most waiting first"),
}
TEACHER_ORDERS = {
    "name": N_("By name"),
    "engagement": N_("By how they work here"),
    "sessions": N_("Most sessions to come first"),
}
VENUE_ORDERS = {
    "place": N_("By place"),
    "name": N_("By its name"),
    "capacity": N_("Largest first"),
    "sessions": N_("Most sessions to come first"),
}
WEEKDAYS = {
    "0": N_("Monday"),
    "1": N_("Tuesday"),
    "2": N_("Wednesday"),
    "3": N_("Thursday"),
    "4": N_("Friday"),
    "5": N_("Saturday"),
    "6": N_("Sunday"),
}
LINE_MODES = {
    "at_once": N_("The next in line gets it at once and is told"),
    "offer": N_("The next in line is asked, and has time to answer"),
}
PERSON_STATES = {
    "seated": N_("Has a seat"),
    "offered": N_("A seat is offered"),
    "waiting": N_("Waiting"),
    "in_draw": N_("In the draw"),
    "withdrawn": N_("Withdrew"),
    "removed": N_("Taken off"),
    "declined": N_("Did not want the seat"),
    "lapsed": N_("Did not answer in time"),
}


def said(words: Mapping[str, str]) -> dict[str, str]:
    """The same table in the language now spoken."""
    return {key: _(word) for key, word in words.items()}


def options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """For a select or a row of boxes."""
    return list(said(words).items())
