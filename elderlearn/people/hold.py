"""The one way to hold people: by id, after cards and sessions, before runs; so nobody waits in a ring."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.ground.sql import rows, value


async def hold_people(resident_ids: Collection[int]) -> frozenset[int]:
    """Until the unit of work ends nobody else writes attendances, sums, seats or the line of these residents.

    Those who exist. Reading and signing in go on.
    """
    found = await rows(
        "SELECT id FROM resident WHERE id = ANY($1::bigint[]) ORDER BY id FOR NO KEY UPDATE",
        sorted(set(resident_ids)),
    )
    return frozenset(one["id"] for one in found)


async def is_one_merged(resident_ids: Collection[int]) -> bool:
    """One of these, who are held now, became part of another row before that: what was found out is not so."""
    found: bool = await value(
        "SELECT EXISTS (SELECT FROM resident WHERE id = ANY($1::bigint[]) AND state = 'merged')",
        list(resident_ids),
    )
    return found
