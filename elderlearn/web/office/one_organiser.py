"""One organisation in a sentence, and who came to it: the same order as the report of a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.ground.clock import today
from elderlearn.locale import N_, _, ngettext
from elderlearn.participation.by_age import SEXES
from elderlearn.participation.counted import counted_by
from elderlearn.participation.organiser_runs import OrganiserYear
from elderlearn.participation.who_came import UNKNOWN, YOUNGER, CameLine, visits_a_year_earlier, who_came
from elderlearn.places.labels import span_of
from elderlearn.web.office.narrowing import KINDS_SAID, SEXES_SAID, band_in_words
from elderlearn.web.shell.numbers import thousands

AGES_SAID = {YOUNGER: N_("Younger"), UNKNOWN: N_("Age unknown")}


@dataclass(frozen=True)
class OneShown:
    """`ages` with a number of persons for each of `sexes` and all together; `kinds` with visits and persons."""

    sentence: str
    sexes: Sequence[str]
    ages: Sequence[tuple[str, Sequence[int]]]
    kinds: Sequence[tuple[str, int, int]]


async def one_shown(organisation_id: int, district_id: int, period: str, year: OrganiserYear) -> OneShown:
    """Of one year, beside the same days of the year before."""
    found = await who_came(organisation_id, await counted_by(district_id, period))
    earlier = await visits_a_year_earlier(organisation_id, district_id, period, today())
    kept = [one for one in range(len(SEXES)) if SEXES[one] != "unknown" or any(a.by_sex[one] for a in found.ages)]
    ages = [(_age(one), _cells(one.by_sex, kept)) for one in found.ages]
    whole = tuple(sum(one.by_sex[sex] for one in found.ages) for sex in range(len(SEXES)))
    return OneShown(
        sentence=_sentence(year, earlier, is_running=span_of(period).ends_on >= today()),
        sexes=[_(SEXES_SAID[SEXES[one]]) for one in kept],
        ages=[*ages, (_("All together"), _cells(whole, kept))] if any(whole) else [],
        kinds=[(_(KINDS_SAID[one.kind]), one.visits, one.learners) for one in found.kinds],
    )


def _age(line: CameLine) -> str:
    return _(AGES_SAID[line.band]) if line.band in AGES_SAID else band_in_words(line.band)


def _cells(by_sex: Sequence[int], kept: Sequence[int]) -> list[int]:
    return [*(by_sex[one] for one in kept), sum(by_sex)]


def _sentence(year: OrganiserYear, earlier: int | None, *, is_running: bool) -> str:
    persons, visits = year.total.persons, year.total.visits
    said = ngettext("%(many)s person came", "%(many)s persons came", persons, many=thousands(persons))
    said = _("%(persons)s, with %(visits)s visits.", persons=said, visits=thousands(visits))
    if earlier is None:
        return said
    more = visits - earlier
    if more == 0:
        compared = _("As many visits as the year before.") if not is_running else _(
            "As many visits as until this day last year."
        )  # fmt: skip
    elif is_running:
        compared = _("%(more)s visits compared with this day last year.", more=_signed(more))
    else:
        compared = _("%(more)s visits compared with the year before.", more=_signed(more))
    return _("%(first)s %(second)s", first=said, second=compared)


def _signed(number: int) -> str:
    return f"{'+' if number > 0 else '−'}{thousands(abs(number))}"
