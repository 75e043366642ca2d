"""How what was held in a place was recorded: scanned, by hand, by people's own phones."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.sql import row
from elderlearn.participation.counted import Counted
from elderlearn.participation.organiser import BY_HAND, BY_PHONE
from elderlearn.places.inside import INSIDE
from elderlearn.places.labels import span_of
from elderlearn.places.queries import PlaceRow


@dataclass(frozen=True)
class Recorded:
    """Of `visits` of anybody to what was held: `by_hand` ticked or typed in from paper, `by_phone` said so by the
    code of the hall.
    """

    visits: int
    by_hand: int
    by_phone: int


async def recorded(place: PlaceRow, counted: Counted) -> Recorded:
    """By who organised it, so it has nothing to do with where people live."""
    span = span_of(counted.label)
    found = await row(
        f"""WITH RECURSIVE {INSIDE}, held AS (
            SELECT ARRAY(SELECT o.id FROM organisation o JOIN inside i ON i.id = o.place) AS here
        ) SELECT
            (SELECT coalesce(sum(t.visits), 0)::bigint FROM tally_by_organisation t
                WHERE t.period = $2 AND t.organisation = ANY((SELECT here FROM held)::bigint[])) AS visits,
            count(*) FILTER (WHERE {BY_HAND}) AS by_hand, count(*) FILTER (WHERE {BY_PHONE}) AS by_phone
        FROM attendance a WHERE a.organisation = ANY((SELECT here FROM held)::bigint[])
            AND a.on_date BETWEEN $3 AND $4
            AND a.source IN ('tick', 'paper', 'venue') AND a.voided_at IS NULL AND a.is_held""",
        place.id,
        counted.period_id,
        span.starts_on,
        span.ends_on,
    )
    return Recorded(**found) if found else Recorded(0, 0, 0)
