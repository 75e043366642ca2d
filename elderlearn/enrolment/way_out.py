"""Pure: what somebody who got no seat can do next."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal

WAYS = {
    "wait_until": ("not_open", "not_your_round"),
    "join_line": ("offer_over",),
    "give_back": ("limit_reached", "overlap", "one_is_in"),
    "other_course": ("too_young", "wrong_place", "not_first_time", "prerequisite_missing", "line_over"),
    "fill_in": ("contact_needed", "health_notice_needed"),
    "desk": ("signature_needed",),
    "call": ("closed", "too_old", "removed_by_staff", "not_offered", "no_round_left"),
}
NO_WAY = "none"
OF_CODE = {code: way for way, codes in WAYS.items() for code in codes}


def way_out(refusal: Refusal) -> str:
    """wait_until (`opens_at`), join_line (ask again: a place in line), give_back (a seat she has), other_course,
    fill_in (herself, on her phone), desk (with a paper), call; none for what is no reason of enrolment."""
    if refusal.values.get("is_unknown") or refusal.values.get("is_sex_unknown"):
        return "call"  # birth date or sex is missing: staff write it down
    if refusal.code == "not_open" and refusal.values.get("opens_at") is None:
        return "call"
    return OF_CODE.get(refusal.code, NO_WAY)
