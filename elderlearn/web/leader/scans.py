"""Scans sent by the page: the same verb as for everybody else, JSON in, verdicts out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from litestar import MediaType, Request, Response, post

from elderlearn.checkin.items import RawScan, moment_of, read_item
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.receive import MOST, ScanVerdict, receive
from elderlearn.web.leader.hers import leader
from elderlearn.web.shell.guards import signed_in


@post("/scans", status_code=200)
async def take_scans(request: Request[Any, Any, Any]) -> Response[str]:
    """`{sent_at, scans: […]}`, 1 to 500; each scan gets its own verdict. A broken envelope is 400.

    `here` is how many are present now at each session that took one in. `leader` is whom the page was made for:
    if somebody else has signed in since, 401, and the phone keeps the scans for her.
    """
    sent = _read(await request.body())
    scans = sent.get("scans")
    if not isinstance(scans, list) or not 1 <= len(scans) <= MOST:
        return _answer({"code": "invalid_batch"}, status=400)
    if sent.get("leader") not in (None, str(signed_in(request).id)):
        return _answer({"code": "other_leader"}, status=401)
    items = [read_item(one) for one in scans]
    verdicts = await receive(items, by=leader(request), sent_at=moment_of(sent.get("sent_at")))
    return _answer(
        {
            "verdicts": [
                {"scan_id": one.scan_id, "verdict": one.verdict, "reason": one.reason, "name": one.name}
                for one in verdicts
            ],
            "here": await _here(items, verdicts),
        }
    )


def _read(body: bytes) -> dict[str, Any]:
    """Empty when it is no JSON object.

    Python's own reader also takes half a character or a number without end, so that one bad item spoils no other.
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


def _answer(answer: dict[str, Any], *, status: int = 200) -> Response[str]:
    """In ASCII: an id goes back as it came, and it may have been anything."""
    return Response(json.dumps(answer), status_code=status, media_type=MediaType.JSON)


async def _here(items: Sequence[RawScan], verdicts: Sequence[ScanVerdict]) -> dict[str, int]:
    """Only where somebody is present by these scans: no answer about a session that is not the leader's."""
    reached = {
        item.session_id
        for item, one in zip(items, verdicts, strict=True)
        if item.session_id is not None and one.verdict in ("recorded", "same_scan", "already_present")
    }
    return {str(id): one.present for id, one in (await presence_of(reached)).items()}
