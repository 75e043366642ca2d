"""What is written about a person comes from the row that goes with a merge, and goes back with its undo."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row, rows

COLUMNS = {
    "name": ("name", "name_pinyin"),
    "born_on": ("born_on", "born_precision"),
    "sex": ("sex",),
    "phone": ("phone_cipher", "phone_hash"),
    "home": ("residence", "place"),
    "registered_home": ("registered_residence", "registered_place"),
}
SEALED = ("phone_cipher", "phone_hash")


async def take_fields(kept: int, gone: int, fields: Collection[str]) -> dict[str, dict[str, Any]]:
    """The kept row says these as the other did; answers `{"before", "after"}` in words JSON knows.

    Numbers stay sealed in it. An inner step: both rows are held.
    """
    columns = [column for field in fields for column in COLUMNS[field]]
    if not columns:
        return {"before": {}, "after": {}}
    before, after = await _said(kept, columns), await _said(gone, columns)
    await _write(kept, after)
    return {"before": _as_json(before), "after": _as_json(after)}


async def give_back_fields(kept: int, taken: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Which fields say again what they said before; one changed since stays as it is now."""
    before, after = _from_json(taken["before"]), _from_json(taken["after"])
    present = await _said(kept, list(after)) if after else {}
    back = []
    for field, columns in COLUMNS.items():
        if columns[0] in after and all(present[one] == after[one] for one in columns):
            await _write(kept, {one: before[one] for one in columns})
            back.append(field)
    return back


async def _said(resident_id: int, columns: Collection[str]) -> dict[str, Any]:
    found = await row(f"SELECT {', '.join(columns)} FROM resident WHERE id = $1", resident_id)
    if found is None:
        raise Missing
    return dict(found)


async def _write(resident_id: int, values: Mapping[str, Any]) -> None:
    """In one statement: a home is two columns that fit together."""
    what = ", ".join(f"{column} = ${number}" for number, column in enumerate(values, 2))
    await rows(f"UPDATE resident SET {what} WHERE id = $1", resident_id, *values.values())


def _as_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: one.hex() if isinstance(one, bytes) else str(one) if isinstance(one, date) else one
            for name, one in values.items()}  # fmt: skip


def _from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    def one(name: str, said: Any) -> Any:
        if said is None:
            return None
        if name in SEALED:
            return bytes.fromhex(said)
        return date.fromisoformat(said) if name == "born_on" else said

    return {name: one(name, said) for name, said in values.items()}
