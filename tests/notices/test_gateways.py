from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from elderlearn.notices.gateways import gateway
from elderlearn.notices.gateways import webhook as module
from elderlearn.notices.gateways.pretend import Pretend
from elderlearn.notices.gateways.webhook import Webhook
from elderlearn.notices.outcomes import Outcome


class Receiver(ThreadingHTTPServer):
    """Another system: answers `status`, or nothing at all when it is 0."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.status = 200
        self.got: list[tuple[str, str, dict[str, Any]]] = []
        self.may_end = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/sms?from=elderlearn"


class Handler(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.path, self.headers["Idempotency-Key"], body))
        if self.server.status == 0:
            self.server.may_end.wait(10)
            return
        self.send_response(self.server.status)
        if self.server.status == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server
        server.may_end.set()
        server.shutdown()


async def send(url: str) -> Outcome:
    return await Webhook(url).send(notice_id=7, address="13800138000", text="您好")


async def test_a_webhook_gets_the_message_and_a_key_that_stays_the_same(receiver: Receiver) -> None:
    assert await send(receiver.url) is Outcome.SENT
    assert await send(receiver.url) is Outcome.SENT
    message = {"id": "7", "to": "13800138000", "text": "您好"}
    assert receiver.got == [("/sms?from=elderlearn", "elderlearn-notice-7", message)] * 2


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (204, Outcome.SENT),
        (302, Outcome.REFUSED),
        (400, Outcome.REFUSED),
        (429, Outcome.NOT_SENT),
        (500, Outcome.NO_ANSWER),
        (503, Outcome.NOT_SENT),
    ],
)
async def test_a_status_says_what_became_of_it(receiver: Receiver, status: int, outcome: Outcome) -> None:
    receiver.status = status
    assert await send(receiver.url) is outcome
    assert len(receiver.got) == 1


async def test_silence_is_an_end_nobody_knows(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SILENCE", 0.2)
    receiver.status = 0
    assert await send(receiver.url) is Outcome.NO_ANSWER


async def test_nobody_there_is_certainly_not_sent(receiver: Receiver) -> None:
    url = receiver.url
    receiver.shutdown()
    receiver.server_close()
    assert await send(url) is Outcome.NOT_SENT


@pytest.mark.parametrize(
    "url", ["", "http://sms.example/send", "ftp://127.0.0.1/", "sms.example", "file:///etc/passwd"]
)
def test_messages_never_leave_unencrypted(url: str) -> None:
    with pytest.raises(ValueError, match="https"):
        Webhook(url)


def test_the_setting_chooses() -> None:
    assert isinstance(gateway("pretend"), Pretend)
    assert isinstance(gateway("webhook:https://sms.example/send?a=b:c"), Webhook)
    with pytest.raises(ValueError, match="ELDERLEARN_GATEWAY"):
        gateway("pigeon")
