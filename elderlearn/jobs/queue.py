"""Which Valkey the jobs go through."""

from __future__ import annotations

from arq.connections import RedisSettings

from elderlearn.ground.settings import settings

NO_QUEUE = (
    "No queue: set REDIS_URL, or let the command line start the embedded one (elderlearn demo, serve, work …)."
)


def redis_settings() -> RedisSettings:
    """From `settings().redis_url`: redis://, rediss:// or unix:///path. Raises RuntimeError without one."""
    url = settings().redis_url
    if url is None:
        raise RuntimeError(NO_QUEUE)
    return RedisSettings.from_dsn(url)
