"""Pages of unusual patterns: one of each kind, and one that was closed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from elderlearn.ground.clock import now, today
from elderlearn.ground.sql import value
from elderlearn.participation.watch import close_pattern
from tests.browser.steps import Step, press
from tests.people_standing import CLI, Places

EVIDENCE = {
    "burst": {"cards": 18, "seconds": 10, "times": 2, "staff": None},
    "crowd": {"present": 64, "capacity": 40, "venue": "二楼多功能厅"},
    "by_hand": {"visits": 320, "by_hand": 288, "share": 90, "of_all": 12, "year": "2026"},
    "bump": {"threshold": 12, "people": {"11": 9, "12": 41, "13": 8}, "year": "2026"},
}


@dataclass(frozen=True)
class UnusualPages:
    """Ids of a pattern of each kind; the last one is closed."""

    ids: tuple[int, ...]


async def make_unusual_pages(places: Places, organiser: int) -> UnusualPages:
    """As the nightly look would have found them."""
    ids = []
    for kind, evidence in EVIDENCE.items():
        ids.append(
            await value(
                """INSERT INTO unusual (district, kind, subject, measure, evidence, organisation, place, on_date,
                    seen_at, last_at) VALUES ($1, $2, $2, 20, $3::jsonb, $4, $5, $6, $7, $7) RETURNING id""",
                places.district.id, kind, json.dumps(evidence), organiser, places.street.id, today(), now(),
            )
        )  # fmt: skip
    await close_pattern(ids[-1], words="the course has twelve meetings", by=CLI)
    return UnusualPages(tuple(ids))


def unusual_stops(pages: UnusualPages) -> list[tuple[str, str, str, Step | None]]:
    """Route, who looks, address, and what to do there."""
    route = "/office/unusual/{pattern_id:int}"
    return [
        ("/office/unusual", "district", "/office/unusual", None),
        ("/office/unusual", "district", "/office/unusual?closed=1&kind=crowd", None),
        (route, "district", f"/office/unusual/{pages.ids[0]}", press("main form button")),
        (route, "district", f"/office/unusual/{pages.ids[-1]}", None),
    ]
