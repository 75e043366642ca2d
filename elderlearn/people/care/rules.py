"""Pure: who may act for whom. The tie says it, and that both are still there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

ASKED_LASTS = timedelta(days=7)
MOST_ELDERS = 8  # of one carer by herself: parents, parents-in-law, uncles, aunts; the desk may tie more
MOST_CARERS = 5  # of one elder, each of whom gets a copy of every message


@dataclass(frozen=True)
class Tie:
    """`state` asked, active, ended; the other two are states of `Resident`."""

    id: int
    elder_id: int
    carer_id: int
    state: str
    asked_at: datetime
    elder_state: str = "active"
    carer_state: str = "active"

    @property
    def is_there(self) -> bool:
        """Neither died, moved away or was merged."""
        return self.elder_state == self.carer_state == "active"


def may_act_for(carer_id: int, elder_id: int, tie: Tie | None) -> bool:
    """True for an active tie between exactly these two, both of whom are still there."""
    return (
        tie is not None and tie.state == "active" and tie.is_there
        and (tie.carer_id, tie.elder_id) == (carer_id, elder_id)
    )  # fmt: skip


def may_agree(elder_id: int, tie: Tie, now: datetime) -> bool:
    """She says yes herself, while the question is fresh; yes again is yes."""
    is_open = tie.state == "active" or (tie.state == "asked" and now - tie.asked_at < ASKED_LASTS)
    return tie.elder_id == elder_id and is_open and tie.is_there


def side_of(resident_id: int, tie: Tie) -> str | None:
    """Elder, carer, or none: somebody else, whom it does not concern. Either side may end a tie."""
    if resident_id == tie.elder_id:
        return "elder"
    return "carer" if resident_id == tie.carer_id else None
