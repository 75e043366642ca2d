"""A leader asks somebody to help with scanning: her picture opens these pages, or eight digits typed here.

Looking takes nothing: previews of links are harmless. One button, pressed once, makes this phone the helper's.
"""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.catalogue.session_queries import session_card
from elderlearn.checkin.hand_over import LONGEST_SECRET, shown, take
from elderlearn.checkin.passes import Pass
from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.people.names import LONGEST_TYPED
from elderlearn.web.open.sentences import SENTENCES
from elderlearn.web.shell.again import once, send_back, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.helper_pass import load_pass, pass_cookie
from elderlearn.web.shell.pace import got_in, may_try, too_often
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.refusals import sentence

SCANNER = "/helper/scan"


@get(["/H/{token:str}", "/h/{token:str}"])
async def show_offer(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Who asks for help, with what, and the name to give. One that is over leads to the digits."""
    offered = await shown(token)
    if offered is None:
        return go(request, "/helper", said=_over(), tone="no")
    session = await session_card(offered.session_id)
    answer = page(
        request, "open/helper/offer.html", one=session, given_by=offered.given_by, token=token,
        form=typed_before(request),
    )  # fmt: skip
    return once(request, answer)


@get("/helper")
async def ask_digits(request: AnyRequest) -> Response[Any]:
    """The digits and a name. Whoever has a pass already goes on scanning; one that is over is told whom to ask."""
    held = await load_pass(request)
    if held is not None and held.state != "over":
        return go(request, SCANNER)
    return once(request, page(request, "open/helper/digits.html", form=typed_before(request), ended=held))


@post("/helper", status_code=200)
async def take_offer(request: AnyRequest) -> Response[Any]:
    """This phone scans until midnight. By the picture the token comes along, otherwise the digits are typed."""
    form = await read_form(request)
    token = form.value("token")[:LONGEST_SECRET]
    name = form.text("name", limit=LONGEST_TYPED, need=_("Please write your name, so that the leader knows you."))
    secret = token or form.text("digits", need=_("Please type the 8 digits the leader shows you."))
    if form.is_good and not await may_try(request, "helper"):
        form.complain("digits", too_often(request))
    if form.is_good:
        try:
            taken = await take(secret, name)
        except Refusal as refusal:
            form.complain("name" if refusal.code == "invalid_name" else "digits", sentence(refusal, SENTENCES))
        else:
            await got_in(request, "helper")
            answer = go(request, SCANNER)
            answer.set_cookie(pass_cookie(taken.key, taken.until))
            return answer
    return await _again(request, form, token)


async def _again(request: AnyRequest, form: Form, token: str) -> Response[Any]:
    """Taken up twice by an impatient thumb it is still hers."""
    held: Pass | None = await load_pass(request)
    if token and "digits" in form.errors and held is not None and held.state != "over":
        return go(request, SCANNER)
    path = f"/H/{token}" if token and "name" in form.errors else "/helper"
    return send_back(request, path, form) or go(request, path, said=_over(), tone="no")


def _over() -> str:
    return _("This code is over: it works once, for ten minutes. Please ask the leader to show a new one.")
