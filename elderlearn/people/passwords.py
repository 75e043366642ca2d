"""Passwords of staff: argon2id, in a thread, never inside a transaction."""

from __future__ import annotations

import asyncio
import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from elderlearn.ground.errors import Refusal

SHORTEST = 10
LONGEST = 200  # nobody types more; without a limit a megabyte would be hashed

_hasher = PasswordHasher()  # the library's defaults follow RFC 9106


async def hash_password(password: str) -> str:
    """What is stored. Raises Refusal('weak_password') under 10 characters or when it is one repeated."""
    text = _normal(password)
    if not SHORTEST <= len(text) <= LONGEST or len(set(text)) < 4:
        raise Refusal("weak_password", field="password", shortest=SHORTEST)
    return await asyncio.to_thread(_hasher.hash, text)


async def password_matches(password: str, stored: str | None) -> bool:
    """Takes the same time without a stored hash: nobody learns which names exist."""
    text = _normal(password)[: LONGEST + 1]
    matches = await asyncio.to_thread(_verify, stored or _nobodys(), text)
    return matches and stored is not None


def needs_new_hash(stored: str) -> bool:
    """The library's defaults have grown since this hash was made."""
    return _hasher.check_needs_rehash(stored)


def _normal(password: str) -> str:
    return unicodedata.normalize("NFC", password).encode(errors="replace").decode()


def _verify(stored: str, text: str) -> bool:
    try:
        return _hasher.verify(stored, text)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobodys() -> str:
    return _hasher.hash("no account has this password")
