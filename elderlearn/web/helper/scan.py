"""The scanner in a helper's hands: the title of one session, and the names of those just scanned."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

from litestar import Response, get, post

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.items import read_item
from elderlearn.checkin.pack import PackedSession, pack
from elderlearn.checkin.passes import Pass
from elderlearn.checkin.receive import receive
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.shell.again import once, send_back, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.helper_pass import PATH, PassNeeded, helper_pass
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.scan_words import TONES, verdict_in_words
from elderlearn.web.shell.scanning import Scanner, pack_answer, scanner_page, scans_answer

HERE = f"{PATH}/scan"


@get("/scan")
async def show_helper_scanner(request: AnyRequest) -> Response[Any]:
    """Until midnight the scanner; after it only what still waits to be sent."""
    held = helper_pass(request)
    session = await session_card(held.session_id)
    scanner = Scanner(
        who=whose(held),
        scans=f"{PATH}/scans",
        pack=f"{PATH}/pack",
        typed=f"{PATH}/typed",
        sign_in=PATH,
        ended=PATH,
        has_names=False,
        helper=held.helper_name,
    )
    if held.state != "open":
        return page(request, "helper/sending.html", session=session, scanner=scanner)
    return once(request, await scanner_page(request, session, scanner, typed_before(request)))


@get("/pack")
async def send_helper_pack(request: AnyRequest) -> Response[str]:
    """Of her one session, empty after midnight. Nobody can be looked for by name: she sees whom she scans."""
    held = helper_pass(request)
    packed = await pack([held.session_id], by=held.by()) if held.state == "open" else []
    return pack_answer(whose(held), [_without_names(one) for one in packed])


@post("/scans", status_code=200)
async def take_helper_scans(request: AnyRequest) -> Response[str]:
    """A verdict for each scan, in the name of whoever gave the pass; 401 when it is over."""
    held = helper_pass(request)
    return await scans_answer(request, by=held.by(), who=whose(held), until=held.until)


@post("/typed", status_code=200)
async def type_helper_number(request: AnyRequest) -> Response[Any]:
    """One number or code, one sentence: on any phone, without camera and without JavaScript."""
    held = helper_pass(request)
    form = await read_form(request)
    code = form.text("code", limit=300, need=_("Please type the 8 digits under the code."))
    if held.state != "open":
        raise PassNeeded
    if not form.is_good:
        return _again(request, form)
    sent = {"scan_id": str(uuid4()), "session_id": held.session_id, "code": code, "scanned_at": now()}
    try:
        [verdict] = await receive([read_item(sent | {"method": "typed"})], by=held.by())
    except Refusal:
        raise PassNeeded from None
    if verdict.verdict in ("refused", "retry"):
        form.complain("code", verdict_in_words(verdict))
        return _again(request, form)
    said = f"{verdict.name or ''} {verdict_in_words(verdict)}".strip()
    return go(request, HERE, said=said, tone=TONES[verdict.verdict])


def whose(held: Pass) -> str:
    """Scans on a phone are those of the session, so that a new pass for it sends what an older one left there."""
    return f"session:{held.session_id}"


def _without_names(one: PackedSession) -> PackedSession:
    return replace(one, people=tuple(replace(person, spelled="", number_ends="") for person in one.people))


def _again(request: AnyRequest, form: Form) -> Response[Any]:
    form.typed = {"code": [form.value("code")[:300]]}
    return send_back(request, HERE, form) or go(request, HERE, said=form.errors["code"], tone="no")
