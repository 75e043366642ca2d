"""The pages of the hall's code for the round: over, for a stranger, for somebody known, and after the button."""

from __future__ import annotations

from urllib.parse import urlsplit

from elderlearn.checkin.claim import claim_by, poster_address
from elderlearn.checkin.say_here import say_here
from elderlearn.ground.actor import Actor
from elderlearn.people.register import Registered
from tests.browser.steps import Step, press
from tests.web.leader.evening import Evening


def poster_path(session_id: int) -> str:
    """Where a poster leads; good as long as the round lasts."""
    return urlsplit(poster_address(session_id)).path


async def say_here_by_poster(session_id: int, who: Registered) -> None:
    """She waits for the leader's tick."""
    claim = claim_by(poster_path(session_id).rpartition("/")[2])
    assert claim is not None
    await say_here(claim, by=Actor("resident", who.resident_id, "resident"))


def venue_stops(evening: Evening) -> list[tuple[str, str, str] | tuple[str, str, str, Step]]:
    """Route, who, address, step; in this order, because a claim stays in the browser."""
    poster, here = poster_path(evening.on_now), f"/here/{evening.on_now}"
    return [
        ("/V/{code:str}", "nobody", "/V/OVER"),
        ("/v/{code:str}", "nobody", poster.replace("/V/", "/v/")),
        ("/here/{session_id:int}", "resident", here),
        ("/V/{code:str}", "resident", poster_path(evening.coming)),
        ("/V/{code:str}", "resident", poster),
        ("/V/{code:str}", "resident", poster, press("button.press")),
        ("/V/{code:str}", "leader", poster),
    ]
