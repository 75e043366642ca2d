"""Which errors of the database are over in a moment."""

from __future__ import annotations

import asyncpg

# Nothing was kept, the same request may succeed.
TRANSIENT = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    ConnectionError,
    TimeoutError,
    FileNotFoundError,  # the socket of a server that is starting again
)


def is_transient(mistake: Exception) -> bool:
    """The database is away for a moment. A value it cannot take (asyncpg's DataError) stays away for ever."""
    return isinstance(mistake, TRANSIENT) and not isinstance(mistake, ValueError)
