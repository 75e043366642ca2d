"""One guard per door. A door is closed unless its guard says otherwise."""

from __future__ import annotations

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from elderlearn.ground.errors import Missing
from elderlearn.web.shell.viewer import SignedIn, viewer

LEADER_ROLES = frozenset({"leader"})
OFFICE_ROLES = frozenset({"desk", "officer", "district", "auditor"})

Connection = ASGIConnection[Any, Any, Any, Any]


class SignInNeeded(Exception):
    """Nobody is signed in; the error pages lead to the sign-in and back."""


def may_enter(door: str, person: SignedIn) -> bool:
    """Pure: which kind and role belongs behind which door."""
    if door == "resident":
        return person.kind == "resident"
    roles = LEADER_ROLES if door == "leader" else OFFICE_ROLES
    return person.kind == "staff" and person.role in roles


# Coroutines, because Litestar sends a plain function to a thread for every request.
async def guard_resident(connection: Connection, _: BaseRouteHandler) -> None:
    """Residents only. Nobody: to the sign-in; anybody else: there is nothing here."""
    _admit("resident", connection)


async def guard_leader(connection: Connection, _: BaseRouteHandler) -> None:
    """Leaders only."""
    _admit("leader", connection)


async def guard_office(connection: Connection, _: BaseRouteHandler) -> None:
    """Desk, officer, district and auditor; what each may do there is asked again by every verb."""
    _admit("office", connection)


def signed_in(connection: Connection) -> SignedIn:
    """The person behind a guarded door: never none there."""
    person = viewer(connection)
    if person is None:
        raise SignInNeeded
    return person


def _admit(door: str, connection: Connection) -> None:
    if not may_enter(door, signed_in(connection)):
        raise Missing
