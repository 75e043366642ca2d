"""What the command line says when the answer is no."""

from __future__ import annotations

from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.servers import ServersFailed


def sentence_of(error: Exception) -> str | None:
    """One sentence for a refusal or for servers that cannot be reached; none for a mistake of ours."""
    if isinstance(error, Refusal):
        values = ", ".join(f"{name} {value}" for name, value in error.values.items())
        return f"Refused: {error.code.replace('_', ' ')}" + (f" ({values})." if values else ".")
    if isinstance(error, Missing):
        return f"There is no such thing: {error}." if str(error) else "There is no such thing."
    if isinstance(error, Stale):
        return "Somebody changed it meanwhile; please try again."
    return _of_servers(error)


def _of_servers(error: Exception) -> str | None:
    kinds = {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(error).__mro__}
    if isinstance(error, ServersFailed):
        return str(error)
    if "asyncpg.UndefinedTableError" in kinds or "asyncpg.UndefinedColumnError" in kinds:
        return f"The database is not up to date ({error}); run: elderlearn migrate"
    if kinds & {"asyncpg.InvalidAuthorizationSpecificationError", "asyncpg.InvalidCatalogNameError"}:
        return f"The database does not let us in: {error}"
    if isinstance(error, ConnectionError) or "asyncpg.PostgresConnectionError" in kinds:
        return f"The database does not answer: {error}"
    if "redis.ConnectionError" in kinds:
        return f"The queue does not answer: {error}"
    return None
