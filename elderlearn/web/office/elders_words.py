"""Pure: what does not fit among figures of elders, and what is missing, in sentences with the way to the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elderlearn.locale import N_, _, ngettext
from elderlearn.participation.elders_alarms import Alarm
from elderlearn.participation.elders_gaps import Gap
from elderlearn.places.queries import PlaceRow
from elderlearn.web.office.population import BASES, address_of
from elderlearn.web.shell.numbers import percent, thousands

FIRST_NAMES = 6  # of places that lack a figure; the form shows them all
DISTRICT = {
    "parts": N_("the streets come to %(sum)s, the district itself says %(own)s: a difference of %(away)s."),
    "parts_exceed": N_("the streets filled in so far already come to %(sum)s, the district itself says %(own)s."),
}
STREET = {
    "parts": N_("the communities come to %(sum)s, the street itself says %(own)s: a difference of %(away)s."),
    "parts_exceed": N_(
        "the communities filled in so far already come to %(sum)s, the street itself says %(own)s."
    ),
}


@dataclass(frozen=True)
class Said:
    """A sentence, where the figures are typed in, the history of the place, and the key of an alarm."""

    sentence: str
    form: str
    place: str
    key: str = ""


def alarm_in_words(alarm: Alarm, places: Mapping[int, PlaceRow]) -> Said:
    """What stands against what."""
    place = places[alarm.place_id]
    named = _("%(place)s, %(year)s, %(basis)s: %(said)s", place=place.name, year=_year(alarm),
              basis=_(BASES[alarm.basis]), said=_said(alarm, place))  # fmt: skip
    # The figure of a community is typed on the form of its street.
    on_form = places.get(place.parent_id or 0, place) if place.level == "community" else place
    return Said(named, address_of(on_form, alarm.year, alarm.basis), history_address(place), alarm.key)


def gap_in_words(gap: Gap, places: Mapping[int, PlaceRow]) -> Said:
    """How many are missing and which."""
    place, many = places[gap.place_id], len(gap.missing)
    if place.level == "district":
        said = ngettext(
            "%(n)s of %(of)s towns and streets has no figure",
            "%(n)s of %(of)s towns and streets have no figure",
            many,
            of=gap.of,
        )
    else:
        said = ngettext(
            "%(n)s of %(of)s communities has no figure",
            "%(n)s of %(of)s communities have no figure",
            many,
            of=gap.of,
        )
    names = _(", ").join(places[one].name for one in gap.missing[:FIRST_NAMES])
    if many > FIRST_NAMES:
        names = _("%(names)s and others", names=names)
    sentence = _("%(place)s: %(said)s (%(names)s).", place=place.name, said=said, names=names)
    if gap.is_blind:
        sentence = _("%(first)s %(second)s", first=sentence, second=_("So there is no rate for it."))
    return Said(sentence, address_of(place, gap.year, gap.basis), history_address(place))


def history_address(place: PlaceRow) -> str:
    """All figures of a place."""
    return f"/office/population/places/{place.id}"


def _year(alarm: Alarm) -> str:
    return alarm.words[0] if alarm.kind == "over" else str(alarm.year)


def _said(alarm: Alarm, place: PlaceRow) -> str:
    if alarm.kind in ("parts", "parts_exceed"):
        own, together = alarm.figures
        words = (DISTRICT if place.level == "district" else STREET)[alarm.kind]
        figures = {"own": own, "sum": together, "away": abs(own - together)}
        return _(words) % {name: thousands(one) for name, one in figures.items()}
    if alarm.kind == "sources":
        each = [
            _("%(elders)s (%(source)s)", elders=thousands(elders), source=source)
            for elders, source in zip(alarm.figures, alarm.words, strict=True)
        ]
        return _("the sources differ: %(list)s. Reports use the first.", list=_(", ").join(each))
    if alarm.kind == "zero":
        return _("0 elders are written down, and nothing can be divided by 0.")
    if alarm.kind == "jump":
        return _jump(*alarm.figures)
    regulars, elders = (thousands(one) for one in alarm.figures)
    return _(
        "%(regulars)s people take part regularly, but only %(elders)s elders are written down for %(of)s.",
        regulars=regulars,
        elders=elders,
        of=alarm.year,
    )


def _jump(now: int, before: int) -> str:
    said = (
        _("%(now)s elders, %(share)s more than the %(before)s of the year before.")
        if now > before
        else _("%(now)s elders, %(share)s less than the %(before)s of the year before.")
    )
    return said % {
        "now": thousands(now), "before": thousands(before), "share": percent(abs(now - before) / before),
    }  # fmt: skip
