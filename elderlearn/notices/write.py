"""Promise that somebody will be told: a row of the outbox, in the unit of work of the fact it tells of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from elderlearn.ground.clock import now
from elderlearn.ground.languages import DEFAULT, known
from elderlearn.ground.sql import rows
from elderlearn.notices.wording import check_wording

# For the statement that writes a fact and the promise to tell of it at once; `values` by `kept_values`.
COLUMNS = "kind, values, resident, district, address_cipher, language, created_at, next_try_at, state, tries"


@dataclass(frozen=True)
class Message:
    """One message to one person; `values` fill the wording of `kind` (moments may be datetimes).

    Without an address the notice is `unreachable`: staff call. Of two with one `dedupe_key` the first counts.
    A copy for somebody's carer says `about` whom it is (id); `values` then name her, masked, as `whose`.
    """

    kind: str
    values: Mapping[str, object]
    resident_id: int | None = None
    staff_id: int | None = None
    district: int | None = None
    address_cipher: bytes | None = None
    language: str = DEFAULT
    dedupe_key: str | None = None
    about: int | None = None


async def tell(
    *,
    kind: str,
    values: Mapping[str, object],
    resident_id: int | None = None,
    staff_id: int | None = None,
    district: int | None = None,
    address_cipher: bytes | None = None,
    language: str | None = None,
    dedupe_key: str | None = None,
) -> int:
    """One message, inside the open unit of work; see `tell_many`."""
    return await tell_many(
        [Message(kind, values, resident_id, staff_id, district, address_cipher, known(language), dedupe_key)]
    )


async def tell_many(messages: Sequence[Message]) -> int:
    """How many are new. Sent soon after the caller's unit of work commits, never when it does not.

    Raises ValueError when a kind has no wording or a value is missing.
    """
    for one in messages:
        check_wording(one.kind, one.values)
    if not messages:
        return 0
    # In the order of their keys, so that two writers of the same keys never wait for each other in a ring.
    ordered = sorted(messages, key=lambda one: one.dedupe_key or "")
    added = await rows(
        """INSERT INTO notice (kind, values, resident, staff, district, address_cipher, language, dedupe_key,
            about, created_at, next_try_at, state, tries)
        SELECT n.kind, n.values::jsonb, n.resident, n.staff, n.district, n.address, n.language, n.dedupe_key,
            n.about, $9, $9, CASE WHEN n.address IS NULL THEN 'unreachable' ELSE 'due' END, 0
        FROM unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bytea[], $7::text[],
            $8::text[], $10::bigint[])
            AS n (kind, values, resident, staff, district, address, language, dedupe_key, about)
        ON CONFLICT (dedupe_key) DO NOTHING RETURNING id""",
        [one.kind for one in ordered],
        [_kept(one.values) for one in ordered],
        [one.resident_id for one in ordered],
        [one.staff_id for one in ordered],
        [one.district for one in ordered],
        [one.address_cipher for one in ordered],
        [known(one.language) for one in ordered],
        [one.dedupe_key for one in ordered],
        now(),
        [one.about for one in ordered],
    )
    return len(added)


def kept_values(kind: str, values: Mapping[str, object]) -> str:
    """The values of a notice as JSON. Raises ValueError when the kind has no wording or a value is missing."""
    check_wording(kind, values)
    return _kept(values)


def _kept(values: Mapping[str, object]) -> str:
    return json.dumps(dict(values), default=_plain, ensure_ascii=False)


def _plain(value: object) -> str:
    """Moments as ISO text with their offset. Raises TypeError for what the wording could not say again."""
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} in the values of a notice")
