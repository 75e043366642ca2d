"""The residents' door: her next class, her learning, her code, her seats."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.resident import code, enrolments, home, learning
from elderlearn.web.resident.sentences import SENTENCES
from elderlearn.web.shell.guards import guard_resident

router = Router(
    path="/",
    guards=[guard_resident],
    opt={"refusals": SENTENCES},
    route_handlers=[
        home.show_home,
        learning.list_learning,
        code.show_code,
        enrolments.show_seats_again,
        enrolments.enrol_here,
        enrolments.ask_withdrawal,
        enrolments.withdraw_here,
    ],
)
