"""Who does something, and through which door: every verb that changes a fact takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["staff", "resident", "system"]
Door = Literal["open", "resident", "leader", "office", "api", "cli", "job"]


@dataclass(frozen=True)
class Actor:
    """`id` is a Staff or Resident id; none for the system itself."""

    kind: Kind
    id: int | None
    door: Door


SYSTEM = Actor("system", None, "job")
