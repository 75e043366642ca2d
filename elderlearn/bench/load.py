"""What is asked of the client, in a process of its own, and what it found."""

from __future__ import annotations

import asyncio
import pickle
import sys
from collections import Counter
from dataclasses import dataclass, field

CONNECTIONS = 32


@dataclass(frozen=True)
class Load:
    """`requests` whole, as they go over the wire; sent for `seconds`, or until there are no more.

    `expected` are pieces of text counted in the bodies of the answers.
    """

    addresses: tuple[tuple[str, int], ...]
    requests: list[bytes]
    seconds: float = 3600.0
    expected: tuple[bytes, ...] = ()
    connections: int = CONNECTIONS


@dataclass
class Answers:
    """How many by status, how often each expected text, and how long it took."""

    statuses: Counter[int] = field(default_factory=Counter)
    found: Counter[bytes] = field(default_factory=Counter)
    seconds: float = 0.0
    first_other: bytes = b""

    @property
    def many(self) -> int:
        """All answers."""
        return self.statuses.total()

    @property
    def per_second(self) -> float:
        """Answers in a second."""
        return self.many / self.seconds


async def put_load(load: Load) -> Answers:
    """Start the client's process, let it work, and hear what it found."""
    client = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "elderlearn.bench.client",
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await client.communicate(pickle.dumps(load))
    if client.returncode:
        raise RuntimeError(f"The load client ended with {client.returncode}")
    found: Answers = pickle.loads(told)  # noqa: S301 - our own child
    return found
