"""How somebody likes to read: text size and language, kept with the person."""

from __future__ import annotations

from typing import Any, Literal

from piccolo.columns import Column

from elderlearn.people.tables import Resident, Staff


async def keep_preferences(
    kind: Literal["resident", "staff"], id: int, *, text_size: int | None = None, language: str | None = None
) -> None:
    """Keeps what is given and leaves the rest; somebody who is gone is no error. No trail: it is no fact."""
    given: dict[str, Any] = {"text_size": text_size, "language": language}
    chosen: dict[Column | str, Any] = {name: value for name, value in given.items() if value is not None}
    table = Resident if kind == "resident" else Staff
    if chosen:
        await table.update(chosen).where(table.id == id)
