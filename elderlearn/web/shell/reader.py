"""Before every page: in which language and size, for whom, and whose telephone number stands at the foot."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from litestar.connection import ASGIConnection
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from elderlearn.ground.settings import settings
from elderlearn.locale import DEFAULT, LANGUAGES, speak
from elderlearn.places.tables import DistrictSetting
from elderlearn.web.shell.viewer import SignedIn, load_viewer

SIZES = (20, 24, 30)  # px at the browser's usual setting; visual.md
NO_READER = ("/static/", "/api/", "/healthz", "/readyz", "/metrics")
KEPT_FOR = 60.0  # seconds a process believes what it read about the districts


@dataclass(frozen=True)
class District:
    """What a page shows of the district it belongs to."""

    title: str = ""
    help_phone: str = ""
    is_sample: bool = False


class Reader(ASGIMiddleware):
    """Loads the viewer and speaks her language. Does not run for 404 and 405: error pages ask the cookies."""

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Nothing is asked for files, probes and the api door."""
        if not scope["path"].startswith(NO_READER):
            speak(language_of(scope, await load_viewer(scope)))
            scope["state"]["district"] = await district_of(scope["state"]["viewer"])
        await next_app(scope, receive, send)


def language_of(scope: Scope, person: SignedIn | None = None) -> str:
    """The person's own choice, else the cookie `lang`, else Chinese."""
    asked = (person and person.language) or _cookies(scope).get("lang")
    return asked if asked in LANGUAGES else DEFAULT


def size_of(scope: Scope, person: SignedIn | None = None) -> int:
    """The person's own choice, else the cookie `size`, else 20."""
    asked = str((person and person.text_size) or _cookies(scope).get("size"))
    return int(asked) if asked in map(str, SIZES) else SIZES[0]


_districts: tuple[float, str | None, dict[int, District]] = (-KEPT_FOR, None, {})


async def district_of(person: SignedIn | None) -> District:
    """The viewer's district; for strangers the first one of the installation."""
    global _districts  # noqa: PLW0603 - a cache, the same in every process after a minute
    url = settings().database_url
    if time.monotonic() - _districts[0] > KEPT_FOR or _districts[1] != url:
        rows = await DistrictSetting.select().order_by(DistrictSetting.id)
        known = {r["district"]: District(r["title"], r["help_phone"], r["is_sample"]) for r in rows}
        _districts = (time.monotonic() if known else -KEPT_FOR, url, known)
    known = _districts[2]
    if person is not None and person.district_id in known:
        return known[person.district_id]
    return next(iter(known.values()), District())


def _cookies(scope: Scope) -> dict[str, str]:
    return ASGIConnection[Any, Any, Any, Any](scope).cookies
