"""HEAD is GET without what is inside: link checkers, monitors and chat programs ask so."""

from __future__ import annotations

from typing import Any, cast

from litestar.enums import HttpMethod
from litestar.types import ASGIApp, Message, Receive, Scope, Send


def answering_head(app: ASGIApp) -> ASGIApp:
    """Around the whole application, because a route that knows only GET would answer 405."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked = cast("dict[str, Any]", scope)
        if asked.get("method") != "HEAD":
            await app(scope, receive, send)
            return

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.body":
                message["body"] = b""
            await send(message)

        asked["method"] = HttpMethod.GET
        await app(scope, receive, send_head)

    return answer
