"""What the data is used for, in plain words (PIPL articles 14, 17, 29, 30)."""

from __future__ import annotations

from typing import Any

from litestar import Response, get

from elderlearn.people.consents import NOTICE_VERSION
from elderlearn.web.shell.page import AnyRequest, page


@get("/data-use")
async def show_data_use(request: AnyRequest) -> Response[Any]:
    """The text people agree to; its version is kept with every consent."""
    return page(request, "open/data_use.html", version=NOTICE_VERSION)
