"""Who is told that a session changed, and which sentence."""

from __future__ import annotations

from elderlearn.catalogue.sessions import ChangedSession
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows, value
from elderlearn.people.care.tell import Message, tell_many

# Seats of the run, members of the society when the run is for members, and the leaders of the run.
CONCERNED = """SELECT r.id AS resident, NULL::bigint AS staff, r.phone_cipher, r.language
    FROM enrolment e JOIN resident r ON r.id = e.resident
    WHERE e.run = $1 AND e.state IN ('seated', 'offered')
    UNION
    SELECT r.id, NULL, r.phone_cipher, r.language
    FROM course_run q JOIN organisation_member m ON m.organisation = q.organisation AND m.left_on IS NULL
    JOIN resident r ON r.id = m.resident WHERE q.id = $1 AND q.entry = 'members'
    UNION ALL
    SELECT NULL, w.id, w.phone_cipher, w.language
    FROM run_leader l JOIN staff w ON w.id = l.staff AND w.ended_at IS NULL WHERE l.run = $1"""


async def tell_everyone(changed: ChangedSession, reason: str) -> int:
    """One notice each, in the open unit of work; answers how many. A change while called off tells nobody."""
    kind = _kind(changed)
    if kind is None:
        return 0
    after = changed.after
    when = changed.before.starts_at if kind == "session_called_off" else after.starts_at
    title = await value(
        "SELECT c.title FROM course_run q JOIN course c ON c.id = q.course WHERE q.id = $1", after.run_id
    )
    found = await rows(CONCERNED, after.run_id)
    change = (
        f"{key_of_session(after.id)}{int(now().timestamp() * 1_000_000)}"  # one at a time: the session is held
    )
    return await tell_many(
        [
            Message(
                kind=kind,
                values={"title": title, "when": when, "reason": reason},
                resident_id=one["resident"],
                staff_id=one["staff"],
                district=after.district_id,
                address_cipher=one["phone_cipher"],
                language=one["language"] or "zh_CN",
                dedupe_key=f"{change}:{'r' if one['resident'] else 's'}{one['resident'] or one['staff']}",
            )
            for one in found
        ]
    )


def key_of_session(session_id: int) -> str:
    """With what the keys of all notices about changes of this session begin."""
    return f"session:{session_id}:"


def _kind(changed: ChangedSession) -> str | None:
    was, is_now = changed.before.state, changed.after.state
    if is_now == "called_off":
        return None if was == "called_off" else "session_called_off"
    return "session_restored" if was == "called_off" else "session_changed"
