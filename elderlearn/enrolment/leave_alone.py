"""One of two who asked as one is gone: the other keeps what she has, alone from now on, and is told."""

from __future__ import annotations

from elderlearn.ground.sql import rows
from elderlearn.people.care.tell import Message, tell_many


async def leave_alone(run_id: int, together: int) -> None:
    """After her row was taken out of the couple; inside the unit of work that holds the run."""
    left = await rows(
        """WITH alone AS (UPDATE enrolment SET together = NULL WHERE run = $1 AND together = $2 RETURNING resident)
        SELECT who.id, who.phone_cipher, coalesce(who.language, 'zh_CN') AS language, r.district, c.title
        FROM alone JOIN resident who ON who.id = alone.resident
        JOIN course_run r ON r.id = $1 JOIN course c ON c.id = r.course""",
        run_id,
        together,
    )
    await tell_many(
        [
            Message(
                kind="left_alone",
                values={"title": one["title"]},
                resident_id=one["id"],
                district=one["district"],
                address_cipher=one["phone_cipher"],
                language=one["language"],
            )
            for one in left
        ]
    )
