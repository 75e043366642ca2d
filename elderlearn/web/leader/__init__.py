"""Pages of leaders: today's sessions, checking people in."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.leader.scans import take_scans
from elderlearn.web.leader.session import show_session
from elderlearn.web.leader.ticks import tick_person
from elderlearn.web.leader.today import show_today
from elderlearn.web.leader.typed import type_number
from elderlearn.web.shell.guards import guard_leader

router = Router(
    path="/lead",
    guards=[guard_leader],
    route_handlers=[show_today, show_session, type_number, tick_person, take_scans],
)
