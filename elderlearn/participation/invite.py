"""Invite those who need a few days more to what is held near their home: by message, at most once in 30 days."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from asyncpg import Record

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import now
from elderlearn.ground.crypto import decrypt
from elderlearn.ground.languages import known
from elderlearn.ground.phone import is_mobile
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.notices.write import Message, tell_many
from elderlearn.participation.counted import Counted
from elderlearn.participation.near import near_people
from elderlearn.participation.own_officer import check_own_officer
from elderlearn.people.hold import hold_people
from elderlearn.places.queries import PlaceRow, ever_within

AGAIN_AFTER = timedelta(days=30)
SOON, AHEAD = timedelta(hours=12), timedelta(days=21)
MOST = 2000  # invited at once
KIND = "invitation"

# Whom to write to: $1 residents, $2 places of the officer, $3 since when an invitation is too new.
ASKED = f"""SELECT r.id, r.place, r.phone_cipher, r.language,
        EXISTS (SELECT FROM consent c WHERE c.resident = r.id AND c.purpose = 'notice' AND c.withdrawn_at IS NULL)
            AS has_agreed,
        EXISTS (SELECT FROM notice n WHERE n.resident = r.id AND n.kind = '{KIND}' AND n.created_at > $3
            AND n.state <> 'cancelled') AS was_invited
    FROM resident r WHERE r.id = ANY($1::bigint[]) AND r.state = 'active' AND r.place = ANY($2::bigint[])
    ORDER BY r.id"""
# Open to whoever comes: the next of her own community, or else of her street; $1 homes, $2 and $3 when.
NEXT = """SELECT DISTINCT ON (h.id) h.id AS home, c.title, s.starts_at, coalesce(v.name, o.name) AS place_name
    FROM place h JOIN place p ON p.id IN (h.id, h.parent) OR p.parent = h.id
        OR (p.parent = h.parent AND p.level = 'community')
    JOIN organisation o ON o.place = p.id AND (o.ended_on IS NULL OR o.ended_on > $2::timestamptz::date)
    JOIN session s ON s.organisation = o.id AND s.state = 'planned' AND s.starts_at BETWEEN $2 AND $3
    JOIN course_run q ON q.id = s.run AND q.entry = 'drop_in' AND q.kind <> 'online'
    JOIN course c ON c.id = q.course AND c.state <> 'draft'
    LEFT JOIN venue v ON v.id = s.venue
    WHERE h.id = ANY($1::bigint[]) ORDER BY h.id, p.id <> h.id, s.starts_at, s.id"""


@dataclass(frozen=True)
class Invitations:
    """How many get a message, and why the others do not: each counted once, in this order."""

    invited: int
    no_phone: int = 0
    not_agreed: int = 0
    lately: int = 0
    nothing_near: int = 0


async def would_invite(place: PlaceRow, counted: Counted) -> Invitations:
    """What `invite` would do now."""
    places = await ever_within(place.id)
    said, _ = _sort(*await _look(await _near(places, place.district_id, counted), places))
    return said


async def invite(place: PlaceRow, counted: Counted, *, by: Actor) -> Invitations:
    """One message each, promised with the trail that says so.

    Raises Missing for everybody but an officer of that street.
    """
    async with unit_of_work():
        await check_own_officer(by, place)
        places = await ever_within(place.id)
        # Two officers at once: the second waits here, and then sees the messages of the first.
        held = await hold_people(await _near(places, place.district_id, counted))
        said, chosen = _sort(*await _look(held, places))
        await tell_many([_message(one, near, place.district_id) for one, near in chosen])
        await note(
            "invite_people", by=by, subject="place", subject_id=place.id, district=place.district_id,
            invited=said.invited, residents=[one["id"] for one, _ in chosen],
        )  # fmt: skip
    return said


async def _near(places: Sequence[int], district_id: int, counted: Counted) -> list[int]:
    return [one.resident_id for one in await near_people(places, district_id, counted, limit=MOST)]


async def _look(
    resident_ids: Collection[int], places: Sequence[int]
) -> tuple[Sequence[Record], Mapping[int, Record]]:
    asked = await rows(ASKED, sorted(resident_ids), list(places), now() - AGAIN_AFTER)
    homes = sorted({one["place"] for one in asked})
    held = await rows(NEXT, homes, now() + SOON, now() + AHEAD)
    return asked, {one["home"]: one for one in held}


def _sort(asked: Sequence[Record], held: Mapping[int, Record]) -> tuple[Invitations, list[tuple[Record, Record]]]:
    """Each person with what she is invited to; the others by why not."""
    chosen, no_phone, not_agreed, lately, nothing_near = [], 0, 0, 0, 0
    for one in asked:
        if not (one["phone_cipher"] and is_mobile(decrypt(one["phone_cipher"]))):
            no_phone += 1
        elif not one["has_agreed"]:
            not_agreed += 1
        elif one["was_invited"]:
            lately += 1
        elif one["place"] not in held:
            nothing_near += 1
        else:
            chosen.append((one, held[one["place"]]))
    return Invitations(len(chosen), no_phone, not_agreed, lately, nothing_near), chosen


def _message(one: Record, near: Record, district_id: int) -> Message:
    starts_at: datetime = near["starts_at"]
    return Message(
        KIND,
        {"title": near["title"], "when": starts_at, "where": near["place_name"]},
        resident_id=one["id"],
        district=district_id,
        address_cipher=one["phone_cipher"],
        language=known(one["language"]),
    )
