"""Her check-in code, as large as the phone allows."""

from __future__ import annotations

from typing import Any

from litestar import Response, get
from markupsafe import Markup

from elderlearn.checkin.picture import code_svg
from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.people.cards import current_code
from elderlearn.people.codes import card_url
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, page


@get("/my/code")
async def show_code(request: AnyRequest) -> Response[Any]:
    """The picture and its number; without a card the desk makes one."""
    card = await current_code(signed_in(request).id)
    picture = card and Markup(  # noqa: S704 - drawn by us; the words in it are escaped as XML
        code_svg(card_url(card.code, settings().public_url), said=_("Square code for checking in"))
    )
    return page(request, "resident/code.html", card=card, picture=picture)
