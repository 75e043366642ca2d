"""A form that would be lost waits in the browser until its page is drawn again: over a sign-out, or when the
reader chooses another size or language. `page()` fills it in; no door has to know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from litestar import Request
from litestar.datastructures import Cookie

from elderlearn.people.sign_in.who import SignedIn
from elderlearn.web.shell import sealed
from elderlearn.web.shell.forms import Form
from elderlearn.web.shell.viewer import viewer
from elderlearn.web.shell.whence import page_here

COOKIE, LEFT = "kept", "left"
HALF_AN_HOUR = 30 * 60
SECRET = ("_csrf_token", "code", "ticket", "document")  # these, and every password, are typed again


@dataclass(frozen=True)
class Kept:
    """What was typed on `page` into the form sent to `action` (empty when nobody knows), and by whom."""

    page: str
    action: str
    typed: dict[str, list[str]]
    whose: str
    why: Literal["signed_out", "look"]


def keep(kept: Kept) -> list[Cookie]:
    """Carries the form to its page; nothing when it is empty, too long, or nobody knows whose it is."""
    worth = {name: values for name, values in kept.typed.items() if not _is_secret(name)}
    if not any(any(values) for values in worth.values()) or not kept.whose or not kept.page:
        return []
    return sealed.seal(COOKIE, asdict(kept) | {"typed": worth}, seconds=HALF_AN_HOUR)


def kept_here(request: Request[Any, Any, Any]) -> Kept | None:
    """What was typed on this page by whoever looks at it now."""
    found = _read(request)
    if found is None or request.method != "GET" or found.whose != whose_is(viewer(request)):
        return None
    return found if _path(found.page) == request.url.path else None


def is_anothers(request: Request[Any, Any, Any]) -> bool:
    """Somebody else has signed in on this phone: what was kept must go."""
    found = _read(request)
    person = viewer(request)
    return found is not None and person is not None and found.whose != whose_is(person)


def kept_form(request: Request[Any, Any, Any]) -> Form | None:
    """For a page that has to search with the words typed before it is drawn."""
    found = kept_here(request)
    return Form(found.typed) if found else None


def forget(request: Request[Any, Any, Any]) -> list[Cookie]:
    """Once is enough."""
    return sealed.forget(request, COOKIE)


def who_leaves(person: SignedIn | None) -> list[Cookie]:
    """Stays behind at a sign-out, sealed: a form sent later from another tab is kept for her alone."""
    return sealed.seal(LEFT, whose_is(person), seconds=HALF_AN_HOUR) if person else []


def who_left(request: Request[Any, Any, Any]) -> str:
    """Who signed out here last, while nobody has signed in since; empty when nobody knows. It lets nobody in."""
    found = sealed.unseal(request, LEFT)
    return found if isinstance(found, str) else ""


def forget_who_left(request: Request[Any, Any, Any]) -> list[Cookie]:
    """Somebody is signed in again: what is typed from now on is hers."""
    return sealed.forget(request, LEFT) if viewer(request) else []


def whose_is(person: SignedIn | None) -> str:
    """How a kept form names its owner."""
    return f"{person.kind}:{person.id}" if person else "nobody"


def for_look(request: Request[Any, Any, Any], typed: Mapping[str, list[str]]) -> list[Cookie]:
    """Another size or language was chosen in the middle of a form."""
    return keep(Kept(page_here(request), "", dict(typed), whose_is(viewer(request)), "look"))


def _read(request: Request[Any, Any, Any]) -> Kept | None:
    content = sealed.unseal(request, COOKIE)
    try:
        return Kept(**content) if content else None
    except TypeError:  # of a release with other fields
        return None


def _is_secret(name: str) -> bool:
    return name in SECRET or "password" in name


def _path(address: str) -> str:
    return address.partition("?")[0].partition("#")[0]
