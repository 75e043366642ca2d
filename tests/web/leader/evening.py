"""A leader's evening: a class with two seats taken that is on now, and the same before and after it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from elderlearn.catalogue.schedule import Times
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import now
from elderlearn.people.cards import current_code
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, open_run
from tests.people_standing import CLI, Places, StandingStaff
from tests.web.conftest import Visitor

APART = 3 * DAY


@dataclass(frozen=True)
class Evening:
    """`gone`, `on_now` and `coming` are sessions of one class; Wang has a seat in it, Li has none."""

    places: Places
    leader: StandingStaff
    other_leader: StandingStaff
    run_id: int
    gone: int
    on_now: int
    coming: int
    wang: Registered
    li: Registered

    async def number(self, who: Registered) -> str:
        """The eight digits on her card."""
        card = await current_code(who.resident_id)
        assert card is not None
        return card.number


async def make_evening() -> Evening:
    """Began half an hour ago and lasts two hours; the same three days ago and in three days."""
    places = await standing.place_tree()
    leader, other = await standing.leader(places.street), await standing.leader(places.street)
    course = await a_course(places.community, title="Tai chi")
    first = now() - timedelta(minutes=30)
    sessions = tuple(Times(at, at + 2 * HOUR) for at in (first - APART, first, first + APART))
    run = await open_run(course, sessions=sessions, seats=30, opens_at=now() - 30 * DAY, leaders=(leader.id,))
    wang = await standing.resident(places.community, name="王秀英")
    await enrol(run.run_id, wang.resident_id, "self", by=CLI)
    li = await standing.neighbour(places)
    return Evening(places, leader, other, run.run_id, *run.session_ids, wang, li)


async def sent_back(browser: Visitor, path: str, data: Mapping[str, Any] | None = None) -> str:
    """The form was not right: 303 to its page, which says why once and keeps what was typed."""
    answer = await browser.post(path, data)
    assert answer.status_code == 303, answer.text[-2000:]
    return (await browser.follow(answer)).text
