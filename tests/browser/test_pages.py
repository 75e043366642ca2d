"""Every page of the product: readable by everybody, at every size, on the narrowest phone, without JavaScript."""

from __future__ import annotations

from collections import defaultdict

import pytest

from elderlearn.app import create_app
from tests.browser.conftest import OpenPage
from tests.browser.probes import overflow, too_small, violations
from tests.browser.rounds import Stop, World, complaints, make_world, routes_without_stop, stops
from tests.conftest import Database

pytestmark = pytest.mark.browser

NARROWEST, WIDTHS = 320, (360, 768, 1280)


@pytest.fixture
async def world(database: Database) -> World:
    return await make_world()


async def test_no_page_is_left_out(world: World) -> None:
    assert routes_without_stop(create_app(), world) == set()


async def test_what_browsers_complain_of_is_heard(open_page: OpenPage) -> None:
    page = await open_page()
    said = complaints(page)
    await page.goto("/sign-in")
    await page.evaluate("document.body.setAttribute('style', 'color: red')")
    await page.evaluate("setTimeout(() => { throw new Error('broken') })")
    await page.locator("h1").click()
    assert len(said) == 2


@pytest.mark.parametrize(("size", "lang"), [(20, "zh_CN"), (30, "en")])
async def test_every_page_can_be_read_and_pressed_by_everybody(
    open_page: OpenPage, world: World, size: int, lang: str
) -> None:
    faults: dict[str, list[str]] = {}
    for who, round_of in rounds(world).items():
        page = await world.enter(open_page, who, width=NARROWEST, size=size, lang=lang)
        said = complaints(page)
        for stop in round_of:
            await page.goto(stop.address)
            if stop.step:
                await stop.step(page)
            seen = [*await overflow(page), *await too_small(page), *await violations(page)]
            faults[f"{stop.address} as {who}"] = [*seen, *said]
            said.clear()
        await page.context.close()
    assert listed(faults) == ""


@pytest.mark.parametrize(("size", "lang"), [(30, "zh_CN"), (20, "en")])
async def test_no_page_scrolls_sideways_at_any_width(
    open_page: OpenPage, world: World, size: int, lang: str
) -> None:
    faults: dict[str, list[str]] = defaultdict(list)
    for who, round_of in rounds(world).items():
        page = await world.enter(open_page, who, width=NARROWEST, size=size, lang=lang)
        for stop in round_of:
            await page.goto(stop.address)
            for width in (NARROWEST, *WIDTHS):
                await page.set_viewport_size({"width": width, "height": 800})
                faults[f"{stop.address} as {who}, {width} px"] += [*await overflow(page), *await too_small(page)]
        await page.context.close()
    assert listed(faults) == ""


async def test_every_page_is_there_without_javascript(open_page: OpenPage, world: World) -> None:
    for who, round_of in rounds(world).items():
        page = await world.enter(open_page, who, javascript=False)
        for stop in round_of:
            answer = await page.goto(stop.address)
            assert answer is not None and answer.status in (200, 404), stop
            assert await page.locator("h1").count() == 1, stop
            if stop.step:
                await stop.step(page)
                assert await page.locator("h1").count() == 1, stop
        await page.context.close()


def listed(faults: dict[str, list[str]]) -> str:
    """One line each; empty when there are none."""
    return "\n".join(f"{where}: {fault}" for where, found in faults.items() for fault in found)


def rounds(world: World) -> dict[str, list[Stop]]:
    """The stops of each person, so that one window serves for all of them."""
    found: dict[str, list[Stop]] = defaultdict(list)
    for stop in stops(world):
        found[stop.who].append(stop)
    return found
