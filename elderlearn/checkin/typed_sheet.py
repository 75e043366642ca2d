"""The numbers on a paper sheet, one a line: whose they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.people.codes import typed_number
from elderlearn.people.queries import CardRow, cards_by_number


@dataclass(frozen=True)
class BadLine:
    """A line, from 1, that names nobody: invalid_number, unknown_card, card_replaced or card_blank."""

    line: int
    typed: str
    reason: str


async def people_on(lines: Sequence[str]) -> tuple[list[int], list[BadLine]]:
    """The residents behind registration numbers, in order, and the bad lines; empty ones are skipped."""
    numbers = {no: typed_number(line) for no, line in enumerate(lines, 1) if line.strip()}
    cards = await cards_by_number({one for one in numbers.values() if one})
    people, bad = [], []
    for no, number in numbers.items():
        card = cards.get(number) if number else None
        reason = _why_not(number, card)
        if reason is None and card is not None and card.resident_id is not None:
            people.append(card.resident_id)
        else:
            bad.append(BadLine(no, lines[no - 1].strip(), reason or "card_blank"))
    return people, bad


def _why_not(number: str | None, card: CardRow | None) -> str | None:
    if number is None:
        return "invalid_number"
    if card is None:
        return "unknown_card"
    return {"replaced": "card_replaced", "blank": "card_blank"}.get(card.state)
