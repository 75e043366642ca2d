"""What a leader does today, did in the last days, and has before her."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get

from elderlearn.catalogue.join_queries import requests_led_by
from elderlearn.catalogue.session_queries import sessions_led_between
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.said_here import how_many_said
from elderlearn.checkin.unclear import Whose, how_many_open
from elderlearn.ground.clock import now, today
from elderlearn.web.leader.cards import Card, card
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import page

BACK, AHEAD = timedelta(days=7), timedelta(days=7)


@get("/")
async def show_today(request: Request[Any, Any, Any]) -> Response[str]:
    """Today's sessions with their counters, what is on now first; then the days to come and those gone."""
    day = today()
    cards = await _cards(signed_in(request).id, day)
    now_or_soon = sorted(cards.pop(day, []), key=lambda one: not one.is_on)
    say_here = {one.id: await how_many_said(one.id) for one in now_or_soon if one.is_on}
    return page(
        request,
        "leader/today.html",
        today=now_or_soon,
        say_here=say_here,
        coming=[one for on in sorted(cards) if on > day for one in cards[on]],
        gone=[one for on in sorted(cards, reverse=True) if on < day for one in cards[on]],
        asking=await requests_led_by(signed_in(request).id),
        unclear=await how_many_open(Whose(staff_id=signed_in(request).id)) - sum(say_here.values()),
    )


async def _cards(staff_id: int, day: date) -> dict[date, Sequence[Card]]:
    """By day; what is on now belongs to today, also when it began before midnight."""
    sessions = await sessions_led_between(staff_id, day - BACK, day + AHEAD)
    presence = await presence_of([one.id for one in sessions])
    by_day: Mapping[date, list[Card]] = defaultdict(list)
    for one in sessions:
        shown = card(one, presence[one.id], moment=now())
        by_day[day if shown.is_on else one.on_date].append(shown)
    return dict(by_day)
