"""Where somebody lives, by the words she uses: a community, her street, or the academy she goes to."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from elderlearn.catalogue.queries import containing
from elderlearn.ground.sql import rows

MOST = 8  # more than fit on two screens of a phone need one more word


@dataclass(frozen=True)
class HomeFound:
    """A community or street (`code`) within `above`; `through` names the organisation or room that was meant."""

    code: str
    name: str
    above: str
    through: str


async def homes_called(words: str) -> list[HomeFound]:
    """Communities and streets with all these words in their name, else those of such organisations or venues.

    At most eight, the closest first; none without words. When nothing has the whole name, what it is called for
    is left off: somebody who says "estate" or "elder academy" after a name still finds it.
    """
    if not words.strip():
        return []
    return await _called(words) or await _called(_endings().sub("", words))


@cache
def _endings() -> re.Pattern[str]:
    """Community, village, estate, garden, academy and the like, at the end of a word."""
    endings = json.loads((Path(__file__).parent / "data" / "endings_of_homes.json").read_text("utf-8"))
    return re.compile(rf"(?:{'|'.join(endings)})+(?=\s|$)")


async def _called(words: str) -> list[HomeFound]:
    if not words.strip():
        return []
    found = await rows(
        """WITH home AS (
            SELECT p.id, p.code, p.name, q.name AS above, q.level <> 'district' AS is_community
            FROM place p JOIN place q ON q.id = p.parent WHERE p.level <> 'district' AND p.valid_to IS NULL),
        meant AS (
            SELECT id, '' AS through, CASE WHEN name ILIKE ALL ($1) THEN 1 ELSE 4 END AS distance FROM home
            WHERE (CASE WHEN is_community THEN above ELSE '' END || name) ILIKE ALL ($1)
            UNION ALL SELECT place, name, 2 FROM organisation WHERE name ILIKE ALL ($1) AND ended_on IS NULL
            UNION ALL SELECT place, name, 3 FROM venue WHERE (name || ' ' || address) ILIKE ALL ($1)),
        nearest AS (SELECT DISTINCT ON (id) id, through, distance FROM meant ORDER BY id, distance, through)
        SELECT h.code, h.name, h.above, n.through FROM nearest n JOIN home h ON h.id = n.id
        ORDER BY n.distance, h.is_community, h.code LIMIT $2""",
        containing(words),
        MOST,
    )
    return [HomeFound(**one) for one in found]
