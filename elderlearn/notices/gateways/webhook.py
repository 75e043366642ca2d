"""Hands each message to another system: POST of `{id, to, text}` with an Idempotency-Key.

The receiver promises to deliver a key once, however often it comes, and answers 2xx when it took it.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from contextlib import closing
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from elderlearn.notices.outcomes import Outcome

SILENCE = 5.0  # seconds without a byte
LONGEST = 15.0  # seconds for one message; all of a batch are sent at once
TRY_LATER = {408, 425, 429, 500, 502, 503, 504}
PERHAPS_TAKEN = {500, 502, 504}


class Webhook:
    """`url` must be https, or http on this computer: messages hold phone numbers and sign-in codes."""

    name = "webhook"
    batch = 20
    is_idempotent = True
    keeps_text = False

    def __init__(self, url: str) -> None:
        self.url = urlsplit(url)
        if not (self.url.scheme == "https" or (self.url.scheme == "http" and _is_here(self.url.hostname))):
            raise ValueError("ELDERLEARN_GATEWAY: webhook needs an https address (webhook:https://…)")

    async def send(self, *, notice_id: int, address: str, text: str) -> Outcome:
        """Asks in a thread; gives up waiting, not sending, after `LONGEST`."""
        body = json.dumps({"id": str(notice_id), "to": address, "text": text}, ensure_ascii=False).encode()
        try:
            async with asyncio.timeout(LONGEST):
                return await asyncio.to_thread(self._post, f"elderlearn-notice-{notice_id}", body)
        except TimeoutError:
            return Outcome.NO_ANSWER

    def _post(self, key: str, body: bytes) -> Outcome:
        kind = HTTPSConnection if self.url.scheme == "https" else HTTPConnection
        with closing(kind(self.url.hostname or "", self.url.port, timeout=SILENCE)) as line:
            try:
                line.connect()
            except OSError:
                return Outcome.NOT_SENT
            try:
                line.request("POST", self._path(), body, _headers(key))
                status = line.getresponse().status
            except (OSError, HTTPException):
                return Outcome.NO_ANSWER
        return outcome_of(status)

    def _path(self) -> str:
        return (self.url.path or "/") + (f"?{self.url.query}" if self.url.query else "")


def outcome_of(status: int) -> Outcome:
    """What an HTTP status says about the message. A redirect is a refusal: the address is wrong."""
    if 200 <= status < 300:
        return Outcome.SENT
    if status in PERHAPS_TAKEN:
        return Outcome.NO_ANSWER
    return Outcome.NOT_SENT if status in TRY_LATER else Outcome.REFUSED


def _headers(key: str) -> dict[str, str]:
    return {"Content-Type": "application/json; charset=utf-8", "Idempotency-Key": key}


def _is_here(host: str | None) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False
