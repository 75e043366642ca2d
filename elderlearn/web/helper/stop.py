"""The helper has done her part and gives the pass back."""

from __future__ import annotations

from typing import Any

from litestar import Response, post

from elderlearn.checkin.passes import end_own_pass
from elderlearn.locale import _
from elderlearn.web.shell.helper_pass import helper_pass
from elderlearn.web.shell.page import AnyRequest, go


@post("/stop", status_code=200)
async def stop_helping(request: AnyRequest) -> Response[Any]:
    """Her pass ends; the cookie stays, so that the page can say what waits on this phone and whom to ask."""
    await end_own_pass(helper_pass(request))
    return go(request, "/helper", said=_("Thank you for helping."))
