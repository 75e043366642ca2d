"""A hall that is on now, with a helper who took up the leader's offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from elderlearn.checkin.hand_over import Taken, offer, take
from elderlearn.checkin.passes import Pass, pass_of
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from tests.checkin.hall import Hall, a_hall


@dataclass
class Lending:
    """`session` is on now, `other` of the same leader too; `taken` is the helper's."""

    hall: Hall
    session: int
    other: int
    taken: Taken

    async def held(self) -> Pass:
        found = await pass_of(self.taken.key)
        assert found is not None
        return found


async def lending() -> Lending:
    hall = await a_hall()
    [session] = await hall.run(now() - timedelta(minutes=20))
    [other] = await hall.run(now() - timedelta(minutes=20))
    offered = await offer(session, by=hall.by)
    return Lending(hall, session, other, await take(offered.code, " 王大姐 "))


async def hours_later(pass_id: int, hours: float) -> None:
    """Everything about the pass happened so much earlier."""
    await rows(
        """UPDATE scan_pass SET until = until - $2::interval, taken_at = taken_at - $2::interval,
            offered_until = offered_until - $2::interval WHERE id = $1""",
        pass_id,
        timedelta(hours=hours),
    )
