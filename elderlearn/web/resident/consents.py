"""What she agreed to: each can be given and taken back, and the page says what follows."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.locale import _
from elderlearn.people.consents import NOTICE_VERSION, PURPOSES, consents_of, give, withdraw
from elderlearn.people.forget_document import forget_document
from elderlearn.people.numbers import masked_numbers
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go, page


@get("/my/consents")
async def list_consents(request: AnyRequest) -> Response[Any]:
    """How each of them stands."""
    me = signed_in(request).id
    given = {one.purpose: one.version for one in await consents_of(me)}
    numbers = await masked_numbers(me)
    return page(
        request,
        "resident/details/consents.html",
        given=given,
        document=numbers.document or "",
        words_are_new="notice" in given and given["notice"] != NOTICE_VERSION,
    )


@post("/my/consents/{purpose:str}", status_code=200)
async def give_here(request: AnyRequest, purpose: FromPath[str]) -> Response[Any]:
    """Given in the wording of today; giving it twice is harmless."""
    me = signed_in(request).id
    if purpose == "health":
        raise Missing  # agreed to where its words stand, on the page before a physical course
    await give(me, _known(purpose), NOTICE_VERSION, "phone", by=_by(me))
    return go(request, "/my/consents", said=_("Thank you. Your consent is written down."))


@post("/my/consents/{purpose:str}/withdrawal", status_code=200)
async def withdraw_here(request: AnyRequest, purpose: FromPath[str]) -> Response[Any]:
    """Taken back. Without the one for sensitive data her ID number goes as well."""
    me = signed_in(request).id
    if _known(purpose) == "sensitive":
        await forget_document(me, by=_by(me))
        return go(request, "/my/consents", said=_("Your ID number is deleted."))
    await withdraw(me, purpose, by=_by(me))
    return go(request, "/my/consents", said=_("Your consent is taken back. It is written down as of now."))


def _known(purpose: str) -> str:
    if purpose not in PURPOSES:
        raise Missing
    return purpose


def _by(resident_id: int) -> Actor:
    return Actor("resident", resident_id, "resident")
