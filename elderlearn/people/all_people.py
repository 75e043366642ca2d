"""Everybody a search at the desk finds, one after the other: for lists that are taken along."""

from __future__ import annotations

from collections.abc import AsyncIterator

from elderlearn.ground.sql import stream
from elderlearn.people.search import BY_NAME, ORDERS, FoundPerson, conditions
from elderlearn.people.search_words import read_words


async def all_people(
    words: str, *, place_id: int, district_id: int, order: str = "name", with_gone: bool = False
) -> AsyncIterator[FoundPerson]:
    """The same people as `find_people` in the same order; those who died or moved away at the end."""
    sought = read_words(words)
    where, asked = await conditions(sought, place_id, district_id)
    are_listed = with_gone or not sought.is_everybody
    statement = f"""SELECT r.id, r.name, r.born_on, r.born_precision, r.residence, p.name AS place,
            s.name AS street, r.state,
            (SELECT c.number FROM card c WHERE c.resident = r.id AND c.state = 'active') AS number
        FROM resident r LEFT JOIN place p ON p.id = r.place LEFT JOIN place s ON s.id = p.parent
        {where} {"" if are_listed else "AND r.state = 'active'"}
        ORDER BY r.state <> 'active', {ORDERS.get(order, BY_NAME)}"""
    async for one in stream(statement, *asked):
        yield FoundPerson(**one)
