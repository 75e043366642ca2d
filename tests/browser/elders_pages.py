"""Figures of elders that do not fit, and reporting units with communities today, earlier and in the report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from playwright.async_api import Page

from elderlearn.ground.clock import today
from elderlearn.places.assign_places import assign_places
from elderlearn.places.end_unit import end_unit
from elderlearn.places.name_unit import add_unit
from elderlearn.places.population import put_population
from elderlearn.places.units import members_of
from tests.browser.steps import Step, press
from tests.people_standing import CLI, Places

UNIT = "/office/units/{unit_id:int}"
FIGURES = "/office/population/places/{place_id:int}"
REPORT = "/office/participation"

Line = tuple[str, str, str, Step | None]


@dataclass(frozen=True)
class EldersPages:
    """Ids: `zone` has communities today, `ended` has none; `member` is one of the zone's."""

    places: Places
    zone: int
    member: int


async def make_elders_pages(places: Places) -> EldersPages:
    """Two sources for the street's figure of 2024, and one that is more than its communities."""
    for source, elders in (("police", 150), ("样例", 130)):
        lines = [(places.street.code, elders)]
        await put_population(year=2024, basis="resident", source=source, lines=lines, by=CLI)
    zone = await add_unit(places.district.id, code="KFQ", name="开发区", kind="development_zone", by=CLI)
    ids = [places.community.id, places.other_community.id]
    await assign_places(zone, ids, starts_on=date(2025, 1, 1), by=CLI)
    await assign_places(zone, [places.next_community.id], starts_on=today() + timedelta(days=30), by=CLI)
    ended = await add_unit(places.district.id, code="XC", name="老新城", kind="new_town", by=CLI)
    await end_unit(ended, ends_on=date(2024, 12, 31), by=CLI)
    return EldersPages(places, zone, (await members_of(zone))[0].id)


def elders_stops(pages: EldersPages) -> list[Line]:
    """Route, who looks, address, and what to do there."""
    zone, street = f"/office/units/{pages.zone}", pages.places.street
    return [
        ("/office/population/history", "district", "/office/population/history", press("ul.rows details summary")),
        ("/office/population/history", "district", "/office/population/history?basis=registered", None),
        (FIGURES, "district", f"/office/population/places/{street.id}", None),
        (FIGURES, "district", f"/office/population/places/{pages.places.next_community.id}", None),
        ("/office/population", "district", f"/office/population?place={street.code}&year=2024", None),
        ("/office/units", "district", "/office/units", None),
        ("/office/units/new", "district", "/office/units/new", press("main form .main")),
        (UNIT, "district", zone, tick_one),
        (f"{UNIT}/change", "district", f"{zone}/change", None),
        (f"{UNIT}/end", "district", f"{zone}/end", None),
        (f"{UNIT}/places", "district", f"{zone}/places", None),
        (f"{UNIT}/places/{{member_id:int}}", "district", f"{zone}/places/{pages.member}", None),
        (REPORT, "district", f"{REPORT}?by=unit", None),
        (REPORT, "district", f"{REPORT}?by=unit&unit=KFQ&period=2025", None),
        (REPORT, "district", f"{REPORT}?by=unit&unit=none", None),
    ]


async def tick_one(page: Page) -> None:
    """A community that will be in the unit anyway, to the complaint."""
    await page.locator("main form details summary").first.click()
    await page.locator("[name=place]").first.check()
    await page.locator("main form .main").click()
    await page.locator("#errors").wait_for()
