"""Which database Piccolo talks to: the one of `settings()`, as the role that may not change tables.

The engine is made once; `ground.connection.point_engine_at` moves it (migrations, tests).
"""

from __future__ import annotations

from piccolo.conf.apps import AppRegistry
from piccolo.engine.postgres import PostgresEngine

from elderlearn.ground.connection import connection_options


class Engine(PostgresEngine):
    """Piccolo's engine, silent until the first statement: importing tables must not open a connection."""

    async def check_version(self) -> None:
        """Asked by `elderlearn check` instead."""


DB = Engine(config=connection_options(), extensions=())

APP_REGISTRY = AppRegistry(apps=["elderlearn.piccolo_app"])
