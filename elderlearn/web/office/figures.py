"""Pure: the figures of a report by name, and the address of the people behind each."""

from __future__ import annotations

from elderlearn.locale import N_
from elderlearn.web.office.addresses import Shown, address

FIGURES = {
    "regulars": N_("Regulars"),
    "learners": N_("Learners"),
    "enrolled": N_("Enrolled"),
    "visits": N_("Visits"),
    "apart-outside": N_("Live elsewhere"),
    "apart-under_age": N_("Not yet old enough"),
    "apart-age_unknown": N_("Age unknown"),
    "apart-place_unknown": N_("Home unknown"),
}


def people_address(shown: Shown, figure: str, number: int, *, only_here: bool = False) -> str:
    """Where those counted are listed; nothing when there are none, or when it is a reporting unit: its communities
    lead there.
    """
    if not number or shown.unit:
        return ""
    asked = {"place": shown.place_code, "period": shown.period, "figure": figure}
    return address("/office/people", asked | ({"only_here": "1"} if only_here else {}))
