"""Whoever stands at the desk beside an elder: found by the card or the phone in her hand, wherever she lives."""

from __future__ import annotations

from elderlearn.ground import phone
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.register import phone_hash


async def find_carer(typed: str, district_id: int, *, beside: int) -> int:
    """Her id, never that of the elder she stands beside.

    Raises Refusal('nobody_found'), Refusal('several_found') when several have this phone.
    """
    number = phone.normal(typed[:40])
    found = await (_behind_phone(number, district_id) if number else _behind_card(typed, district_id))
    found = [one for one in found if one != beside]
    if not found:
        raise Refusal("nobody_found", field="who")
    if len(found) > 1:
        raise Refusal("several_found", field="who")
    return found[0]


async def _behind_phone(number: str, district_id: int) -> list[int]:
    found = await rows(
        """SELECT id FROM resident WHERE phone_hash = $1 AND district = $2 AND state = 'active'
        AND name IS NOT NULL ORDER BY id LIMIT 3""",
        phone_hash(number),
        district_id,
    )
    return [one["id"] for one in found]


async def _behind_card(typed: str, district_id: int) -> list[int]:
    try:
        card = await card_by_code_or_number(typed)
    except Missing:
        return []
    found = await rows(
        """SELECT r.id FROM card c JOIN resident r ON r.id = c.resident WHERE c.id = $1
        AND c.state IN ('active', 'second') AND r.district = $2 AND r.state = 'active' AND r.name IS NOT NULL""",
        card.id,
        district_id,
    )
    return [one["id"] for one in found]
