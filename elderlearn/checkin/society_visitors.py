"""Asking who comes to a society without being a member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from elderlearn.ground.clock import today
from elderlearn.ground.sql import rows, value
from elderlearn.people.names import masked_name

BACK = timedelta(days=180)  # whoever has not come for half a year will not be looked for here
MOST = 50


@dataclass(frozen=True)
class Visitor:
    """How often she came in the last half year, and when last; only the masked name: she is no member.

    Year of birth and the last digits of her registration number tell three of one masked name apart.
    """

    resident_id: int
    name_masked: str
    visits: int
    last_on: date
    born_year: int | None = None
    number_ends: str = ""


async def visitors_of(organisation_id: int) -> list[Visitor]:
    """People with a name who came to its sessions and are no members now, the most faithful first."""
    found = await rows(
        """SELECT a.resident, p.name, count(*) AS visits, max(a.on_date) AS last_on,
            extract(year FROM p.born_on)::int AS born_year, (SELECT right(number, 4) FROM card
                WHERE resident = a.resident AND state <> 'replaced' ORDER BY id DESC LIMIT 1) AS number_ends
        FROM session s JOIN attendance a ON a.session = s.id AND a.voided_at IS NULL AND a.is_held
        JOIN resident p ON p.id = a.resident AND p.name IS NOT NULL AND p.state = 'active'
        WHERE s.organisation = $1 AND s.on_date >= $2 AND NOT EXISTS (SELECT FROM organisation_member m
            WHERE m.organisation = $1 AND m.resident = a.resident AND m.left_on IS NULL)
        GROUP BY a.resident, p.name, p.born_on ORDER BY visits DESC, last_on DESC, a.resident LIMIT $3""",
        organisation_id,
        today() - BACK,
        MOST,
    )
    return [
        Visitor(
            one["resident"], masked_name(one["name"]), one["visits"], one["last_on"], one["born_year"],
            one["number_ends"] or "",
        )
        for one in found
    ]  # fmt: skip


async def has_visited(organisation_id: int, resident_id: int) -> bool:
    """Whether she was at one of its sessions: then she may be taken in without her card."""
    found = await value(
        """SELECT EXISTS (SELECT FROM attendance WHERE organisation = $1 AND resident = $2
            AND voided_at IS NULL)""",
        organisation_id,
        resident_id,
    )
    return bool(found)
