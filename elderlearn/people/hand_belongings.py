"""Cards, consents, papers and carers of one row of the register are another's: both are one person; and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elderlearn.ground.clock import now
from elderlearn.ground.hand_rows import hand_back, hand_rows
from elderlearn.ground.sql import rows

PLAIN = {"consent": ("resident",), "resident_paper": ("resident",), "notice": ("resident", "about")}


@dataclass(frozen=True)
class Belongings:
    """Ids of the rows that changed their person, by table and column; the cards among them that opened."""

    moved: dict[str, list[int]]
    cards_active: list[int]
    ties_ended: list[int]


async def hand_belongings(*, gone: int, kept: int) -> Belongings:
    """Both cards open from now on. Nobody stays signed in as the row that goes.

    An inner step of the unit of work that holds the cards, then both people.
    """
    active = await rows("SELECT id FROM card WHERE resident = $1 AND state IN ('active', 'second')", gone)
    await rows(
        """UPDATE card SET state = 'second' WHERE resident = $1 AND state = 'active'
            AND EXISTS (SELECT FROM card WHERE resident = $2 AND state = 'active')""",
        gone,
        kept,
    )
    moved = {"card.resident": await hand_rows("card", "resident", source=gone, target=kept)}
    for table, columns in PLAIN.items():
        for column in columns:
            moved[f"{table}.{column}"] = await hand_rows(table, column, source=gone, target=kept)
    if not await rows("SELECT FROM emergency_contact WHERE resident = $1", kept):
        moved["emergency_contact.resident"] = await hand_rows(
            "emergency_contact", "resident", source=gone, target=kept
        )
    ended = await _hand_ties(gone, kept, moved)
    await rows("UPDATE sign_in SET ended_at = $2 WHERE resident = $1 AND ended_at IS NULL", gone, now())
    return Belongings(moved, [one["id"] for one in active], ended)


async def return_belongings(handed: Belongings, *, gone: int, kept: int) -> None:
    """As it was. A card replaced since stays so; of cards made since, all stay with `kept`."""
    for name, ids in sorted(handed.moved.items()):
        table, column = name.split(".")
        await hand_back(table, column, ids, source=kept, target=gone)
    await rows(
        """UPDATE card SET state = 'active' WHERE id = (SELECT max(id) FROM card
            WHERE id = ANY($1::bigint[]) AND resident = $2 AND state IN ('active', 'second'))""",
        handed.cards_active,
        gone,
    )
    await rows(
        """UPDATE carer_link l SET state = 'active', ended_at = NULL, ended_by = NULL
        WHERE id = ANY($1::bigint[]) AND state = 'ended' AND ended_by = 'gone' AND NOT EXISTS (
            SELECT FROM carer_link o WHERE o.elder = l.elder AND o.carer = l.carer AND o.state <> 'ended')""",
        handed.ties_ended,
    )


async def _hand_ties(gone: int, kept: int, moved: dict[str, list[int]]) -> list[int]:
    """Nobody is tied to herself, nor twice to one carer: such a tie ends. Which of the ended had been active."""
    found = await rows(
        """WITH doubled AS (SELECT l.id, l.state FROM carer_link l WHERE l.state <> 'ended' AND (
            (l.elder, l.carer) IN (($1, $2), ($2, $1))
            OR (l.elder = $1 AND EXISTS (SELECT FROM carer_link o
                WHERE o.elder = $2 AND o.carer = l.carer AND o.state <> 'ended'))
            OR (l.carer = $1 AND EXISTS (SELECT FROM carer_link o
                WHERE o.carer = $2 AND o.elder = l.elder AND o.state <> 'ended'))))
        UPDATE carer_link l SET state = 'ended', ended_at = $3, ended_by = 'gone' FROM doubled d
        WHERE l.id = d.id RETURNING l.id, d.state AS was""",
        gone,
        kept,
        now(),
    )
    for column, other in (("elder", "carer"), ("carer", "elder")):
        moved[f"carer_link.{column}"] = await hand_rows(
            "carer_link", column, source=gone, target=kept, only=f"t.state <> 'ended' AND t.{other} <> {int(kept)}"
        )
    return [one["id"] for one in found if one["was"] == "active"]


def told(handed: Belongings) -> Mapping[str, object]:
    """As it is kept for the way back."""
    return {"moved": handed.moved, "cards_active": handed.cards_active, "ties_ended": handed.ties_ended}
