"""Pure: whether the figures of places typed in add up to the one above them, in words."""

from __future__ import annotations

from collections.abc import Sequence

from elderlearn.locale import N_, _
from elderlearn.places.population import MOST_ELDERS
from elderlearn.places.queries import PlaceRow
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.numbers import thousands

DISTRICT = {
    "sum": N_("The streets together: %(sum)s."),
    "empty": N_("The district itself is empty: the sum counts for it."),
    "fits": N_("That is the figure of the district."),
    "more": N_("The district says %(n)s more."),
    "less": N_("The district says %(n)s less."),
    "differs": N_("The streets do not add up to the district. Please look at the figures again."),
    "right": N_("The difference is right: people without a street are counted in the district."),
}
STREET = {
    "sum": N_("The communities together: %(sum)s."),
    "empty": N_("The street itself is empty: the sum counts for it."),
    "fits": N_("That is the figure of the street."),
    "more": N_("The street says %(n)s more."),
    "less": N_("The street says %(n)s less."),
    "differs": N_("The communities do not add up to the street. Please look at the figures again."),
    "right": N_("The difference is right: people without a community are counted in the street."),
}


def words_of(place: PlaceRow) -> dict[str, str]:
    """How a district and its streets are spoken of, or a street and its communities."""
    return DISTRICT if place.level == "district" else STREET


def field(place: PlaceRow) -> str:
    """The name of its field."""
    return f"e{place.code}"


def difference(form: Form, places: Sequence[PlaceRow]) -> int:
    """The first less the others; 0 while a figure is missing, because nothing can be said then."""
    above, *below = (_typed(form, one) for one in places)
    if above is None or not below or any(one is None for one in below):
        return 0
    return above - sum(one for one in below if one is not None)


def sum_in_words(form: Form, places: Sequence[PlaceRow]) -> str:
    """What the others come to, and how that goes with the first."""
    below = [one for place in places[1:] if (one := _typed(form, place)) is not None]
    if not below:
        return ""
    words = words_of(places[0])
    said = _(words["sum"]) % {"sum": thousands(sum(below))}
    return _("%(first)s %(second)s", first=said, second=_second(form, places, len(below), words))


def _second(form: Form, places: Sequence[PlaceRow], filled: int, words: dict[str, str]) -> str:
    if filled < len(places) - 1:
        return _("%(n)s of them are still empty.", n=len(places) - 1 - filled)
    if _typed(form, places[0]) is None:
        return _(words["empty"])
    away = difference(form, places)
    if not away:
        return _(words["fits"])
    return _(words["more"] if away > 0 else words["less"]) % {"n": thousands(abs(away))}


def _typed(form: Form, place: PlaceRow) -> int | None:
    return Form({"n": [form.value(field(place))]}).number("n", high=MOST_ELDERS)
