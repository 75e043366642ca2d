"""Which PostgreSQL and Valkey this process works with: those named in the environment, or our own."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from elderlearn.ground.settings import forget, settings

if TYPE_CHECKING:
    from elderlearn.ground.embedded import Servers


class ServersFailed(RuntimeError):
    """There is no database or queue to work with; the message is a sentence for the person at the keyboard."""


@contextmanager
def servers_at_hand(*, database: bool = True, queue: bool = True) -> Iterator[Servers | None]:
    """While the block runs, `settings()` name a database and a queue that answer, for us and our children.

    What DATABASE_URL or REDIS_URL name from outside is taken as it is; only the other is our own, and
    with both named nothing embedded is imported (and none is yielded). A child finds in
    ELDERLEARN_EMBEDDED which addresses are our own, and holds those servers itself.
    """
    ours = _ours(database=database, queue=queue)
    if not ours:
        yield None
        return
    from elderlearn.ground.embedded import held

    with held(settings().data, database="database" in ours, queue="queue" in ours) as servers:
        before = dict(os.environ)
        os.environ.update(_addresses(servers, ours))
        forget()
        try:
            yield servers
        finally:
            os.environ.clear()
            os.environ.update(before)
            forget()


def _ours(*, database: bool, queue: bool) -> set[str]:
    """What has to be embedded, among what is asked for."""
    now = settings()
    asked = {"database": (database, now.database_url), "queue": (queue, now.redis_url)}
    return {name for name, (wanted, url) in asked.items() if wanted and (url is None or name in now.embedded)}


def _addresses(servers: Servers, ours: set[str]) -> dict[str, str]:
    found = {
        "ELDERLEARN_EMBEDDED": ",".join(sorted(ours | settings().embedded)),
        "ELDERLEARN_DATA": str(settings().data),
    }
    if "database" in ours:
        found["DATABASE_URL"] = servers.database_url("app")
        found["DATABASE_OWNER_URL"] = servers.database_url("owner")
    if "queue" in ours:
        found["REDIS_URL"] = servers.redis_url
    return found
