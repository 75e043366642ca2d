"""What every benchmark stands on: the two kinds of web processes, the token, and people to send."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from elderlearn.bench.load import Answers, Load, put_load
from elderlearn.bench.measured import WrongAnswers
from elderlearn.bench.web_processes import Web
from elderlearn.ground.actor import SYSTEM
from elderlearn.people.staff import add_staff
from elderlearn.people.tokens import add_token

DISTRICT = "330113000000"
OFFICER = "bench"


@dataclass(frozen=True)
class Sizes:
    """How much is measured: the sample's size, and `seconds` for each round of load."""

    elders: int
    attendances: int | None
    seconds: float


@dataclass(frozen=True)
class Hall:
    """`product` and `floor` listen with as many processes each; nobody else works in the database."""

    sizes: Sizes
    product: Web
    floor: Web
    token: str
    numbers: count[int]

    def request(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> bytes:
        """One HTTP request as it goes over the wire; signed in by token."""
        sent = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        lines = {"Host": "bench", "Authorization": f"Bearer {self.token}", **(headers or {})}
        if body is not None:
            lines |= {"Content-Type": "application/json", "Content-Length": str(len(sent))}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + sent

    def next_number(self) -> int:
        """1, 2, 3 …: what is made for one round is never met again in another."""
        return next(self.numbers)


async def add_officer() -> str:
    """A token of the whole district."""
    await add_staff(OFFICER, "district", DISTRICT, by=SYSTEM)
    return await add_token(OFFICER, by=SYSTEM)


async def put(web: Web, requests: list[bytes], *, status: int, seconds: float = 3600.0, **options: Any) -> Answers:
    """Load on these processes. Raises WrongAnswers unless every answer has this status."""
    found = await put_load(Load(web.addresses, requests, seconds, **options))
    if set(found.statuses) != {status}:
        shown = found.first_other.decode(errors="replace")
        raise WrongAnswers(f"{dict(found.statuses)} instead of {status}: {shown}")
    return found
