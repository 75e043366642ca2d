"""Who does something, and through which door: every verb that changes a fact takes one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["staff", "resident", "system"]
Door = Literal["open", "resident", "leader", "office", "api", "cli", "job"]


@dataclass(frozen=True)
class Lent:
    """A helper's pass: she may scan at this one session, in the name of whoever gave it, and nothing else."""

    pass_id: int
    session_id: int


@dataclass(frozen=True)
class Actor:
    """`id` is a Staff or Resident id; none for the system itself.

    `device` is the phone in the list of phones that scan, where one is known; `lent` says that a helper holds it.
    """

    kind: Kind
    id: int | None
    door: Door
    device: int | None = None
    lent: Lent | None = None


SYSTEM = Actor("system", None, "job")
