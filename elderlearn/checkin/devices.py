"""Phones that scan: known by the number they give themselves, ended when lost, allowed again by a tap."""

from __future__ import annotations

from uuid import UUID

from elderlearn.checkin.phone_label import phone_label
from elderlearn.checkin.reason import needed_reason
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.roles import covers, may
from elderlearn.people.sign_in.who import SignedIn
from elderlearn.places.queries import place_by_id

LONGEST_UUID = 45


async def known_device(said: object, staff_id: int, *, user_agent: str, sign_in_id: int | None) -> int | None:
    """The phone that names itself so, in the name of this member of staff; written down when it is new.

    None when what it `said` is no UUID. `sign_in_id` is none on a helper's phone.
    """
    uuid = _uuid(said)
    if uuid is None:
        return None
    found = await row("SELECT id, sign_in FROM device WHERE uuid = $1 AND staff = $2", uuid, staff_id)
    if found is not None and (sign_in_id is None or found["sign_in"] == sign_in_id):
        known: int = found["id"]
        return known
    made: int = await value(
        """INSERT INTO device (uuid, staff, label, sign_in, first_seen_at, seen_at) VALUES ($1, $2, $3, $4, $5, $5)
        ON CONFLICT (uuid, staff) DO UPDATE SET sign_in = coalesce(excluded.sign_in, device.sign_in),
            label = excluded.label, seen_at = excluded.seen_at
        RETURNING id""",
        uuid,
        staff_id,
        phone_label(user_agent),
        sign_in_id,
        now(),
    )
    return made


async def end_device(device_id: int, *, reason: str, viewer: SignedIn, by: Actor) -> None:
    """Nothing more is taken from it, and it is signed out; the passes it holds end. Twice is the same.

    What waits on it stays there until somebody entitled allows it again. Raises Missing when the phone is
    neither the viewer's own nor that of somebody of a place she looks after, Refusal('reason_needed').
    """
    why = needed_reason(reason)
    async with unit_of_work():
        staff_id, district = await _theirs(device_id, viewer)
        ended = await row(
            """UPDATE device SET ended_at = $2, ended_by = $3, end_reason = $4 WHERE id = $1 AND ended_at IS NULL
            RETURNING sign_in""",
            device_id,
            now(),
            by.id,
            why,
        )
        if ended is None:
            return
        await rows("UPDATE sign_in SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL", ended["sign_in"], now())
        await rows(
            """UPDATE scan_pass SET ended_at = $2, ended_by = $3 WHERE ended_at IS NULL
            AND id IN (SELECT id FROM scan_pass WHERE device = $1 ORDER BY id FOR UPDATE)""",
            device_id,
            now(),
            by.id,
        )
        await note(
            "end_device",
            by=by,
            subject="staff",
            subject_id=staff_id,
            district=district,
            device=device_id,
            reason=why,
        )


async def allow_device(device_id: int, *, viewer: SignedIn, by: Actor) -> None:
    """Scans are taken from it again; nobody is signed in by this. Raises Missing as `end_device` does."""
    async with unit_of_work():
        staff_id, district = await _theirs(device_id, viewer)
        allowed = await rows(
            """UPDATE device SET ended_at = NULL, ended_by = NULL, end_reason = NULL
            WHERE id = $1 AND ended_at IS NOT NULL RETURNING id""",
            device_id,
        )
        if allowed:
            await note(
                "allow_device",
                by=by,
                subject="staff",
                subject_id=staff_id,
                district=district,
                device=device_id,
            )


def is_hers(viewer: SignedIn, staff_id: int) -> bool:
    """Her own phone, or that of a helper she gave a pass."""
    return viewer.kind == "staff" and viewer.id == staff_id


async def _theirs(device_id: int, viewer: SignedIn) -> tuple[int, int]:
    """Whose phone it is, and in which district."""
    found = await row(
        "SELECT d.staff, w.place, w.district FROM device d JOIN staff w ON w.id = d.staff WHERE d.id = $1",
        device_id,
    )
    if found is None:
        raise Missing
    is_below = may(viewer.role, "end_device") and covers(viewer.place_id, await place_by_id(found["place"]))
    if not is_hers(viewer, found["staff"]) and not is_below:
        raise Missing
    return found["staff"], found["district"]


def _uuid(said: object) -> UUID | None:
    try:
        return UUID(said) if isinstance(said, str) and len(said) <= LONGEST_UUID else None
    except ValueError:
        return None
