"""Societies one row of the register belongs to are another's, because both are one person; and back again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.ground.clock import today
from elderlearn.ground.hand_rows import hand_back, hand_rows
from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class Doubled:
    """Both were written down in one society: since when the kept one had left, none when she had not."""

    gone: int
    kept: int
    kept_left_on: date | None


@dataclass(frozen=True)
class Memberships:
    """Rows that changed their person, and memberships of which one goes on."""

    members: list[int]
    requests: list[int]
    doubled: list[Doubled]


async def hand_memberships(*, gone: int, kept: int) -> Memberships:
    """An inner step of the unit of work that holds both people."""
    members = await hand_rows("organisation_member", "resident", source=gone, target=kept, once=("organisation",))
    found = await rows(
        """SELECT g.id AS gone, k.id AS kept, k.left_on AS kept_left_on FROM organisation_member g
        JOIN organisation_member k ON k.organisation = g.organisation AND k.resident = $2
        WHERE g.resident = $1 AND g.left_on IS NULL ORDER BY g.id""",
        gone,
        kept,
    )
    doubled = [Doubled(**one) for one in found]
    for one in doubled:
        await rows("UPDATE organisation_member SET left_on = NULL WHERE id = $1", one.kept)
        await rows(
            "UPDATE organisation_member SET left_on = greatest(joined_on, $2) WHERE id = $1", one.gone, today()
        )
    await rows(
        """UPDATE join_request g SET state = 'cancelled', ended_at = now() FROM join_request k
        WHERE g.resident = $1 AND k.resident = $2 AND g.organisation = k.organisation
            AND g.state = 'waiting' AND k.state = 'waiting'""",
        gone,
        kept,
    )
    requests = await hand_rows("join_request", "resident", source=gone, target=kept)
    return Memberships(members, requests, doubled)


async def return_memberships(handed: Memberships, *, gone: int, kept: int) -> None:
    """As it was, where nothing changed since."""
    await hand_back(
        "organisation_member", "resident", handed.members, source=kept, target=gone, once=("organisation",)
    )
    await hand_back("join_request", "resident", handed.requests, source=kept, target=gone)
    for one in handed.doubled:
        still = await rows("SELECT id FROM organisation_member WHERE id = $1 AND left_on IS NULL", one.kept)
        if still:
            await rows("UPDATE organisation_member SET left_on = $2 WHERE id = $1", one.kept, one.kept_left_on)
            await rows("UPDATE organisation_member SET left_on = NULL WHERE id = $1", one.gone)
