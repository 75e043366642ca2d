"""Where templates, static files and migrations lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
INSIDE = PACKAGE / "_data"  # made by the wheel's force-include (pyproject.toml) and only there


def folder(name: str) -> Path:
    """The folder `name` (templates, static, migrations) of this installation, checkout or wheel alike."""
    root = checkout()
    return (root or INSIDE) / name


def templates_folder() -> Path:
    """Where Jinja looks."""
    return folder("templates")


def static_folder() -> Path:
    """Where the browser's files lie."""
    return folder("static")


def migrations_folder() -> Path:
    """Where Piccolo looks for migrations."""
    return folder("migrations")


def checkout() -> Path | None:
    """The clone this code runs from, or none when it was installed from a wheel."""
    return None if INSIDE.is_dir() else PACKAGE.parent


def home_folder() -> Path:
    """Where data lies when nobody names a folder: in the clone, or where this user's programs keep theirs.

    Never the folder somebody happens to stand in: the next command, called from elsewhere, would not find it.
    """
    root = checkout()
    if root is not None:
        return root / ".data"
    share = Path(os.environ.get("XDG_DATA_HOME", ""))
    if share.is_absolute():  # the specification says to ignore others
        return share / "elderlearn"
    try:
        return Path.home() / ".local" / "share" / "elderlearn"
    except RuntimeError:  # a user id without a name or a home, as in a container
        return Path("/var/lib/elderlearn")
