"""Asking for the accounts of a place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from elderlearn.ground import phone as phones
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.errors import Missing
from elderlearn.ground.pinyin import in_order, together
from elderlearn.ground.sql import rows, value

BY_NAME = f"{in_order('w.name')}, w.id"
ORDERS = {"name": BY_NAME, "role": f"w.role, {BY_NAME}", "seen": f"seen_at DESC NULLS LAST, {BY_NAME}"}
SPELLED = together("w.name_pinyin")
MATCHES = f"""FROM staff w JOIN place p ON p.id = w.place
    WHERE $1 IN (p.id, p.parent, p.district) AND ($3 = '' OR w.role = $3)
      AND (starts_with(w.name, $2) OR starts_with({SPELLED}, lower($2)))
      AND (w.ended_at IS NULL OR $4)"""
ACCOUNT = """SELECT w.id, w.name, w.role, w.place AS place_id, p.name AS place, w.phone_cipher, w.added_at,
    w.ended_at, w.password_hash IS NOT NULL AS has_password,
    (SELECT max(i.seen_at) FROM sign_in i WHERE i.staff = w.id) AS seen_at"""


@dataclass(frozen=True)
class Account:
    """One account. `phone` is masked; `seen_at` none: never signed in; with `ended_at` nobody signs in."""

    id: int
    name: str
    role: str
    place_id: int
    place: str
    phone: str | None
    added_at: datetime
    ended_at: datetime | None
    has_password: bool
    seen_at: datetime | None


@dataclass(frozen=True)
class Accounts:
    """One page of the list."""

    accounts: list[Account]
    how_many: int


async def accounts_of(
    place_id: int,
    *,
    words: str = "",
    role: str = "",
    with_ended: bool = False,
    order: str = "name",
    limit: int = 20,
    offset: int = 0,
) -> Accounts:
    """Those of the place and below it; `words` begin the name or its spelling."""
    asked = (place_id, words.replace("\0", ""), role, with_ended)
    found = await rows(
        f"{ACCOUNT} {MATCHES} ORDER BY {ORDERS.get(order, ORDERS['name'])} LIMIT $5 OFFSET $6",
        *asked,
        limit,
        offset,
    )
    return Accounts([_account(dict(one)) for one in found], await value(f"SELECT count(*) {MATCHES}", *asked))


async def account(staff_id: int) -> Account:
    """Raises Missing."""
    found = await rows(f"{ACCOUNT} FROM staff w JOIN place p ON p.id = w.place WHERE w.id = $1", staff_id)
    if not found:
        raise Missing
    return _account(dict(found[0]))


def _account(columns: dict[str, object]) -> Account:
    cipher = columns.pop("phone_cipher")
    number = phones.masked(decrypt(cipher)) if isinstance(cipher, bytes) else None
    return Account(**columns, phone=number)  # type: ignore[arg-type]  # a database row has no types
