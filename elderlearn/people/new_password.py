"""A password made for somebody, to be read out once and typed."""

from __future__ import annotations

import secrets

SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look alike: no i, l, o, 0, 1
GROUPS, LENGTH = 4, 4  # 79 random bits


def new_password() -> str:
    """Four groups of four: 79 random bits, enough for any sign-in."""
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(LENGTH)) for _ in range(GROUPS))
