"""Pure: some of the people behind a figure, as it stands in the address and as it is said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.locale import N_, _
from elderlearn.participation.age_bands import Band, bands
from elderlearn.participation.by_age import SEXES
from elderlearn.participation.by_kind import KINDS
from elderlearn.participation.counted import Counted
from elderlearn.participation.narrowed import Narrowed
from elderlearn.web.office.figures import FIGURES
from elderlearn.web.shell.lists import Look

SEXES_SAID = {"female": N_("Women"), "male": N_("Men"), "unknown": N_("Sex not known")}
KINDS_SAID = {
    "class": N_("Classes"),
    "lecture": N_("Lectures"),
    "activity": N_("Activities"),
    "meeting": N_("Meetings of societies"),
    "online": N_("Online"),
}
OF_ELDERS = ("regulars", "learners", "enrolled", "visits")  # the others have no band of age


@dataclass(frozen=True)
class Choice:
    """A field with its options `(value, words)`; the first of each but the figure is: all."""

    name: str
    title: str
    options: Sequence[tuple[str, str]]
    chosen: str


def narrowed_of(look: Look, counted: Counted) -> Narrowed:
    """What is no band, sex or kind counts as not chosen."""
    names = [one.name for one in _bands(counted)]
    return Narrowed(look.one_of("band", names, ""), look.one_of("sex", SEXES, ""), look.one_of("kind", KINDS, ""))


def choices_of(figure: str, only: Narrowed, counted: Counted) -> list[Choice]:
    """The fields above the list; people who stand apart are told by sex and kind only."""
    figures = [(name, _(words)) for name, words in FIGURES.items()]
    ages = [(one.name, band_in_words(one.name)) for one in _bands(counted)] if figure in OF_ELDERS else []
    sexes = [(one, _(SEXES_SAID[one])) for one in SEXES]
    kinds = [(one, _(KINDS_SAID[one])) for one in KINDS]
    found = [
        Choice("figure", _("Figure"), figures, figure),
        Choice("band", _("Age"), [("", _("all ages")), *ages], only.band),
        Choice("sex", _("Sex"), [("", _("all")), *sexes], only.sex),
        Choice("kind", _("Kind"), [("", _("all kinds")), *kinds], only.kind),
    ]
    return [one for one in found if one.name != "band" or ages]


def narrowed_in_words(only: Narrowed) -> list[str]:
    """What stands behind the title, nothing for everybody."""
    said = [band_in_words(only.band)] if only.band else []
    said += [_(SEXES_SAID[only.sex])] if only.sex else []
    return said + ([_(KINDS_SAID[only.kind])] if only.kind else [])


def band_in_words(name: str) -> str:
    """60 to 64, 80 and older."""
    if name.endswith("+"):
        return _("%(age)s and older", age=name[:-1])
    first, last = name.split("-")
    return _("%(first)s to %(last)s years", first=first, last=last)


def _bands(counted: Counted) -> Sequence[Band]:
    return bands(counted.rule.elder_age, counted.reference_on)
