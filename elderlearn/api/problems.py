"""What can go wrong, in words: every stable `code` with its status and one sentence that says what to do."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from msgspec import UNSET, Struct, UnsetType

MEDIA_TYPE = "application/problem+json"


class FieldError(Struct):
    """Which field of the body or query is wrong, and why."""

    path: str
    reason: str


class Problem(Struct):
    """RFC 9457. `code` is stable; `detail` is for people and may be reworded.

    `way`, of a refused seat, is what the resident can do next: wait_until, join_line, give_back, other_course,
    fill_in, desk, call.
    """

    status: int
    code: str
    title: str
    detail: str
    type: str = "about:blank"
    errors: list[FieldError] | UnsetType = UNSET
    way: str | UnsetType = UNSET


# code: (status, title, what to do)
KNOWN: dict[str, tuple[int, str, str]] = {
    "bad_body": (400, "The body cannot be used", "Correct the fields named in `errors` and send it again."),
    "bad_query": (400, "The query cannot be used", "Correct the parameters named in `errors` and ask again."),
    "bad_request": (400, "The request cannot be read", "Send a complete HTTP request."),
    "no_token": (401, "Who are you?", "Send `Authorization: Bearer <token>` with a token that is still valid."),
    "not_allowed": (403, "Not with this token", "The role of this token may not do that: use another account."),
    "not_found": (404, "Nothing here", "There is no such thing, or this token may not see it: check the address."),
    "wrong_method": (405, "Not this method", "Use one of the methods named in the `Allow` header."),
    "stale": (409, "Somebody was faster", "Somebody else changed it meanwhile: read it again, then decide."),
    "too_large": (413, "Too much at once", "Send at most 2 MB in one request: split it."),
    "not_json": (415, "Only JSON", "Send JSON with `Content-Type: application/json`."),
    "refused": (422, "The rules say no", "The rules do not allow this."),
    "internal": (500, "Our mistake", "Something broke on our side. Nothing was half-written; try again later."),
    "unavailable": (
        503,
        "Busy",
        "The database does not answer at the moment: send it again in a few seconds.",
    ),
    # residents and places
    "invalid_document": (422, "Not a valid document", "Check the document number, sign by sign, and its type."),
    "invalid_name": (422, "Not a name", "Give a name of visible signs that is not too long."),
    "invalid_phone": (
        422,
        "Not a phone number",
        "Give an 11-digit mobile number, a landline with its area code, or leave the phone out.",
    ),
    "invalid_born_on": (422, "Not a birth date", "Give the birth date as YYYY-MM-DD, not in the future."),
    "born_on_mismatch": (
        422,
        "Two birth dates",
        "The birth date differs from the one in the ID number: correct one of them, or leave the date out.",
    ),
    "unknown_place": (
        422,
        "Unknown place",
        "The place code {place_code} cannot be used here: look it up with GET /places.",
    ),
    "invalid_elders": (
        422,
        "Not a number of elders",
        "Give a whole number, 0 or more, for every place.",
    ),
    "place_twice": (422, "A place twice", "The place {place_code} is named twice: send one line for each."),
    "invalid_source": (422, "Not a source", "Name the source of the figures in at most 100 printable signs."),
    "invalid_year": (422, "Not a year we keep", "Give a year between 1990 and 2100."),
    "invalid_basis": (422, "Not a basis", "Give `resident` or `registered`."),
    "invalid_period": (422, "Not a period", "Give a year such as 2025, or 2025-09 for a school year."),
    # courses
    "not_offered": (422, "Not offered", "This way is not offered (yet) for this run: choose another one."),
    "invalid_kind": (422, "Unknown kind", "Use one of the kinds of the contract."),
    "invalid_entry": (422, "Unknown entry", "Use enrol, drop_in or members."),
    "invalid_sessions": (
        422,
        "These sessions cannot be",
        "Give 1 to 400 sessions that end after they start, within a day, in the years 2000 to 2100.",
    ),
    "invalid_window": (422, "This window cannot be", "`closes_at` must lie after `opens_at`."),
    "seats_required": (422, "Seats are missing", "Give `seats`, `opens_at` and `closes_at` for `entry: enrol`."),
    "invalid_round": (422, "This round cannot be", "Use the names and audiences of rounds, at most 12 of them."),
    "unknown_course": (422, "Unknown course", "There is no such course in this district: leave it out."),
    "invalid_seats": (422, "Not a number of seats", "Give at least 1 seat and at most 100,000."),
    "invalid_ages": (422, "These ages cannot be", "`min_age` must not be above `max_age`."),
    "unknown_term": (422, "Unknown term", "There is no such term in this district: leave it out."),
    "course_ended": (422, "The course has ended", "Open the run for a course that is still offered."),
    "organisation_ended": (422, "The organisation has ended", "Use an organisation that still exists."),
    "unknown_venue": (
        422,
        "Unknown venue",
        "There is no such venue in this district: leave it out.",
    ),
    "unknown_teacher": (
        422,
        "Unknown teacher",
        "There is no such teacher in this district: leave it out.",
    ),
    "reason_needed": (422, "A reason is missing", "Say in one line why."),
    # enrolment
    "not_open": (422, "Not open yet", "Enrolment has not opened yet: ask again after `opens_at` of the run."),
    "closed": (422, "Closed", "Enrolment is closed: look for another run, or ask the organisation."),
    "too_young": (422, "Too young", "The run asks for a higher age than this resident has on its first day."),
    "too_old": (422, "Too old", "The run asks for a lower age than this resident has on its first day."),
    "wrong_place": (
        422,
        "Another place's run",
        "The run is kept for residents of other places: choose another.",
    ),
    "limit_reached": (422, "Enough for this term", "The resident holds as many seats as the term allows."),
    "overlap": (422, "Two at the same time", "The resident has a seat in another run at an overlapping time."),
    "line_over": (422, "No seat and no line", "All seats are taken and the line has ended: take another run."),
    "removed_by_staff": (422, "Taken off this run", "Staff took this resident off the run: ask the organisation."),
    "not_your_round": (422, "The turn of others", "Others may ask now; this resident may from {opens_at} on."),
    "no_round_left": (422, "Kept for others", "Every round still to come is for others: ask the organisation."),
    "not_first_time": (422, "For first-time learners", "The run is for people who never had a seat there."),
    "prerequisite_missing": (422, "A course comes before", "The resident has to complete {course} first."),
    "signature_needed": (
        422,
        "A relative's signature is missing",
        "From {from_age} years on a relative signs: put the paper on file at the desk.",
    ),
    "contact_needed": (422, "No emergency contact", "Write down whom to ring, then ask again."),
    "health_notice_needed": (422, "Health notice", "The resident has to agree to the health notice first."),
    "age_unknown": (422, "No birth date", "The run has an age limit: add the resident's birth date first."),
}


def problem(code: str, errors: list[FieldError] | None = None, **values: object) -> Problem:
    """The problem of this code; `values` fill its sentence. An unknown code is a refusal (422)."""
    status, title, detail = KNOWN.get(code, KNOWN["refused"])
    said = detail.format_map(_Named(values))
    return Problem(status=status, code=code, title=title, detail=said, errors=errors if errors else UNSET)


class _Named(defaultdict[str, Any]):
    """A value nobody gave reads `given`, instead of breaking the answer."""

    def __init__(self, values: dict[str, object]) -> None:
        super().__init__(str, {name: _short(value) for name, value in values.items()})

    def __missing__(self, key: str) -> str:
        return "given"


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:59] + "…"
