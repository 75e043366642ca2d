"""Pure: the code a hall shows, new every 15 seconds by the server's clock, and the one printed for a session.

It names the session and is signed. Nobody is checked in by it: it is swapped for a claim (`claim`).
"""

from __future__ import annotations

import base64
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

STEP = 15  # seconds; contract section 4
EARLIER, LATER = 1, 1  # steps that are still, or by another node's clock already, good
SESSION_BYTES = 5
MAC_BYTES = 8  # with key id, kind and session 15 bytes: exactly 24 characters, no bits that could change unseen
ROTATING, PRINTED = 1, 2
CODE = re.compile(r"[A-Z2-7]{24}")


@dataclass(frozen=True)
class VenueCode:
    """What a genuine code says that is good now. `is_printed`: it may hang on a door, or stand in a chat."""

    session_id: int
    is_printed: bool


def rotating_code(session_id: int, moment: datetime, *, key_id: int, key: bytes) -> str:
    """24 characters A-Z 2-7: worthless 30 seconds after its quarter of a minute began."""
    return _code(_body(key_id, ROTATING, session_id), _step(moment), key)


def printed_code(session_id: int, *, key_id: int, key: bytes) -> str:
    """The same for as long as the key is known; what it claims counts only when a leader agrees."""
    return _code(_body(key_id, PRINTED, session_id), 0, key)


def read_venue_code(code: str, moment: datetime, keys: Mapping[int, bytes]) -> VenueCode | None:
    """None for a forged one and for one that is over, which are never told apart."""
    if not CODE.fullmatch(code):
        return None
    data = base64.b32decode(code)
    body, mac = data[:-MAC_BYTES], data[-MAC_BYTES:]
    key_id, kind, session_id = body[0], body[1], int.from_bytes(body[2:])
    if key_id not in keys or kind not in (ROTATING, PRINTED):
        return None
    step = _step(moment)
    good = range(step - EARLIER, step + LATER + 1) if kind == ROTATING else (0,)
    is_ours = any(hmac.compare_digest(mac, _mac(body, one, keys[key_id])) for one in good)
    return VenueCode(session_id, kind == PRINTED) if is_ours else None


def next_code_in(moment: datetime) -> float:
    """Seconds until another code is shown, more than 0 and at most `STEP`."""
    return STEP - moment.timestamp() % STEP


def venue_url(code: str, public_url: str) -> str:
    """What the QR holds: upper case only, so that it stays in alphanumeric mode and small."""
    return f"{public_url.rstrip('/')}/V/{code}".upper()


def _code(body: bytes, step: int, key: bytes) -> str:
    return base64.b32encode(body + _mac(body, step, key)).decode()


def _body(key_id: int, kind: int, session_id: int) -> bytes:
    return bytes((key_id, kind)) + session_id.to_bytes(SESSION_BYTES)


def _mac(body: bytes, step: int, key: bytes) -> bytes:
    return hmac.digest(key, body + step.to_bytes(8, signed=True), "sha256")[:MAC_BYTES]


def _step(moment: datetime) -> int:
    return int(moment.timestamp() // STEP)
