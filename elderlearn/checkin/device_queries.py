"""Asking for the phones that scan: somebody's own, or those of everybody a place looks after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import in_order, together
from elderlearn.ground.sql import rows, value

LINE = """SELECT d.id, d.staff AS staff_id, w.name AS staff_name, p.name AS place, d.label, d.first_seen_at,
    d.seen_at, d.scans, d.sign_in AS sign_in_id, d.ended_at, d.end_reason, e.name AS ended_by,
    i.id IS NOT NULL AS is_signed_in, d.sign_in IS NULL AS is_helpers, h.helper_name
FROM device d JOIN staff w ON w.id = d.staff JOIN place p ON p.id = w.place LEFT JOIN staff e ON e.id = d.ended_by
LEFT JOIN sign_in i ON i.id = d.sign_in AND i.ended_at IS NULL AND i.expires_at > $1
LEFT JOIN LATERAL (SELECT helper_name FROM scan_pass WHERE device = d.id ORDER BY id DESC LIMIT 1) AS h ON true"""
BELOW = f"""WHERE $2 IN (p.id, p.parent, p.district) AND w.ended_at IS NULL
    AND ($3 = '' OR starts_with(w.name, $3) OR starts_with({together("w.name_pinyin")}, lower($3)))"""


@dataclass(frozen=True)
class DeviceLine:
    """One phone in the name of one member of staff. `is_helpers`: it only ever scanned by passes she gave.

    `label` is maker and browser (phone_label.py); `scans` were kept, each once.
    """

    id: int
    staff_id: int
    staff_name: str
    place: str
    label: str
    first_seen_at: datetime
    seen_at: datetime
    scans: int
    sign_in_id: int | None
    ended_at: datetime | None
    end_reason: str | None
    ended_by: str | None
    is_signed_in: bool
    is_helpers: bool
    helper_name: str | None


@dataclass(frozen=True)
class Devices:
    """One page of the list."""

    devices: list[DeviceLine]
    how_many: int


@dataclass(frozen=True)
class OtherSignIn:
    """Somewhere she is signed in from where no scan came yet."""

    id: int
    created_at: datetime
    seen_at: datetime


async def devices_of(staff_id: int) -> list[DeviceLine]:
    """Those in use first, the last seen first."""
    found = await rows(
        f"{LINE} WHERE d.staff = $2 ORDER BY d.ended_at IS NOT NULL, d.seen_at DESC, d.id", now(), staff_id
    )
    return [DeviceLine(**one) for one in found]


async def devices_below(place_id: int, *, words: str = "", limit: int = 20, offset: int = 0) -> Devices:
    """Of everybody who works for the place or below it; `words` begin her name or its spelling."""
    asked = (now(), place_id, words.replace("\0", ""))
    found = await rows(
        f"""{LINE} {BELOW}
        ORDER BY d.ended_at IS NOT NULL, {in_order("w.name")}, d.seen_at DESC, d.id LIMIT $4 OFFSET $5""",
        *asked,
        limit,
        offset,
    )
    many = await value(
        f"SELECT count(*) FROM device d JOIN staff w ON w.id = d.staff JOIN place p ON p.id = w.place {BELOW} "
        "AND $1::timestamptz IS NOT NULL",
        *asked,
    )
    return Devices([DeviceLine(**one) for one in found], many)


async def device_below(device_id: int, place_id: int) -> DeviceLine:
    """One of these. Raises Missing."""
    found = await rows(
        f"{LINE} WHERE d.id = $2 AND $3 IN (p.id, p.parent, p.district)", now(), device_id, place_id
    )
    if not found:
        raise Missing
    return DeviceLine(**found[0])


async def other_sign_ins(staff_id: int) -> list[OtherSignIn]:
    """The last used first."""
    found = await rows(
        """SELECT i.id, i.created_at, i.seen_at FROM sign_in i WHERE i.staff = $1 AND i.ended_at IS NULL
            AND i.expires_at > $2 AND NOT EXISTS (SELECT FROM device d WHERE d.sign_in = i.id AND d.staff = $1)
        ORDER BY i.seen_at DESC, i.id""",
        staff_id,
        now(),
    )
    return [OtherSignIn(**one) for one in found]
