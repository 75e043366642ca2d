"""Settings: read once from the environment; every one has a default that works on one machine."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from elderlearn.ground.files import home_folder


@dataclass(frozen=True)
class Settings:
    """What an installation may choose; see README for the variables."""

    data: Path
    database_url: str | None
    database_owner_url: str | None
    redis_url: str | None
    public_url: str
    keys: Path
    gateway: str
    is_demo: bool
    pool_size: int
    embedded: frozenset[str]

    @property
    def is_embedded(self) -> bool:
        """True when the database is our own: no DATABASE_URL was named from outside."""
        return self.database_url is None or "database" in self.embedded

    @property
    def is_https(self) -> bool:
        """True when people reach us over TLS; decides `Secure` on cookies."""
        return self.public_url.lower().startswith("https://")


@cache
def settings() -> Settings:
    """The settings of this process. Tests and the CLI call `forget()` after changing the environment."""
    env = os.environ
    data = Path(env.get("ELDERLEARN_DATA") or home_folder()).expanduser().resolve()
    return Settings(
        data=data,
        database_url=env.get("DATABASE_URL") or None,
        database_owner_url=env.get("DATABASE_OWNER_URL") or None,
        redis_url=env.get("REDIS_URL") or None,
        public_url=(env.get("PUBLIC_URL") or "http://127.0.0.1:8000").rstrip("/"),
        keys=Path(env.get("ELDERLEARN_KEYS") or data / "keys"),
        gateway=env.get("ELDERLEARN_GATEWAY") or "pretend",
        is_demo=env.get("ELDERLEARN_DEMO") == "1",
        pool_size=int(env.get("ELDERLEARN_POOL") or 8),
        embedded=frozenset(filter(None, env.get("ELDERLEARN_EMBEDDED", "").split(","))),
    )


def forget() -> None:
    """Read the environment again at the next call."""
    settings.cache_clear()
