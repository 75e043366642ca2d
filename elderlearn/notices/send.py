"""Send what is due. Several workers at once share the work; a notice is sent at least once, mostly once.

claim (guarded) -> gateway -> mark (only by whoever still holds the claim).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag

from elderlearn.ground.clock import now
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.sql import rows
from elderlearn.notices import gateways
from elderlearn.notices.gateways import Gateway
from elderlearn.notices.outcomes import BACK_OFF, CLAIM_LASTS, Next, Outcome, after, is_worthless
from elderlearn.notices.wording import SECRET, worded

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claimed:
    """A notice this worker may send until its claim is taken back. Never log one: it may hold a code."""

    id: int
    kind: str
    values: dict[str, Any]
    language: str
    address_cipher: bytes
    tries: int
    created_at: datetime


@dataclass(frozen=True)
class Result:
    """What became of one notice."""

    id: int
    next: Next
    text: str | None = None
    problem: str | None = None


async def send_due(limit: int | None = None, *, gateway: Gateway | None = None) -> int:
    """How many notices were tried, at most `limit` (by default a batch of the gateway).

    Opens no unit of work: every statement stands alone, so that a killed worker loses nothing.
    """
    way = gateway or gateways.gateway()
    await take_back_claims()
    at = now()
    claimed = await claim(min(limit or way.batch, way.batch), way.name, at)
    results = await asyncio.gather(*(_try(one, way) for one in claimed))
    await _mark(results, way, at)
    return len(claimed)


async def take_back_claims() -> None:
    """Claims of workers that died: due again where sending twice does no harm (a few times), else for a human."""
    await rows(
        """UPDATE notice SET problem = 'the worker died while sending',
            state = CASE WHEN gateway = ANY($1::text[]) AND tries <= $3 THEN 'due' ELSE 'unknown' END
        WHERE state = 'claimed' AND claimed_at < $2""",
        gateways.IDEMPOTENT,
        now() - CLAIM_LASTS,
        len(BACK_OFF),
    )


async def claim(limit: int, gateway_name: str, at: datetime) -> list[Claimed]:
    """Take notices for this worker alone: rows another one is just taking are passed over."""
    found = await rows(
        """UPDATE notice SET state = 'claimed', claimed_at = $2, tries = tries + 1, gateway = $3
        WHERE state = 'due' AND id IN (
            SELECT id FROM notice WHERE state = 'due' AND next_try_at <= $2
            ORDER BY next_try_at, id LIMIT $1 FOR UPDATE SKIP LOCKED)
        RETURNING id, kind, values, language, address_cipher, tries, created_at""",
        limit,
        at,
        gateway_name,
    )
    return [Claimed(**{**one, "values": json.loads(one["values"])}) for one in found]


async def _try(one: Claimed, way: Gateway) -> Result:
    if is_worthless(one.kind, one.created_at, now()):
        return Result(one.id, Next("failed"), problem="too late")
    try:
        text = worded(one.kind, one.values, one.language)
    except ValueError:
        return Result(one.id, Next("failed"), problem="cannot be worded")
    try:
        address = decrypt(one.address_cipher)
    except (InvalidTag, IndexError, ValueError):
        return Result(one.id, Next("failed"), problem="the address cannot be read")
    outcome = await _outcome(one, way, address, text)
    following = after(outcome, tries=one.tries, is_idempotent=way.is_idempotent, at=now())
    kept = text if way.keeps_text and following.state == "sent" else None
    return Result(one.id, following, kept, None if following.state == "sent" else outcome.value)


async def _outcome(one: Claimed, way: Gateway, address: str, text: str) -> Outcome:
    """A gateway that breaks has perhaps sent; one broken notice never stops the others of its batch."""
    try:
        return await way.send(notice_id=one.id, address=address, text=text)
    except Exception as error:
        # The error itself may quote the message, so only its kind goes to the log.
        log.error("gateway %s broke on notice %s: %s", way.name, one.id, type(error).__name__)
        return Outcome.NO_ANSWER


async def _mark(results: Sequence[Result], way: Gateway, claimed_at: datetime) -> None:
    """Only rows still claimed by us. A sent secret is forgotten, unless the pretend page has to show it."""
    await rows(
        """UPDATE notice SET state = r.state, next_try_at = coalesce(r.next_try_at, notice.next_try_at),
            sent_at = CASE WHEN r.state = 'sent' THEN $6::timestamptz END, sent_text = r.text, problem = r.problem,
            values = CASE WHEN r.state IN ('sent', 'failed') THEN notice.values - $7::text[] ELSE notice.values END
        FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[], $5::text[])
            AS r (id, state, next_try_at, text, problem)
        WHERE notice.id = r.id AND notice.state = 'claimed' AND notice.claimed_at = $8""",
        [one.id for one in results],
        [one.next.state for one in results],
        [one.next.next_try_at for one in results],
        [one.text for one in results],
        [one.problem for one in results],
        now(),
        sorted(SECRET.values()),
        claimed_at,
    )
