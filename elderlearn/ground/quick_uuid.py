"""UUIDs as the database driver reads and writes them: equal to any other of that value, far quicker to make."""

from __future__ import annotations

from uuid import UUID

from asyncpg.pgproto.pgproto import UUID as DriversUUID


def quick_uuid(text: str) -> UUID:
    """Of 32 hexadecimal digits, with strokes between or not. Raises ValueError for any other text."""
    found: UUID = DriversUUID(text)
    return found
