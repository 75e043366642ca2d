"""Venues: rooms people can find. One that ended stays on the sessions it was used for."""

from __future__ import annotations

from datetime import date

from elderlearn.catalogue.ending import check_ending
from elderlearn.catalogue.organise import known_place
from elderlearn.catalogue.wording import normal_title
from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.pinyin import spelled
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work

LONGEST_ADDRESS = 200
MOST_PEOPLE = 100_000


async def add_venue(*, name: str, address: str, capacity: int | None, place_code: str, by: Actor) -> int:
    """Its id; the address may stay empty, `capacity` is persons.

    Raises Refusal: invalid_name, invalid_capacity, unknown_place.
    """
    title, where = _clean(name, address, capacity)
    place = await known_place(place_code)
    async with unit_of_work():
        id: int = await value(
            """INSERT INTO venue (district, place, name, name_pinyin, address, capacity)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id""",
            place.district_id, place.id, title, spelled(title), where, capacity,
        )  # fmt: skip
        await trail.note(
            "add_venue", by=by, subject="venue", subject_id=id, district=place.district_id, name=title
        )
    return id


async def change_venue(venue_id: int, *, name: str, address: str, capacity: int | None, by: Actor) -> None:
    """For all its sessions, past ones too: it is the same room. Nothing different, nothing noted.

    Raises Missing; Refusal: invalid_name, invalid_capacity.
    """
    title, where = _clean(name, address, capacity)
    new = {"name": title, "address": where, "capacity": capacity}
    async with unit_of_work():
        was = await row(
            "SELECT district, name, address, capacity FROM venue WHERE id = $1 FOR NO KEY UPDATE", venue_id
        )
        if was is None:
            raise Missing
        changed = {key: [was[key], new[key]] for key in new if was[key] != new[key]}
        if changed:
            await value(
                "UPDATE venue SET name = $3, address = $4, capacity = $5, name_pinyin = $2 WHERE id = $1",
                venue_id, spelled(title), *new.values(),
            )  # fmt: skip
            await trail.note(
                "change_venue", by=by, subject="venue", subject_id=venue_id, district=was["district"], **changed
            )


async def end_venue(venue_id: int, on: date, *, by: Actor) -> None:
    """It is offered for no new session; twice is the same.

    Raises Missing; Refusal: invalid_date, sessions_are_planned (`sessions` says how many are to come there).
    """
    check_ending(on)
    async with unit_of_work():
        was = await row("SELECT district, ended_on FROM venue WHERE id = $1 FOR NO KEY UPDATE", venue_id)
        if was is None:
            raise Missing
        if was["ended_on"] is not None:
            return
        left = await value(
            "SELECT count(*) FROM session WHERE venue = $1 AND state = 'planned' AND starts_at > $2",
            venue_id, now(),
        )  # fmt: skip
        if left:
            raise Refusal("sessions_are_planned", sessions=left)
        await value("UPDATE venue SET ended_on = $2 WHERE id = $1", venue_id, on)
        await trail.note("end_venue", by=by, subject="venue", subject_id=venue_id, district=was["district"], on=on)


def _clean(name: str, address: str, capacity: int | None) -> tuple[str, str]:
    if capacity is not None and not 0 < capacity <= MOST_PEOPLE:
        raise Refusal("invalid_capacity", most=MOST_PEOPLE)
    return normal_title(name), normal_title(address, longest=LONGEST_ADDRESS) if address.strip() else ""
