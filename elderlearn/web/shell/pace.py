"""How often one address may try in an hour. Counted in Valkey, so that all web processes count together."""

from __future__ import annotations

import asyncio
import hashlib
import ipaddress
import logging
from typing import Any, Literal

import redis.asyncio as redis
from litestar import Request
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from elderlearn.ground.settings import settings
from elderlearn.locale import _
from elderlearn.web.shell.numbers import spaced_phone
from elderlearn.web.shell.reader import District

What = Literal["card", "send", "code", "password", "venue", "helper"]

# A classroom behind one address; who gets in does not count. Codes go to far more: before a lesson a whole carrier
# or district asks from one address, and each number has its own limit.
MOST_AN_HOUR: dict[What, int] = {"card": 60, "send": 600, "code": 60, "password": 60, "venue": 600, "helper": 60}
AN_HOUR = 3600
PATIENCE = 0.3  # seconds a sign-in may lose to an ailing Valkey
log = logging.getLogger("elderlearn.web")
_line: tuple[asyncio.AbstractEventLoop, str, redis.Redis] | None = None


async def may_try(request: Request[Any, Any, Any], what: What) -> bool:
    """Counts one try. Without Valkey everybody may: each card, number and name has its own limit besides."""
    key = _key(request, what)
    if key is None:
        return True
    try:
        async with asyncio.timeout(PATIENCE):
            async with _open_line().pipeline() as line:
                line.set(key, 0, ex=AN_HOUR, nx=True)
                line.incr(key)
                tried = int((await line.execute())[1])
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("tries are not counted: %s", type(error).__name__)
        return True
    return tried <= MOST_AN_HOUR[what]


def too_often(request: Request[Any, Any, Any]) -> str:
    """What to do instead, with the number to ring."""
    number = request.scope["state"].get("district", District()).help_phone
    if not number:
        return _("There were very many tries from this network. Please try again in an hour, or go to the desk.")
    said = _("There were very many tries from this network. Please try again in an hour, or ring us: %(phone)s")
    return said % {"phone": spaced_phone(number)}


async def got_in(request: Request[Any, Any, Any], *whats: What) -> None:
    """A try that succeeded is none, or a full classroom would be locked out for signing in."""
    try:
        async with asyncio.timeout(PATIENCE):
            for what in whats:
                key = _key(request, what)
                if key is not None and await _open_line().decr(key) < 0:
                    await _open_line().delete(key)  # its hour has ended: what is made now would never end
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("tries are not counted: %s", type(error).__name__)


def _key(request: Request[Any, Any, Any], what: What) -> str | None:
    """No address is kept, only its digest; of IPv6 the network, because a house has all the rest of it."""
    if request.client is None or not settings().redis_url:
        return None
    try:
        address = ipaddress.ip_address(request.client.host)
    except ValueError:
        return None
    if address.version == 6 and address.ipv4_mapped is None:
        address = ipaddress.ip_network((address, 64), strict=False).network_address
    whose = f"{settings().database_url}|{address}"  # one Valkey may serve several installations
    return f"tries:{what}:{hashlib.sha256(whose.encode()).hexdigest()[:24]}"


def _open_line() -> redis.Redis:
    """One line per process, for the event loop it was opened in."""
    global _line  # noqa: PLW0603 - a connection is the one thing a process may keep for itself
    url = settings().redis_url or ""
    here = (asyncio.get_running_loop(), url)
    if _line is None or _line[:2] != here:
        made = redis.Redis.from_url(url, socket_connect_timeout=PATIENCE, retry=Retry(NoBackoff(), 1))
        _line = (*here, made)
    return _line[2]
