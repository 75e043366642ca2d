"""Who they are and what they learn: age and sex, kinds of learning, how it was recorded, other thresholds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get

from elderlearn.locale import _
from elderlearn.participation.by_age import SEXES, BandLine, Both, by_age
from elderlearn.participation.by_hand import Recorded, recorded
from elderlearn.participation.by_kind import by_kind
from elderlearn.participation.counted import counted_by
from elderlearn.participation.sensitivity import Strip, sensitivity
from elderlearn.places.queries import PlaceRow, ever_within
from elderlearn.web.office.addresses import Shown, address
from elderlearn.web.office.narrowing import KINDS_SAID, SEXES_SAID, band_in_words
from elderlearn.web.office.organisers import PATH as ORGANISERS
from elderlearn.web.office.reach import place_asked, year_asked
from elderlearn.web.shell.forms import read_query
from elderlearn.web.shell.numbers import percent
from elderlearn.web.shell.page import page

PATH = "/office/participation/makeup"
FIGURES = ("learners", "regulars")


@dataclass(frozen=True)
class Cell:
    """A number of persons, and where they are listed; nowhere when there are none."""

    persons: int
    href: str


@dataclass(frozen=True)
class AgeLine:
    """Cells of learners, then of regulars: each sex of the table, then all together."""

    name: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class KindLine:
    """A kind of learning; its learners may stand in other kinds, too."""

    name: str
    visits: int
    learners: Cell


@dataclass(frozen=True)
class Makeup:
    """What the page draws. `sexes` are the columns: the unknown only when there are some."""

    place: PlaceRow
    shown: Shown
    sexes: Sequence[str]
    ages: Sequence[AgeLine]
    kinds: Sequence[KindLine]
    recorded: Recorded
    by_hand: str
    by_phone: str
    strip: Strip
    organisers: str


@get("/participation/makeup")
async def show_makeup(request: Request[Any, Any, Any]) -> Response[str]:
    """`place` and `period` like the report, of which this is a part: of a large place it comes a moment later."""
    asked = read_query(request)
    place, period = await place_asked(request, asked.value("place")), year_asked(asked.value("period"))
    makeup = await makeup_of(place, Shown(place.code, period))
    return page(
        request, "office/participation/makeup.html", fragment="office/participation/_makeup.html", makeup=makeup
    )


async def makeup_of(place: PlaceRow, shown: Shown) -> Makeup:
    """Ages and kinds by where people live; how it was recorded by where it was held."""
    counted = await counted_by(place.district_id, shown.period)
    places = await ever_within(place.id)
    lines = await by_age(places, place.district_id, counted)
    kept = [one for one in range(len(SEXES)) if SEXES[one] != "unknown" or _has(lines, one)]
    found = await recorded(place, counted)
    return Makeup(
        place=place,
        shown=shown,
        sexes=[_(SEXES_SAID[SEXES[one]]) for one in kept],
        ages=[_age_line(one, kept, shown) for one in lines] + [_together(lines, kept, shown)],
        kinds=[
            KindLine(_(KINDS_SAID[one.kind]), one.visits, _cell(one.learners, shown, "learners", kind=one.kind))
            for one in await by_kind(places, place.district_id, counted)
        ],
        recorded=found,
        by_hand=percent(found.by_hand / found.visits if found.visits else None),
        by_phone=percent(found.by_phone / found.visits if found.visits else None),
        strip=await sensitivity(place.district_id, shown.period, place.id),
        organisers=address(ORGANISERS, {"place": place.code, "period": shown.period}),
    )


def _has(lines: Sequence[BandLine], sex: int) -> bool:
    return any(one.by_sex[sex] != Both() for one in lines)


def _age_line(line: BandLine, kept: Sequence[int], shown: Shown) -> AgeLine:
    cells = []
    for figure in FIGURES:
        for sex in kept:
            many = getattr(line.by_sex[sex], figure)
            cells.append(_cell(many, shown, figure, band=line.band.name, sex=SEXES[sex]))
        cells.append(_cell(getattr(line.both, figure), shown, figure, band=line.band.name))
    return AgeLine(band_in_words(line.band.name), cells)


def _together(lines: Sequence[BandLine], kept: Sequence[int], shown: Shown) -> AgeLine:
    cells = []
    for figure in FIGURES:
        for sex in kept:
            many = sum(getattr(one.by_sex[sex], figure) for one in lines)
            cells.append(_cell(many, shown, figure, sex=SEXES[sex]))
        cells.append(_cell(sum(getattr(one.both, figure) for one in lines), shown, figure))
    return AgeLine(_("All together"), cells)


def _cell(persons: int, shown: Shown, figure: str, **narrowed: str) -> Cell:
    asked = {"place": shown.place_code, "period": shown.period, "figure": figure} | narrowed
    return Cell(persons, address("/office/people", asked) if persons else "")
