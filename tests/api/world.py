"""How the tests of this door call it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

LINPING = "330113000000"


@dataclass
class World:
    """The places of the tests, and how to call as somebody."""

    client: httpx.AsyncClient
    tokens: dict[str, str]
    staff: dict[str, int]
    streets: list[str]
    communities: dict[str, list[str]]
    foreign_street: str = "330110001000"
    foreign_community: str = "330110001001"
    district: str = LINPING

    async def call(self, method: str, path: str, body: Any = None, *, by: str | None = "district", **options: Any):
        headers = {"Authorization": f"Bearer {self.tokens[by]}"} if by else {}
        if body is not None:
            options["json"] = body
        options["headers"] = headers | options.get("headers", {})
        return await self.client.request(method, f"/api/v1{path}", **options)

    async def get(self, path: str, **options: Any):
        return await self.call("GET", path, **options)

    async def post(self, path: str, body: Any = None, **options: Any):
        return await self.call("POST", path, body, **options)

    async def given(self, path: str, body: Any, **options: Any) -> dict[str, Any]:
        """A post that must work: what the test stands on."""
        answer = await self.post(path, body, **options)
        assert answer.status_code in (200, 201), answer.text
        return answer.json()


def problem(answer: httpx.Response, status: int, code: str) -> dict[str, Any]:
    """The answer is this problem, whole and in words."""
    assert (answer.status_code, answer.json().get("code")) == (status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert said["status"] == status and said["title"] and said["detail"].endswith(".")
    return said


def id_card(born: str, number: int = 1, *, woman: bool = True) -> str:
    """A genuine ID number for a birth date YYYYMMDD; the last sign is the check digit of GB 11643."""
    first = f"330110{born}{2 * number + (0 if woman else 1):03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return first + "10X98765432"[sum(w * int(d) for w, d in zip(weights, first, strict=True)) % 11]
