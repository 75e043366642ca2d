"""An earlier figure of elders holds again."""

from __future__ import annotations

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing
from elderlearn.ground.sql import row
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.population import put_figures
from elderlearn.places.queries import place_by_id


async def prefer_again(figure_id: int, *, by: Actor) -> None:
    """Written down once more as the latest, so that the history shows who went back, and when.

    The figure that holds already changes nothing. Raises Missing.
    """
    async with unit_of_work():
        held = await row(
            "SELECT place, year, basis, source, elders FROM elder_population WHERE id = $1", figure_id
        )
        if held is None:
            raise Missing
        place = await place_by_id(held["place"])
        changed = await put_figures(
            [(place, held["elders"])], year=held["year"], basis=held["basis"], source=held["source"], by=by
        )
        if changed:
            await note(
                "prefer_again", by=by, subject="elder_population", subject_id=figure_id,
                district=place.district_id, code=place.code, year=held["year"], basis=held["basis"],
                elders=held["elders"],
            )  # fmt: skip
