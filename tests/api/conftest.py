"""Standing callers of the api: one token for each role, in two streets and two districts."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Litestar

import elderlearn.places
from elderlearn.app import create_app
from elderlearn.ground.actor import SYSTEM
from elderlearn.people.staff import add_staff
from elderlearn.people.tokens import add_token
from elderlearn.places.import_places import import_places
from tests.api.world import LINPING, World

NEXT_DOOR = [
    {"code": "330110000000", "level": "district", "name": "余杭区", "parent_code": ""},
    {"code": "330110001000", "level": "town_street", "name": "临平路街道", "parent_code": "330110000000"},
    {"code": "330110001001", "level": "community", "name": "桂花社区", "parent_code": "330110001000"},
]


@cache
def app() -> Litestar:
    """The whole installation, made once: this door behaves as it does beside all others."""
    return create_app()


@pytest.fixture
async def world(database: Any) -> AsyncIterator[World]:
    """Linping and a district next door, everybody with a token."""
    with (Path(elderlearn.places.__file__).parent / "data" / "linping_places.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    await import_places([*rows, *NEXT_DOOR], valid_from=date(2021, 4, 9), by=SYSTEM)
    streets = sorted(row["code"] for row in rows if row["level"] == "town_street")
    inside = {street: sorted(row["code"] for row in rows if row["parent_code"] == street) for street in streets}
    where = {
        "district": ("district", LINPING),
        "officer": ("officer", streets[0]),
        "other_officer": ("officer", streets[1]),
        "desk": ("desk", streets[0]),
        "leader": ("leader", streets[0]),
        "other_leader": ("leader", streets[1]),
        "auditor": ("auditor", LINPING),
        "stranger": ("district", "330110000000"),
    }
    staff = {name: await add_staff(name, role, place, by=SYSTEM) for name, (role, place) in where.items()}
    tokens = {name: await add_token(name, by=SYSTEM) for name in where}
    transport = httpx.ASGITransport(app=app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        yield World(client, tokens, staff, streets, inside)
