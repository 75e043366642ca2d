"""What every page must keep: no axe violation, nothing too small to press, nothing wider than the screen."""

from __future__ import annotations

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page

OFTEN = 48  # px: nothing one can press is smaller
RULES = {
    "resultTypes": ["violations"],  # what is right is not told node by node: a third less time
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "wcag2aaa", "best-practice"],
    },
    "rules": {"color-contrast-enhanced": {"enabled": True}, "target-size": {"enabled": True}},
}
# A link inside a sentence is as high as its line; a hidden box is pressed by its label.
TOO_SMALL = """least => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter(one => {
        const box = (one.closest('label') || one).getBoundingClientRect();
        if (!box.width || one.type === 'hidden' || one.matches('.skip, .sr')) return false;
        const inSentence = one.tagName === 'A' && getComputedStyle(one).display === 'inline'
            && one.closest('p, li, td, dd, div.note');
        return !inSentence && (box.height < least - 0.5 || box.width < least - 0.5);
    })
    .map(one => one.outerHTML.slice(0, 90))"""
MAIN_TOO_SMALL = """() => [...document.querySelectorAll('.touch main :is(button, .button):not(.small)')]
    .filter(one => one.offsetHeight && one.offsetHeight < 59.5).map(one => one.outerHTML.slice(0, 90))"""
WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
STICKING_OUT = """() => [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scrollx'))
    .map(one => one.outerHTML.slice(0, 90)).slice(0, 5)"""


async def violations(page: Page) -> list[str]:
    """What axe finds, level A to AAA, one line each."""
    found = await Axe().run(page, options=RULES)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found.response["violations"]]


async def too_small(page: Page, least: int = OFTEN) -> list[str]:
    """Controls below `least` px, and main controls of resident and leader pages below 60."""
    return [*await page.evaluate(TOO_SMALL, least), *await page.evaluate(MAIN_TOO_SMALL)]


async def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways; empty when nothing does."""
    if await page.evaluate(WIDER) <= 0:
        return []
    return await page.evaluate(STICKING_OUT) or ["the page is wider than the screen"]


async def faults(page: Page) -> list[str]:
    """All of these at once: `assert await faults(page) == []`."""
    return [*await overflow(page), *await too_small(page), *await violations(page)]
