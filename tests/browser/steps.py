"""What is done on a page to come to its next state."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

Step = Callable[[Page], Awaitable[None]]


def press(selector: str) -> Step:
    """A button, with everything left empty: the page then says what is missing."""

    async def step(page: Page) -> None:
        await page.locator(selector).first.click()
        await page.wait_for_load_state()

    return step
