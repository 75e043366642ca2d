"""What a leader's phone takes along: her sessions of yesterday, today and tomorrow."""

from __future__ import annotations

from datetime import timedelta

from litestar import Response, get

from elderlearn.catalogue.session_queries import SessionCard, sessions_led_between
from elderlearn.checkin.pack import pack
from elderlearn.ground.clock import today
from elderlearn.web.leader.hers import leader
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest
from elderlearn.web.shell.scanning import pack_answer

AROUND = timedelta(days=1)


@get("/pack")
async def send_pack(request: AnyRequest) -> Response[str]:
    """Hashes of cards and masked names; the phone deletes it at sign-out and after two days."""
    sessions = await sessions_at_hand(request)
    return pack_answer(
        f"staff:{signed_in(request).id}", await pack([one.id for one in sessions], by=leader(request))
    )


async def sessions_at_hand(request: AnyRequest) -> list[SessionCard]:
    """By time. Called-off ones too, so that the phone can say so."""
    return await sessions_led_between(signed_in(request).id, today() - AROUND, today() + AROUND)
