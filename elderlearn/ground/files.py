"""Where templates, static files and migrations lie: beside the package in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def folder(name: str) -> Path:
    """The folder `name` (templates, static, migrations) of this installation, checkout or wheel alike."""
    beside = PACKAGE.parent / name
    if checkout() is not None and beside.is_dir():
        return beside
    return PACKAGE / "_data" / name


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
    root = PACKAGE.parent
    return root if (root / "pyproject.toml").is_file() else None
