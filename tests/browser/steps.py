"""What is done on a page to come to its next state."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import Page

from elderlearn.notices.send import send_due

Step = Callable[[Page], Awaitable[None]]


def press(selector: str) -> Step:
    """A button, with everything left empty: the page then says what is missing."""

    async def step(page: Page) -> None:
        await page.locator(selector).first.click()
        await page.wait_for_load_state()

    return step


async def digits_sent(page: Page) -> str:
    """The six digits of the latest message, as the page of the trial shows them."""
    assert await send_due(10) >= 1
    reader = await page.context.new_page()
    await reader.goto("/pretend")
    shown = await reader.locator("main").inner_text()
    await reader.close()
    code = re.search(r"(?<!\d)\d{6}(?!\d)", shown)
    assert code, shown
    return code[0]
