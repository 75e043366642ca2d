"""The official list of Linping, and a small district beside it."""

from __future__ import annotations

import csv
from pathlib import Path

import elderlearn
from elderlearn.ground.actor import Actor

OFFICIAL = Path(elderlearn.__file__).parent / "places/data/linping_places.csv"
BY = Actor("system", None, "cli")
BESIDE = """code,level,name,parent_code
330110000000,district,余杭区,
330110001000,town_street,五常街道,330110000000
330110001001,community,友谊社区,330110001000
330110001002,community,五常社区,330110001000
"""


def official_rows() -> list[dict[str, str]]:
    """205 places: a district, 8 towns and streets, 196 communities."""
    with OFFICIAL.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
