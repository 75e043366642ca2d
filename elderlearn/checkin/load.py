"""Attendances by the million, for a sample: binary COPY, then `recount` makes the sums.

Beside `record.py` the only place that writes Attendance. It may only be used for residents and sessions
without attendances yet, inside a unit of work whose verb recounts before anybody reads.
"""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from elderlearn.checkin.sums import NOBODYS, sums
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import copy_bytes, rows, value

# In this order: first what all attendances of a session share, then when, then what all of a person share.
COLUMNS = (
    "session run organisation district kind on_date minutes source attended_at "
    "resident is_walk_in recorded_at by_kind door is_held"
).split()
SIGNATURE = b"PGCOPY\n\xff\r\n\0" + bytes(8)
END = struct.pack(">h", -1)
AT = struct.Struct(">iq")
AT_ONCE = 4000  # people in one piece of the stream
POSTGRES_DAY_ONE = date(2000, 1, 1)
POSTGRES_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Head:
    """What all attendances of one session share, as COPY writes it; `opens` in microseconds of PostgreSQL."""

    packed: bytes
    opens: int


def head(
    session: int,
    run: int,
    organisation: int,
    district: int,
    *,
    kind: str,
    on_date: date,
    minutes: int,
    source: str,
    opens_at: datetime,
) -> Head:
    """`minutes` is what the session credits, `opens_at` the earliest moment somebody came."""
    packed = struct.pack(
        ">hiqiqiqiq", len(COLUMNS), 8, session, 8, run, 8, organisation, 8, district
    ) + b"".join((
        _text(kind), struct.pack(">ii", 4, (on_date - POSTGRES_DAY_ONE).days),
        struct.pack(">ih", 2, minutes), _text(source),
    ))  # fmt: skip
    return Head(packed, _microseconds(opens_at))


async def load_attendances(
    people: Iterable[tuple[int, Sequence[tuple[Head, int]]]],
    *,
    by: Actor,
    recorded_at: datetime,
    tell: Callable[[int], None],
) -> int:
    """Copy them all, or none: a pair of session and resident twice fails the whole unit of work.

    Of each person (id) the sessions she was at, with the seconds after it opened; `tell` hears how many
    attendances are written so far; the answer is how many there were.
    """
    written = 0
    rest = struct.pack(">i?iq", 1, False, 8, _microseconds(recorded_at)) + b"".join(
        (_text(by.kind), _text(by.door), struct.pack(">i?", 1, True))
    )

    async def stream() -> AsyncIterator[bytes]:
        nonlocal written
        parts = [SIGNATURE]
        for number, (resident, came) in enumerate(people, start=1):
            tail = struct.pack(">iq", 8, resident) + rest
            for session, seconds in came:
                parts += (session.packed, AT.pack(8, session.opens + seconds * 1_000_000), tail)
            written += len(came)
            if number % AT_ONCE == 0:
                yield b"".join(parts)
                parts.clear()
                tell(written)
        yield b"".join((*parts, END))
        tell(written)

    await copy_bytes("attendance", COLUMNS, stream())
    if await value(NOBODYS):
        raise ValueError("an attendance of nobody, or at no session")
    return written


async def load_days() -> None:
    """The days of all attendances, where no day is kept yet: much quicker than to find each one missing."""
    days = sums(of_some=False)[0]
    columns = ", ".join(days.key + days.columns)
    await rows("SET LOCAL work_mem = '128MB'")
    await rows(f"INSERT INTO {days.table} ({columns}) {days.expected} ORDER BY a.resident, a.on_date")


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack(">i", len(data)) + data


def _microseconds(moment: datetime) -> int:
    return (moment - POSTGRES_ZERO) // MICROSECOND
