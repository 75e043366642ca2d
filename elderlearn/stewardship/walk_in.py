"""Somebody comes who is on no list and has no card: her name is written down, and she is here."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.reach import check_reach
from elderlearn.checkin.sheet import put_sheet
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.cards import current_code
from elderlearn.people.consents import NewConsent
from elderlearn.people.hand_over_card import put_card
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.register import put_resident
from elderlearn.people.residents import Checked, NewResident, check_new_resident
from elderlearn.stewardship.name_card import put_name
from elderlearn.stewardship.perhaps_known import Known, perhaps_known


@dataclass(frozen=True)
class WalkedIn:
    """`is_new` false when the same form came twice, or when she was known: then no number is told.

    `card_number` is printed on her card, or will be; `has_card` when it is the blank one just given to her.
    """

    resident_id: int
    card_number: str | None
    is_new: bool
    has_card: bool = False


@dataclass(frozen=True)
class Answer:
    """What the leader said when asked whether somebody known is meant: `same` is her id, `other` nobody is."""

    same: int | None = None
    other: bool = False


@dataclass(frozen=True)
class AskFirst:
    """Nothing was written: perhaps it is one of these."""

    people: tuple[Known, ...]


async def walk_in(
    session_id: int,
    new: NewResident,
    *,
    by: Actor,
    card: str | None = None,
    consents: tuple[NewConsent, ...] = (),
    form: UUID | None = None,
    answer: Answer | None = None,
) -> WalkedIn | AskFirst:
    """Registered (or, with the number of a blank `card`, tied to it) and present, or nothing at all.

    The same `form` with the same name and year is one person, however often it is sent; a blank card added
    later becomes hers. Raises Missing when the session is not within reach or `answer.same` was not asked
    about; Refusal: unknown_card, card_not_blank, card_was_used, called_off, outside_window, elsewhere, and what
    `people.register` raises.
    """
    checked = check_new_resident(new, today(), by)
    key = _key(form, checked)
    async with unit_of_work():
        await check_reach([session_id], by, "register_resident")
        await share_sessions([session_id])
        # Two taps wait for each other here; the second finds what the first wrote.
        await value("SELECT id FROM staff WHERE id = $1 FOR NO KEY UPDATE", by.id)
        before = await _same_form(key, by)
        if before is not None:
            return await _again(session_id, before, card, by)
        people = await perhaps_known(session_id, checked, staff_id=by.id)
        if people and answer is not None and answer.same is not None:
            return await _known(session_id, answer.same, people, by)
        if people and not (answer is not None and answer.other):
            return AskFirst(tuple(people))
        resident_id = await _write_down(new, card, by=by, consents=consents)
        await _present(session_id, resident_id, key, by)
        printed = await current_code(resident_id)
    return WalkedIn(resident_id, printed.number if printed else None, is_new=True, has_card=card is not None)


def _key(form: UUID | None, checked: Checked) -> UUID | None:
    """One page may be used for several people, with the back button: the name and the year belong to the key."""
    if form is None:
        return None
    return uuid5(form, f"{checked.name}|{checked.born_on.year if checked.born_on else ''}")


async def _same_form(key: UUID | None, by: Actor) -> int | None:
    found: int | None = await value(
        """SELECT a.resident FROM walk_in_form f JOIN attendance a ON a.id = f.attendance
        WHERE f.id = $1 AND f.by_staff = $2""",
        key,
        by.id,
    )
    return found


async def _again(session_id: int, resident_id: int, card: str | None, by: Actor) -> WalkedIn:
    has_card = card is not None and await _tie(resident_id, card, by)
    await _present(session_id, resident_id, None, by)
    printed = await current_code(resident_id)
    return WalkedIn(resident_id, printed.number if printed else None, is_new=False, has_card=has_card)


async def _tie(resident_id: int, card: str, by: Actor) -> bool:
    try:
        if (await card_by_code_or_number(card)).resident_id != resident_id:
            await put_card(resident_id, card, by=by)
    except Missing:
        raise Refusal("unknown_card", field="card") from None
    return True


async def _known(session_id: int, same: int, people: list[Known], by: Actor) -> WalkedIn:
    """She keeps the card she has: a blank one given by mistake stays blank. The form is not kept as hers."""
    if same not in {one.resident_id for one in people}:
        raise Missing
    await _present(session_id, same, None, by)
    return WalkedIn(same, None, is_new=False)


async def _present(session_id: int, resident_id: int, key: UUID | None, by: Actor) -> None:
    sheet = await put_sheet(session_id, [resident_id], by=by, source="tick")
    if sheet.refused:
        raise Refusal(sheet.refused[0].reason)
    if key is not None:
        await row(
            """INSERT INTO walk_in_form (id, attendance, by_staff, taken_at)
            SELECT $1, id, $4, $5 FROM attendance WHERE session = $2 AND resident = $3 ON CONFLICT DO NOTHING""",
            key,
            session_id,
            resident_id,
            by.id,
            now(),
        )


async def _write_down(new: NewResident, card: str | None, *, by: Actor, consents: tuple[NewConsent, ...]) -> int:
    if not card:
        return (await put_resident(new, by=by, consents=consents)).resident_id
    try:
        return (await put_name(card, new, by=by, consents=consents)).resident_id
    except Missing:
        raise Refusal("unknown_card", field="card") from None
