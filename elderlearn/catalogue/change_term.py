"""A term gets another name, other days or another limit. Runs keep their dates."""

from __future__ import annotations

from datetime import date

from elderlearn.catalogue.terms import MOST_SEATS
from elderlearn.catalogue.wording import normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work

COLUMNS = "district, name, starts_on, ends_on, limit_per_person"


async def change_term(
    term_id: int, *, name: str, starts_on: date, ends_on: date, limit_per_person: int | None, by: Actor
) -> None:
    """A new limit holds for those who ask from now on; nobody loses a seat. Nothing different, nothing noted.

    Raises Missing; Refusal: invalid_name, invalid_window, invalid_limit.
    """
    title = normal_title(name, longest=60)
    if ends_on < starts_on:
        raise Refusal("invalid_window")
    if limit_per_person is not None and not 0 < limit_per_person <= MOST_SEATS:
        raise Refusal("invalid_limit", most=MOST_SEATS)
    new = {"name": title, "starts_on": starts_on, "ends_on": ends_on, "limit_per_person": limit_per_person}
    async with unit_of_work():
        was = await row(f"SELECT {COLUMNS} FROM term WHERE id = $1 FOR NO KEY UPDATE", term_id)
        if was is None:
            raise Missing
        changed = {key: [was[key], new[key]] for key in new if was[key] != new[key]}
        if changed:
            await value(
                "UPDATE term SET name = $2, starts_on = $3, ends_on = $4, limit_per_person = $5 WHERE id = $1",
                term_id, *new.values(),
            )  # fmt: skip
            await trail.note(
                "change_term", by=by, subject="term", subject_id=term_id, district=was["district"], **changed
            )
