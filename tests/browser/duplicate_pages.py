"""Pages of people who may be one person: a pair to look at, a pair of two documents, one put together."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.people.register import Registered
from elderlearn.stewardship.merge import merge
from tests import people_standing as standing
from tests.browser.steps import Step, press
from tests.people_standing import CLI, Places, id_number

PAIR = "/desk/duplicates/{one_id:int}/{other_id:int}"


@dataclass(frozen=True)
class DuplicatePages:
    """Addresses of the pages."""

    pair: str
    documents: str
    merge: int


async def make_duplicate_pages(places: Places) -> DuplicatePages:
    """Told apart by nothing, by two documents, and put together a moment ago."""
    twice = [await _zhou(places) for _ in (0, 1)]
    named = [await _zhou(places, document=id_number(serial=serial)) for serial in (21, 23)]
    sure = [await _zhou(places, phone="13800007777") for _ in (0, 1)]
    done = await merge(sure[0].resident_id, sure[1].resident_id, reason="her daughter says so", by=CLI)
    return DuplicatePages(_address(twice), _address(named), done.merge_id)


async def _zhou(places: Places, *, phone: str = "13800006666", document: str | None = None) -> Registered:
    return await standing.resident(places.community, name="周玉兰", phone=phone, document=document)


def _address(both: list[Registered]) -> str:
    return f"/desk/duplicates/{both[0].resident_id}/{both[1].resident_id}"


def duplicate_stops(pages: DuplicatePages) -> list[tuple[str, str, str, Step | None]]:
    """Route, who looks, address, and what to do there."""
    undo = f"/desk/merges/{pages.merge}/undo"
    return [
        ("/desk/duplicates", "desk", "/desk/duplicates", None),
        ("/desk/duplicates", "officer", "/desk/duplicates?page=9", None),
        (PAIR, "desk", pages.pair, press("main form .key button")),
        (PAIR, "desk", pages.documents, None),
        (f"{PAIR}/two", "desk", f"{pages.pair}/two", None),
        ("/desk/merges", "desk", "/desk/merges", None),
        ("/desk/merges/{merge_id:int}/undo", "desk", undo, press("main form .danger")),
    ]
