"""Somebody comes who is on no list and has no card: her name is written down, and she is here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.sheet import put_sheet
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import current_code
from elderlearn.people.consents import NewConsent
from elderlearn.people.names import normal_name
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.register import put_resident
from elderlearn.people.residents import NewResident
from elderlearn.stewardship.name_card import put_name

SAME_TAP = timedelta(minutes=10)  # a form sent again; two people of one name and year do not come so close


@dataclass(frozen=True)
class WalkedIn:
    """`card_number` is printed on her card, or will be; `is_new` false when the same form came twice."""

    resident_id: int
    card_number: str | None
    is_new: bool


async def walk_in(
    session_id: int,
    new: NewResident,
    *,
    by: Actor,
    card: str | None = None,
    consents: tuple[NewConsent, ...] = (),
) -> WalkedIn:
    """Registered (or, with the number of a blank `card`, tied to it) and present, or nothing at all.

    The same form sent twice registers her once. Raises Missing when the session is not within reach; Refusal:
    unknown_card, card_not_blank, called_off, outside_window, and what `people.register` raises.
    """
    async with unit_of_work():
        await check_reach([session_id], by, "register_resident")
        await share_sessions([session_id])
        # Two taps wait for each other here; the second finds what the first wrote.
        await value("SELECT id FROM staff WHERE id = $1 FOR NO KEY UPDATE", by.id)
        before = await _same_form(session_id, new, is_blank=card is not None and await _is_blank(card))
        resident_id = before or await _write_down(new, card, by=by, consents=consents)
        sheet = await put_sheet(session_id, [resident_id], by=by, source="tick")
        if sheet.refused:
            raise Refusal(sheet.refused[0].reason)
        printed = await current_code(resident_id)
    return WalkedIn(resident_id, printed.number if printed else None, is_new=before is None)


async def _is_blank(card: str) -> bool:
    try:
        return (await card_by_code_or_number(card)).state == "blank"
    except Missing:
        return False


async def _same_form(session_id: int, new: NewResident, *, is_blank: bool) -> int | None:
    """With a card that is still blank she is nobody who has just been given another one."""
    found: int | None = await value(
        """SELECT a.resident FROM attendance a JOIN resident p ON p.id = a.resident
        WHERE a.session = $1 AND a.voided_at IS NULL AND p.name = $2
            AND extract(year FROM p.born_on)::int IS NOT DISTINCT FROM $3::int
            AND (p.registered_at > $4 OR EXISTS (SELECT FROM card c WHERE c.resident = p.id AND c.tied_at > $4))
            AND NOT ($5 AND EXISTS (SELECT FROM trail t WHERE t.subject = 'resident' AND t.subject_id = p.id
                AND t.action = 'name_card'))
        LIMIT 1""",
        session_id,
        normal_name(new.name),
        new.born_on.year if new.born_on else new.born_year,
        now() - SAME_TAP,
        is_blank,
    )
    return found


async def _write_down(new: NewResident, card: str | None, *, by: Actor, consents: tuple[NewConsent, ...]) -> int:
    if not card:
        return (await put_resident(new, by=by, consents=consents)).resident_id
    try:
        return (await put_name(card, new, by=by, consents=consents)).resident_id
    except Missing:
        raise Refusal("unknown_card", field="card") from None
