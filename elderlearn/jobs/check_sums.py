"""The nightly looks: do the figures still say what the attendances say, and is anything unusual."""

from __future__ import annotations

import logging
from typing import Any

from elderlearn.ground.clock import today
from elderlearn.participation.check_sums import check_all, check_some
from elderlearn.participation.watch import watch_all

SUNDAY = 6
log = logging.getLogger(__name__)


async def check_sums(context: dict[Any, Any] | None = None) -> None:
    """Everybody in the night to Sunday, in Shanghai; in all others some people. What it finds alarms the pages."""
    found = await (check_all() if today().weekday() == SUNDAY else check_some())
    if found:
        log.error("sums differ from the attendances in %s rows: see `elderlearn recount --check`", found)


async def watch_patterns(context: dict[Any, Any] | None = None) -> None:
    """Unusual patterns of the last weeks are laid on the page of the district."""
    await watch_all()
