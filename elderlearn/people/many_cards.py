"""An active card for each of many new people at once."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from elderlearn.people.card_keys import signing_key
from elderlearn.people.codes import SECRET_BYTES, card_key, code_for, number_from

TRIES = 60  # of finding free numbers, as in cards.py
INSERT = """INSERT INTO card (district, resident, key_id, secret_id, card_key, number, state, made_at, tied_at,
        failed_tries)
    SELECT c.*, 'active', $7::timestamptz, $7::timestamptz, 0
    FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bytea[], $5::text[], $6::text[]) AS c
    ON CONFLICT DO NOTHING RETURNING id, resident"""


async def make_cards(people: Sequence[tuple[int, int]]) -> dict[int, int]:
    """Card ids by resident, for `(district id, resident id)`; inside the open unit of work."""
    signed_with, made = signing_key(), dict[int, int]()
    for _ in range(TRIES):
        without = [one for one in people if one[1] not in made]
        if not without:
            return made
        # In the order of numbers, so that two bulks never wait for each other.
        drawn = sorted((_drawn(signed_with, *one) for one in without), key=lambda card: card[5])
        found = await rows(INSERT, *map(list, zip(*drawn, strict=True)), now())
        made |= {one["resident"]: one["id"] for one in found}
    raise RuntimeError("no free registration numbers left")


def _drawn(
    signed_with: tuple[int, bytes], district_id: int, resident_id: int
) -> tuple[int, int, int, bytes, str, str]:
    key_id, key = signed_with
    secret_id = secrets.token_bytes(SECRET_BYTES)
    number = number_from(f"{secrets.randbelow(10**7):07}")
    return district_id, resident_id, key_id, secret_id, card_key(code_for(key_id, secret_id, key)), number
