"""Scans of one account that come in while others of it are being written wait, and are then written together.

A hall that fills sends hundreds of single scans a second; one transaction for all that wait costs hardly more
than one for each. Nobody is answered before her scan is committed, and whoever comes alone waits for nobody.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from elderlearn.checkin.batch import Sent
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.verdicts import ScanVerdict, told_to_retry
from elderlearn.ground.actor import Actor

LANES = 2  # transactions of one account at once in one process: one works while the other waits for the disk
Verdicts = list[ScanVerdict]


@dataclass(eq=False)
class Request:
    """Scans sent together. The answer is none when it is this request's turn to write, for itself and others."""

    scans: Sequence[RawScan]
    sent: Sent
    answer: asyncio.Future[Verdicts | None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


@dataclass
class _Line:
    busy: int = 0
    waiting: deque[Request] = field(default_factory=deque)

    def taken_along(self, first: Request, most: int) -> list[Request]:
        """The request whose turn it is and those that waited longest, as many as fit."""
        group, left = [first], most - len(first.scans)
        while self.waiting and len(self.waiting[0].scans) <= left:
            one = self.waiting.popleft()
            if not one.answer.done():
                group.append(one)
                left -= len(one.scans)
        return group

    def pass_on(self) -> None:
        """The lane goes to whoever waits longest, or comes free."""
        while self.waiting:
            one = self.waiting.popleft()
            if not one.answer.done():
                one.answer.set_result(None)
                return
        self.busy -= 1


_lines: dict[tuple[asyncio.AbstractEventLoop, Actor], _Line] = {}
Write = Callable[[Sequence[Request]], Awaitable[list[Verdicts]]]


async def together(request: Request, write: Write, *, by: Actor, most: int) -> Verdicts:
    """The verdicts of this request; `write` gives those of several, at most `most` scans in all."""
    key = (asyncio.get_running_loop(), by)
    line = _lines.setdefault(key, _Line())
    try:
        if line.busy >= LANES:
            answer = await _waited(request, line)
            if answer is not None:
                return answer
        else:
            line.busy += 1
        try:
            return await _written(line.taken_along(request, most), write)
        finally:
            line.pass_on()
    finally:
        if not line.busy and _lines.get(key) is line:
            del _lines[key]


async def _waited(request: Request, line: _Line) -> Verdicts | None:
    line.waiting.append(request)
    try:
        return await request.answer
    except asyncio.CancelledError:
        told = request.answer
        if told.done() and not told.cancelled() and told.exception() is None and told.result() is None:
            line.pass_on()  # the turn that came too late
        raise


async def _written(group: list[Request], write: Write) -> Verdicts:
    """The first of the group writes for all; should it be called away, the others are told to send again."""
    try:
        return await _written_or_each(group, write)
    finally:
        for one in group[1:]:
            if not one.answer.done():
                one.answer.set_result(told_to_retry(one.scans))


async def _written_or_each(group: list[Request], write: Write) -> Verdicts:
    """When writing together fails, each is written alone: nobody spoils another."""
    first, *others = group
    try:
        own, *theirs = await write(group)
    except Exception:
        if not others:
            raise
        for one in others:
            await _written_alone(one, write)
        return (await write([first]))[0]
    for one, verdicts in zip(others, theirs, strict=True):
        _tell(one, verdicts)
    return own


async def _written_alone(one: Request, write: Write) -> None:
    try:
        _tell(one, (await write([one]))[0])
    except Exception as mistake:
        if not one.answer.done():
            one.answer.set_exception(mistake)


def _tell(one: Request, verdicts: Verdicts) -> None:
    if not one.answer.done():
        one.answer.set_result(verdicts)
