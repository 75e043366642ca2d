"""Asking about notices: what was (or would have been) sent, and what a human has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.errors import Missing
from elderlearn.ground.settings import settings
from elderlearn.ground.sql import rows

# Her carer's phone gets the same message, so nobody has to ring her. Expects `n` notice.
COPY_GOES = """EXISTS (SELECT FROM notice copy WHERE copy.about = n.resident AND copy.kind = n.kind
    AND copy.created_at = n.created_at AND copy.state IN ('due', 'claimed', 'sent'))"""


@dataclass(frozen=True)
class Pretended:
    """A message nobody really got; `resident_id` or `staff_id` says whom it was for."""

    id: int
    kind: str
    resident_id: int | None
    staff_id: int | None
    text: str
    at: datetime


@dataclass(frozen=True)
class Unsettled:
    """A notice of which nobody knows whether it arrived, or which cannot be sent; no text, no number."""

    id: int
    kind: str
    resident_id: int | None
    staff_id: int | None
    state: str
    problem: str | None
    at: datetime


async def recent_pretended(district_ids: Sequence[int] | None = None, limit: int = 50) -> list[Pretended]:
    """The latest first; `district_ids` none means all, with those of no district. Raises Missing when
    messages are really sent: then this page does not exist."""
    if settings().gateway != "pretend":
        raise Missing
    found = await rows(
        """SELECT id, kind, resident AS resident_id, staff AS staff_id, sent_text AS text, sent_at AS at
        FROM notice WHERE gateway = 'pretend' AND state = 'sent' AND sent_text IS NOT NULL
            AND ($1::bigint[] IS NULL OR district = ANY($1))
        ORDER BY sent_at DESC, id DESC LIMIT $2""",
        None if district_ids is None else list(district_ids),
        limit,
    )
    return [Pretended(**one) for one in found]


@dataclass(frozen=True)
class Told:
    """One message of several about the same thing, and what became of it: a state of `Notice`.

    `has_copy`: it also goes to a carer of hers, and was not refused there.
    """

    kind: str
    resident_id: int | None
    staff_id: int | None
    state: str
    at: datetime
    has_copy: bool


async def told_last(key: str) -> list[Told]:
    """The messages written together last whose `dedupe_key` begins with `key`, without the copies for carers."""
    found = await rows(
        f"""SELECT kind, resident AS resident_id, staff AS staff_id, state, created_at AS at,
            {COPY_GOES} AS has_copy
        FROM notice n WHERE starts_with(dedupe_key, $1) AND about IS NULL AND created_at = (
            SELECT max(created_at) FROM notice WHERE starts_with(dedupe_key, $1)) ORDER BY id""",
        key,
    )
    return [Told(**one) for one in found]


async def unsettled(district_ids: Sequence[int], limit: int = 200) -> list[Unsettled]:
    """What a human looks at: unknown ends, failures and people no phone reaches, the latest first."""
    found = await rows(
        f"""SELECT id, kind, resident AS resident_id, staff AS staff_id, state, problem, created_at AS at
        FROM notice n WHERE state IN ('unknown', 'failed', 'unreachable') AND district = ANY($1::bigint[])
            AND NOT (state = 'unreachable' AND {COPY_GOES})
        ORDER BY created_at DESC, id DESC LIMIT $2""",
        list(district_ids),
        limit,
    )
    return [Unsettled(**one) for one in found]
