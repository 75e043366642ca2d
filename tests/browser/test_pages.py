"""Every page of the product: readable by everybody, at every size, on the narrowest phone, without JavaScript."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable

import pytest
from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from elderlearn.app import create_app
from tests.browser.conftest import OpenPage
from tests.browser.probes import overflow, too_small, violations
from tests.browser.rounds import Stop, World, complaints, make_world, routes_without_stop, stops
from tests.conftest import Database

pytestmark = pytest.mark.browser

NARROWEST, WIDTHS = 320, (360, 768, 1280)
AT_ONCE = 3  # people walking; more make two cores no faster

Look = Callable[[Page, Stop], Awaitable[list[str]]]


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
    async def look(page: Page, stop: Stop) -> list[str]:
        if stop.step:
            await stop.step(page)
        return [*await violations(page), *await at_all_widths(page)]

    assert await walk(open_page, world, look, width=NARROWEST, size=size, lang=lang) == ""


async def test_every_page_is_there_without_javascript_in_the_largest_chinese(
    open_page: OpenPage, world: World
) -> None:
    async def look(page: Page, stop: Stop) -> list[str]:
        found = await without_script(page)
        if stop.step:
            await stop.step(page)
            found += await without_script(page)
        return found

    assert await walk(open_page, world, look, width=NARROWEST, size=30, lang="zh_CN", javascript=False) == ""


async def walk(open_page: OpenPage, world: World, look: Look, **options: object) -> str:
    """A few people at once, each through her own pages; what is wrong there, one line each."""
    faults: dict[str, list[str]] = defaultdict(list)
    free = asyncio.Semaphore(AT_ONCE)

    async def of_one(who: str, round_of: list[Stop]) -> None:
        async with free:
            page = await world.enter(open_page, who, **options)
            said = complaints(page)
            for stop in round_of:
                faults[f"{stop.address} as {who}"] += [*await visit(page, stop, look), *said]
                said.clear()
            await page.context.close()

    await asyncio.gather(*(of_one(who, round_of) for who, round_of in rounds(world).items()))
    return "\n".join(f"{where}: {fault}" for where, found in faults.items() for fault in found)


async def visit(page: Page, stop: Stop, look: Look) -> list[str]:
    """What is wrong with one page; that it does not open, too."""
    try:
        answer = await page.goto(stop.address)
        status = answer.status if answer else None
        return [f"answers {status}"] if status != stop.status else await look(page, stop)
    except PlaywrightError as error:
        return [str(error)]


async def at_all_widths(page: Page) -> list[str]:
    """What sticks out or is too small to press, from the narrowest phone to a desk; the page stays narrow."""
    found: list[str] = []
    for width in (*WIDTHS, NARROWEST):
        await page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width} px: {one}" for one in [*await overflow(page), *await too_small(page)]]
    return found


async def without_script(page: Page) -> list[str]:
    """What is wrong with a page that only HTML and styles have made."""
    headings = await page.locator("h1").count()
    return [*([f"{headings} headings"] if headings != 1 else []), *await overflow(page), *await too_small(page)]


def rounds(world: World) -> dict[str, list[Stop]]:
    """The stops of each person, so that one window serves for all of them."""
    found: dict[str, list[Stop]] = defaultdict(list)
    for stop in stops(world):
        found[stop.who].append(stop)
    return found
