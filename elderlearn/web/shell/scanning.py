"""What a scanner's page needs of the server, whoever holds the phone: its page, its pack, a place for its scans.

`who` is the owner of the scans on the phone: a leader ("staff:12"), or whoever helps at a session ("session:34").
Only the owner may send what was scanned.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from litestar import MediaType, Response
from msgspec import structs

from elderlearn.catalogue.session_queries import SessionCard
from elderlearn.checkin.devices import known_device
from elderlearn.checkin.items import RawScan, moment_of, read_item
from elderlearn.checkin.pack import Packed, PackedSession
from elderlearn.checkin.queries import presence_of
from elderlearn.checkin.receive import MOST, ScanVerdict, receive
from elderlearn.checkin.rules import corrected, is_clock_off
from elderlearn.checkin.verdicts import told_to_retry
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.page import AnyRequest, page
from elderlearn.web.shell.scan_words import scanner_words
from elderlearn.web.shell.viewer import viewer

PRESENT = ("recorded", "same_scan", "already_present")


@dataclass(frozen=True)
class Scanner:
    """Whose scanner it is, and the addresses it talks to.

    The page's own address must end in /scan: the service worker keeps such pages for halls without a network.
    `typed` takes the form of a phone without JavaScript; `back` is where its page leads to; empty: nowhere.
    `ended` says what to do when this phone may scan no more. A `helper` (her name) has no list of names to tick.
    """

    who: str
    scans: str
    pack: str
    typed: str = ""
    sign_in: str = ""
    back: str = ""
    walk_in: str = ""
    ended: str = ""
    has_names: bool = True
    helper: str = ""


async def scanner_page(request: AnyRequest, session: SessionCard, scanner: Scanner, form: Form) -> Response[str]:
    """The page that checks people in at one session; `form` is that of a number typed before."""
    presence = (await presence_of([session.id]))[session.id]
    return page(
        request,
        "layout/scanner/show.html",
        session=session,
        presence=presence,
        scanner=scanner,
        form=form,
        scanner_words=scanner_words(has_list=session.entry != "drop_in"),
    )


def pack_answer(who: str, sessions: Sequence[PackedSession]) -> Response[str]:
    """The pack in as few bytes as possible, with our clock, by which the phone knows how wrong its own is."""
    return json_answer({"who": who, "now": now().isoformat(), "sessions": [_session(one) for one in sessions]})


async def scans_answer(
    request: AnyRequest, *, by: Actor, who: str, until: datetime | None = None
) -> Response[str]:
    """`{who, device, sent_at, scans: […]}`, 1 to 500; each scan gets its own verdict. A broken envelope is 400.

    `here` is how many are present now at each session that took one in. If somebody else has signed in since
    the page was made, 401, and the phone keeps the scans for whoever took them. What was scanned after `until`
    stays on the phone as well.
    """
    sent = _read(await request.body())
    scans = sent.get("scans")
    if not isinstance(scans, list) or not 1 <= len(scans) <= MOST:
        return json_answer({"code": "invalid_batch"}, status=400)
    if sent.get("who") not in (None, who):
        return json_answer({"code": "other_leader"}, status=401)
    items = [_item(one, by) for one in scans]
    sent_at = moment_of(sent.get("sent_at"))
    late = {id(one) for one in items if until and _made_after(one, until, sent_at)}
    if len(late) == len(items):
        return json_answer({"code": "pass_ended"}, status=401)
    device = _line(sent.get("device"))
    by = replace(by, device=await _known(request, device, by))
    try:
        in_time = [one for one in items if id(one) not in late]
        verdicts = iter(await receive(in_time, by=by, sent_at=sent_at, device=device))
    except Refusal as refusal:  # the phone or the pass was ended: what it took stays on it
        return json_answer({"code": refusal.code}, status=401)
    told = [told_to_retry([one])[0] if id(one) in late else next(verdicts) for one in items]
    return json_answer({"verdicts": [_verdict(one) for one in told], "here": await _here(items, told)})


def _item(sent: object, by: Actor) -> RawScan:
    """A helper ticks nobody: she holds a card, or the number on it."""
    one = read_item(sent)
    return structs.replace(one, method="typed") if by.lent and one.method == "tick" else one


def _made_after(one: RawScan, until: datetime, sent_at: datetime | None) -> bool:
    """By the phone's corrected clock; of a clock far off nobody knows, and a human looks."""
    if one.scanned_at is None or is_clock_off(sent_at, now()):
        return False
    return corrected(one.scanned_at, sent_at=sent_at, received_at=now()) >= until


async def _known(request: AnyRequest, device: str | None, by: Actor) -> int | None:
    if device is None or by.id is None:
        return None
    person = viewer(request)
    return await known_device(
        device,
        by.id,
        user_agent=request.headers.get("user-agent", ""),
        sign_in_id=None if by.lent or person is None else person.sign_in_id,
    )


def json_answer(answer: dict[str, Any], *, status: int = 200) -> Response[str]:
    """In ASCII: an id goes back as it came, and it may have been anything."""
    return Response(json.dumps(answer, separators=(",", ":")), status_code=status, media_type=MediaType.JSON)


def _session(one: PackedSession) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "title": one.title,
        "starts_at": one.starts_at.isoformat(),
        "ends_at": one.ends_at.isoformat(),
        "where": one.where,
        "is_called_off": one.is_called_off,
        "has_seats": one.has_seats,
        "people": [_person(person) for person in one.people],
    }


def _person(one: Packed) -> list[str | int]:
    """In the order static/scanner/pack.js reads them."""
    return [one.card_key, one.name_masked, one.spelled, one.number_ends, int(one.is_seated), int(one.attended)]


def _verdict(one: ScanVerdict) -> dict[str, Any]:
    return {"scan_id": one.scan_id, "verdict": one.verdict, "reason": one.reason, "name": one.name}


def _line(sent: object) -> str | None:
    """A device's name as PostgreSQL takes it."""
    return sent if isinstance(sent, str) and sent.isascii() and sent.isprintable() else None


def _read(body: bytes) -> dict[str, Any]:
    """Empty when it is no JSON object.

    Python's own reader also takes half a character or a number without end, so that one bad item spoils no other.
    """
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return sent if isinstance(sent, dict) else {}


async def _here(items: Sequence[RawScan], verdicts: Sequence[ScanVerdict]) -> dict[str, int]:
    """Only where somebody is present by these scans: no answer about a session that is not theirs."""
    reached = {
        item.session_id
        for item, one in zip(items, verdicts, strict=True)
        if item.session_id is not None and one.verdict in PRESENT
    }
    return {str(id): one.present for id, one in (await presence_of(reached)).items()}
