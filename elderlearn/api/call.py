"""Pure: what a call of the contract takes, gives and may refuse, written beside its handler."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """The guard reads `action`, the OpenAPI document the rest. `gives` is the answer by status."""

    action: str
    gives: Mapping[int, Any]
    takes: Any = None
    asks: Any = None
    refuses: Sequence[str] = field(default=())


def call(
    action: str, gives: Mapping[int, Any], *, takes: Any = None, asks: Any = None, refuses: Sequence[str] = ()
) -> dict[str, Any]:
    """For a handler's `opt`: the `action` of people/roles it needs, answers by status, the shapes of body
    (`takes`) and query (`asks`), and the codes of its refusals."""
    return {"call": Call(action, gives, takes, asks, tuple(refuses))}
