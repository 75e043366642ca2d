"""Rooms, teachers, leaders and terms as lists name them: by exact name, the nearest to the organisation first."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from elderlearn.catalogue.run_lines import Named
from elderlearn.ground.sql import rows
from elderlearn.places.queries import PlaceRow

MARKED = re.compile(r"(.+?) ?[(（]([^()（）]+)[)）]")  # a teacher with what tells her from another of her name
BETWEEN = re.compile(r"[、,，;；/]")
Found = dict[tuple[int, str], list[Any]]


@dataclass(frozen=True)
class Where:
    """Where an organisation lies; `parent_id` is the street of a community, the district of a street."""

    place_id: int
    parent_id: int | None
    district_id: int


@dataclass(frozen=True)
class Given:
    """`Named` as ids."""

    venue_id: int | None = None
    teacher_id: int | None = None
    leaders: tuple[int, ...] = ()
    term_id: int | None = None


@dataclass
class NameBook:
    """What of all that goes on in one or in all districts."""

    venues: Found
    teachers: Found
    leaders: Found
    terms: Found

    def find(self, named: Named, where: Where, first_on: date) -> tuple[Given, list[tuple[str, str, str]]]:
        """Ids, and what is not known: column, what stands there, reason.

        Reasons: unknown_venue, venue_ambiguous, unknown_teacher, teacher_ambiguous, unknown_leader, unknown_term,
        term_ambiguous.
        """
        wrong: list[tuple[str, str, str]] = []

        def only(key: str, text: str, found: list[Any]) -> int | None:
            if text and len(found) != 1:
                wrong.append((key, text, f"{key}_ambiguous" if found else f"unknown_{key}"))
            return found[0]["id"] if text and len(found) == 1 else None

        given = Given(
            only("venue", named.venue, self._venues(named.venue, where)),
            only("teacher", named.teacher, self._teachers(named.teacher, where)),
            tuple(
                id
                for one in _split(named.leaders)
                if (id := only("leader", one, self._leaders(one, where))) is not None
            ),
            only("term", named.term, self._terms(named.term, where, first_on)),
        )
        return given, wrong

    def _venues(self, name: str, where: Where) -> list[Any]:
        """In its own place, else around it, else wherever one may."""
        every = self.venues[where.district_id, name]
        here = [one for one in every if one["place"] == where.place_id]
        around = [one for one in every if _is_near(one, where)]
        return here or around or every

    def _teachers(self, text: str, where: Where) -> list[Any]:
        whole = self.teachers[where.district_id, text]
        marked = MARKED.fullmatch(text)
        if whole or not marked:
            return whole
        return [one for one in self.teachers[where.district_id, marked[1]] if one["known_by"] == marked[2].strip()]

    def _leaders(self, name: str, where: Where) -> list[Any]:
        """Who could be chosen on the page: works there, below it, or for a place above it."""
        around = {where.place_id, where.parent_id, where.district_id}
        return [
            one
            for one in self.leaders[where.district_id, name]
            if one["place"] in around or where.place_id in (one["parent"], one["district"])
        ]

    def _terms(self, name: str, where: Where, first_on: date) -> list[Any]:
        every = self.terms[where.district_id, name]
        then = [one for one in every if one["starts_on"] <= first_on <= one["ends_on"]]
        return then if len(every) > 1 and then else every


def _is_near(one: Any, where: Where) -> bool:
    street = None if where.parent_id == where.district_id else where.parent_id
    return one["parent"] == where.place_id or (street is not None and street in (one["place"], one["parent"]))


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(one.strip() for one in BETWEEN.split(text) if one.strip()))


async def name_book(within: PlaceRow | None) -> NameBook:
    """Of the district of this place, rooms of the place only; or of all districts."""
    district_id = within.district_id if within else None
    ended = "WHERE t.ended_on IS NULL AND ($1::bigint IS NULL OR t.district = $1)"
    return NameBook(
        await _found(
            f"""SELECT t.*, p.parent FROM venue t JOIN place p ON p.id = t.place {ended}
                AND ($2::bigint IS NULL OR $2 IN (p.id, p.parent, p.district))""",
            district_id,
            within.id if within else None,
        ),
        await _found(f"SELECT t.* FROM teacher t {ended}", district_id),
        await _found(
            """SELECT w.id, w.name, w.district, w.place, p.parent FROM staff w JOIN place p ON p.id = w.place
            WHERE w.role = 'leader' AND w.ended_at IS NULL AND ($1::bigint IS NULL OR w.district = $1)""",
            district_id,
        ),
        await _found("SELECT t.* FROM term t WHERE $1::bigint IS NULL OR t.district = $1", district_id),
    )


async def _found(statement: str, *values: int | None) -> Found:
    found: Found = defaultdict(list)
    for one in await rows(statement, *values):
        found[one["district"], unicodedata.normalize("NFC", one["name"])].append(one)
    return found
