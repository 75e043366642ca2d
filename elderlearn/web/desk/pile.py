"""A pile of paper forms on its way through three pages: it waits in the browser, sealed, never in an address."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from litestar import Response

from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest, go
from elderlearn.web.shell.sealed import seal, unseal

COOKIE = "pile"
HALF_AN_HOUR = 30 * 60


@dataclass(frozen=True)
class Pile:
    """The `lines` of the list, and what became of those enrolled: id, whether she is new, and why not if not."""

    lines: list[str] = field(repr=False)
    done: list[tuple[int, bool, str]]


def pile_of(request: AnyRequest, run_id: int) -> Pile:
    """What she is busy with for this run; an empty one when there is nothing, or it is somebody else's."""
    found = unseal(request, COOKIE)
    if not isinstance(found, dict) or (found["run"], found["by"]) != (run_id, signed_in(request).id):
        return Pile([], [])
    return Pile(found["lines"], [(id, is_new, said) for id, is_new, said in found["done"]])


def go_on(request: AnyRequest, run_id: int, page: str, pile: Pile) -> Response[Any] | None:
    """To the next page with the pile; none when it is too long to be carried."""
    content = {"run": run_id, "by": signed_in(request).id, "lines": pile.lines, "done": pile.done}
    cookies = seal(COOKIE, content, seconds=HALF_AN_HOUR, path="/desk/papers")
    if not cookies:
        return None
    answer: Response[Any] = go(request, f"/desk/papers/{run_id}/{page}")
    for cookie in cookies:
        answer.set_cookie(cookie)
    return answer
