"""How a request to join a society ends: the row, and what she is told. Inner steps of an open unit of work."""

from __future__ import annotations

from typing import Literal

from elderlearn.ground.clock import now
from elderlearn.ground.sql import row, rows, value
from elderlearn.notices.write import Message, tell_many

Ended = Literal["accepted", "declined", "cancelled"]
TOLD = {"accepted": "join_accepted", "declined": "join_declined", "ended": "society_ended"}


async def end_request(
    organisation_id: int, resident_id: int, state: Ended, *, title: str, district: int, reason: str = ""
) -> bool:
    """False when none of hers waits there. She is told, unless she took it back herself."""
    ended = await row(
        """UPDATE join_request q SET state = $3, ended_at = $4, reason = $5 FROM resident r
        WHERE q.organisation = $1 AND q.resident = $2 AND q.state = 'waiting' AND r.id = q.resident
        RETURNING q.id, q.resident, r.phone_cipher, r.language""",
        organisation_id,
        resident_id,
        state,
        now(),
        reason,
    )
    if ended is not None and state in TOLD:
        await tell_many([_message(ended, state, title, district, reason)])
    return ended is not None


async def decline_all(organisation_id: int) -> int:
    """The society ended: everybody who waits is told. How many they were."""
    ended = await rows(
        """UPDATE join_request q SET state = 'declined', ended_at = $2, reason = '' FROM resident r
        WHERE q.organisation = $1 AND q.state = 'waiting' AND r.id = q.resident AND r.state = 'active'
        RETURNING q.id, q.resident, r.phone_cipher, r.language""",
        organisation_id,
        now(),
    )
    title = await value("SELECT name FROM organisation WHERE id = $1", organisation_id)
    district = await value("SELECT district FROM organisation WHERE id = $1", organisation_id)
    return await tell_many([_message(one, "ended", title, district, "") for one in ended])


def _message(ended: object, state: str, title: str, district: int, reason: str) -> Message:
    one = dict(ended)  # type: ignore[call-overload]  # a Record reads as a mapping
    return Message(
        kind=TOLD[state],
        values={"title": title} | ({"reason": reason} if state == "declined" else {}),
        resident_id=one["resident"],
        district=district,
        address_cipher=one["phone_cipher"],
        language=one["language"] or "zh_CN",
        dedupe_key=f"join:{one['id']}:{state}",
    )
