"""Card and birth date open for its owner, as a sign-in or as her word: five wrong tries, then the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from asyncpg import Record

from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.queries import card_by_code_or_number
from elderlearn.people.sign_in.start import start_for_resident

MOST_FAILURES = 5
LOCKED_FOR = timedelta(hours=24)


@dataclass(frozen=True)
class Owner:
    """Whose card it is."""

    card_id: int
    resident_id: int


async def sign_in_by_card(code_or_number: str, born_on: date) -> str:
    """A new token for the owner of an active card whose exact birth date is known. Raises what `prove_by_card`
    raises."""
    owner = await prove_by_card(code_or_number, born_on)
    async with unit_of_work():
        await forget_tries(owner.card_id)
        return await start_for_resident(owner.resident_id, way="card")


async def prove_by_card(code_or_number: str, born_on: date) -> Owner:
    """Whoever types this has her card and knows her birth date; the try is counted at once, outside any unit
    of work, until `forget_tries`.

    Raises Refusal('unknown_card', 'card_replaced', 'card_locked' (go to the desk), 'no_birth_date' (go to the
    desk), 'wrong_birth_date').
    """
    card = await _find(code_or_number)
    _check_opens(card)
    tried = await _count_try(card["id"])
    if tried is None:
        raise Refusal("card_locked")
    if tried["born_on"] != born_on:
        if tried["failed_tries"] >= MOST_FAILURES:
            await _note_locked(card)
            raise Refusal("card_locked")
        raise Refusal("wrong_birth_date", left=MOST_FAILURES - tried["failed_tries"])
    return Owner(card["id"], tried["resident"])


async def forget_tries(card_id: int) -> None:
    """Inside the open unit of work: the right date came."""
    await rows("UPDATE card SET failed_tries = 0, locked_until = NULL WHERE id = $1", card_id)


async def unlock_card(card_id: int, *, by: Actor) -> None:
    """The desk has seen the person."""
    async with unit_of_work():
        unlocked = await value(
            """UPDATE card SET failed_tries = 0, locked_until = NULL
            WHERE id = $1 AND (failed_tries > 0 OR locked_until IS NOT NULL) RETURNING id""",
            card_id,
        )
        if unlocked is not None:
            await note("unlock_card", by=by, subject="card", subject_id=card_id)


async def _find(code_or_number: str) -> Record:
    try:
        card = await card_by_code_or_number(code_or_number)
    except Missing:
        raise Refusal("unknown_card") from None
    found = await row(
        """SELECT c.id, c.state, c.district, r.born_on, r.born_precision, r.state AS person
        FROM card c LEFT JOIN resident r ON r.id = c.resident WHERE c.id = $1""",
        card.id,
    )
    if found is None:
        raise Refusal("unknown_card")
    return found


def _check_opens(card: Record) -> None:
    if card["state"] == "replaced":
        raise Refusal("card_replaced")
    if card["state"] == "blank" or card["born_on"] is None or card["born_precision"] != "day":
        raise Refusal("no_birth_date")
    if card["person"] not in ("active", "left"):
        raise Refusal("unknown_card")


async def _count_try(card_id: int) -> Record | None:
    """Counted before it is judged, so that guessing in parallel gets no more tries than guessing in turn."""
    return await row(
        """UPDATE card SET
            failed_tries = CASE WHEN locked_until IS NULL THEN failed_tries + 1 ELSE 1 END,
            locked_until = CASE WHEN locked_until IS NULL AND failed_tries + 1 >= $3 THEN $4::timestamptz END
        FROM resident r
        WHERE card.id = $1 AND card.state IN ('active', 'second') AND r.id = card.resident
          AND (locked_until IS NULL OR locked_until <= $2)
        RETURNING card.resident, card.failed_tries, r.born_on""",
        card_id,
        now(),
        MOST_FAILURES,
        now() + LOCKED_FOR,
    )


async def _note_locked(card: Record) -> None:
    async with unit_of_work():
        await note("lock_card", by=SYSTEM, subject="card", subject_id=card["id"], district=card["district"])
