"""One guard per door. A door is closed unless its guard says otherwise."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from elderlearn.ground.errors import Missing
from elderlearn.people.sign_in.who import whose
from elderlearn.web.shell.forms import read_form
from elderlearn.web.shell.kept import who_left
from elderlearn.web.shell.viewer import COOKIE, SignedIn, viewer

LEADER_ROLES = frozenset({"leader"})
OFFICE_ROLES = frozenset({"desk", "officer", "district", "auditor"})

Connection = ASGIConnection[Any, Any, Any, Any]


class SignInNeeded(Exception):
    """Nobody is signed in; the error pages lead to the sign-in and back, with what was `typed` in a form.

    `whose` is the person (kind:id) whose sign-in has ended in this browser, or empty.
    """

    def __init__(self, typed: dict[str, list[str]] | None = None, whose: str = "") -> None:
        super().__init__()
        self.typed = typed or {}
        self.whose = whose


def may_enter(door: str, person: SignedIn) -> bool:
    """Pure: which kind and role belongs behind which door."""
    if door == "resident":
        return person.kind == "resident"
    roles = LEADER_ROLES if door == "leader" else OFFICE_ROLES
    return person.kind == "staff" and person.role in roles


# Coroutines, because Litestar sends a plain function to a thread for every request.
async def guard_resident(connection: Connection, _: BaseRouteHandler) -> None:
    """Residents only. Nobody: to the sign-in; anybody else: there is nothing here."""
    await _admit("resident", connection)


async def guard_leader(connection: Connection, _: BaseRouteHandler) -> None:
    """Leaders only."""
    await _admit("leader", connection)


async def guard_office(connection: Connection, _: BaseRouteHandler) -> None:
    """Desk, officer, district and auditor; what each may do there is asked again by every verb."""
    await _admit("office", connection)


def signed_in(connection: Connection) -> SignedIn:
    """The person behind a guarded door: never none there."""
    person = viewer(connection)
    if person is None:
        raise SignInNeeded
    return person


async def _admit(door: str, connection: Connection) -> None:
    person = viewer(connection)
    if person is None:
        typed = await _typed(connection)
        raise SignInNeeded(typed, await _whose(connection) if typed else "")
    if not may_enter(door, person):
        raise Missing


async def _whose(connection: Connection) -> str:
    """Of a sign-in that ended by itself its cookie still tells; at a sign-out the cookie went."""
    known = await whose(connection.cookies.get(COOKIE, ""))
    return known or (who_left(connection) if isinstance(connection, Request) else "")


async def _typed(connection: Connection) -> dict[str, list[str]]:
    """The form somebody sent who was signed out meanwhile."""
    if not isinstance(connection, Request) or connection.method != "POST":
        return {}
    is_plain = connection.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")
    return (await read_form(connection)).typed if is_plain else {}
