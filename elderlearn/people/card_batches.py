"""Sheets of blank cards: made for a place, printed, printed again. No card opens anything before it has a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import MOST_BLANK, CardCode, printed, put_blank
from elderlearn.places.queries import place_by_id

MOST_AT_ONCE = 200  # twenty sheets of paper: some seconds to draw
BATCHES = """SELECT b.id, b.place AS place_id, p.name AS place, b.district AS district_id, b.made_at,
    w.name AS by_name,
    (SELECT count(*) FROM card c WHERE c.batch = b.id)::int AS cards,
    (SELECT count(*) FROM card c WHERE c.batch = b.id AND c.state = 'blank')::int AS blank
FROM blank_batch b JOIN place p ON p.id = b.place LEFT JOIN staff w ON w.id = b.by_staff"""


@dataclass(frozen=True)
class Batch:
    """`cards` were made, `blank` of them have no name yet; `by_name` none: on the server."""

    id: int
    place_id: int
    place: str
    district_id: int
    made_at: datetime
    by_name: str | None
    cards: int
    blank: int


async def make_batch(count: int, place_id: int, *, by: Actor, most: int = MOST_AT_ONCE) -> int:
    """The id of the batch; its cards are blank. Raises Missing, Refusal('invalid_count')."""
    if not 1 <= count <= min(most, MOST_BLANK):
        raise Refusal("invalid_count", field="count", least=1, most=min(most, MOST_BLANK))
    place = await place_by_id(place_id)
    async with unit_of_work():
        batch: int = await value(
            "INSERT INTO blank_batch (district, place, made_at, by_staff) VALUES ($1, $2, $3, $4) RETURNING id",
            place.district_id, place.id, now(), by.id if by.kind == "staff" else None,
        )  # fmt: skip
        await put_blank(count, place.district_id, by=by, batch=batch)
        await note(
            "make_blank_batch", by=by, subject="blank_batch", subject_id=batch, district=place.district_id,
            place=place.id, cards=count,
        )  # fmt: skip
    return batch


async def print_batch(batch_id: int, *, by: Actor) -> list[CardCode]:
    """Those of the batch that are still blank, to be printed, by number; the look is in the trail.

    Raises Missing, Refusal('none_is_blank').
    """
    async with unit_of_work():
        batch = await row("SELECT district FROM blank_batch WHERE id = $1", batch_id)
        if batch is None:
            raise Missing
        cards = await rows(
            """SELECT id, key_id, secret_id, number, card_key FROM card
            WHERE batch = $1 AND state = 'blank' ORDER BY number""",
            batch_id,
        )
        if not cards:
            raise Refusal("none_is_blank")
        await note(
            "print_blank_batch", by=by, subject="blank_batch", subject_id=batch_id, district=batch["district"],
            cards=len(cards),
        )  # fmt: skip
    return [printed(one) for one in cards]


async def batches_in(place_id: int, *, limit: int = 20, offset: int = 0) -> list[Batch]:
    """Those made for the place or below it, the latest first."""
    found = await rows(
        f"{BATCHES} WHERE $1 IN (p.id, p.parent, p.district) ORDER BY b.id DESC LIMIT $2 OFFSET $3",
        place_id, limit, offset,
    )  # fmt: skip
    return [Batch(**one) for one in found]


async def batch(batch_id: int) -> Batch:
    """Raises Missing."""
    found = await rows(f"{BATCHES} WHERE b.id = $1", batch_id)
    if not found:
        raise Missing
    return Batch(**found[0])
