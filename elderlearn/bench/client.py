"""The client: keep-alive connections that send bytes made beforehand and count the answers.

A program: reads a pickled `Load`, writes a pickled `Answers`. It knows nothing of the product and parses no more
than it must, so that it stays far lighter than what it measures.
"""

from __future__ import annotations

import asyncio
import pickle
import sys
import time
from collections.abc import Iterator

import uvloop

from elderlearn.bench.load import Answers, Load

END_OF_HEAD, LENGTH = b"\r\n\r\n", b"\r\ncontent-length: "


class Connection(asyncio.Protocol):
    """Sends the next request as soon as the answer to the one before is whole."""

    def __init__(self, load: Load, waiting: Iterator[bytes], answers: Answers, until: float) -> None:
        self.load, self.waiting, self.answers, self.until = load, waiting, answers, until
        self.buffer = b""
        self.done = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: asyncio.Transport = transport  # type: ignore[assignment]  # a TCP one
        self._next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(error or ConnectionError("the web process hung up"))

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head_end = self.buffer.find(END_OF_HEAD)
        if head_end < 0:
            return
        at = self.buffer.find(LENGTH, 0, head_end + 2)
        length = int(self.buffer[at + len(LENGTH) : self.buffer.index(b"\r\n", at + 2)]) if at >= 0 else 0
        if len(self.buffer) < head_end + 4 + length:
            return
        self._count(int(self.buffer[9:12]), self.buffer[head_end + 4 :])
        self.buffer = b""
        self._next()

    def _count(self, status: int, body: bytes) -> None:
        self.answers.statuses[status] += 1
        for text in self.load.expected:
            self.answers.found[text] += body.count(text)
        if status >= 300 and not self.answers.first_other:
            self.answers.first_other = body[:300]

    def _next(self) -> None:
        request = next(self.waiting, None) if time.monotonic() < self.until else None
        if request is None:
            self.done.set_result(None)
            self.transport.close()
        else:
            self.transport.write(request)


async def work(load: Load) -> Answers:
    """Until the requests or the seconds are over; every request sent gets its answer."""
    answers, waiting = Answers(), iter(load.requests)
    started = time.monotonic()
    until = started + load.seconds
    open_ones = []
    for number in range(load.connections):
        host, port = load.addresses[number % len(load.addresses)]
        _, one = await asyncio.get_running_loop().create_connection(
            lambda: Connection(load, waiting, answers, until), host, port
        )
        open_ones.append(one)
    await asyncio.gather(*(one.done for one in open_ones))
    answers.seconds = time.monotonic() - started
    return answers


if __name__ == "__main__":
    sent: Load = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own parent
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        pickle.dump(runner.run(work(sent)), sys.stdout.buffer)
