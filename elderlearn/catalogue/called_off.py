"""Asking for sessions that were called off and would still come: with the reason everybody concerned was told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.queries import RunCard
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows


@dataclass(frozen=True)
class CalledOff:
    """One such session of a run; `reason` is empty when none is on file."""

    run: RunCard
    starts_at: datetime
    ends_at: datetime
    reason: str


async def called_off_before_next(runs: Collection[RunCard]) -> list[CalledOff]:
    """Those somebody may still be waiting for, by time: before the next session of their run that takes place."""
    cards = {one.id: one for one in runs}
    found = await rows(
        """SELECT s.run, s.starts_at, s.ends_at, coalesce((
            SELECT t.detail ->> 'reason' FROM trail t
            WHERE t.subject = 'session' AND t.subject_id = s.id AND t.action = 'session.change'
              AND t.detail -> 'state' ->> 1 = 'called_off'
            ORDER BY t.at DESC, t.id DESC LIMIT 1), '') AS reason
        FROM session s WHERE s.run = ANY($1::bigint[]) AND s.state = 'called_off' AND s.ends_at >= $2
        ORDER BY s.starts_at, s.id""",
        list(cards),
        now(),
    )
    off = [CalledOff(cards[one["run"]], one["starts_at"], one["ends_at"], one["reason"]) for one in found]
    return [one for one in off if one.run.next_at is None or one.starts_at < one.run.next_at]
