"""Bring in a list of places: districts, their towns and streets, their communities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from elderlearn.ground import trail
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Refusal
from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.places.check_places import PlaceLine, check_places, codes_named
from elderlearn.places.codes import DISTRICT, LEVELS
from elderlearn.places.queries import PlaceRow, places_by_codes


@dataclass(frozen=True)
class Imported:
    """Places added, renamed and left as they were; `bad` lists what was skipped."""

    added: int
    changed: int
    unchanged: int
    bad: tuple[Fault, ...] = ()


async def import_places(
    listed: Iterable[Mapping[str, str]],
    *,
    valid_from: date,
    by: Actor,
    lines: Sequence[int] | None = None,
    skip_bad: bool = False,
    dry_run: bool = False,
) -> Imported:
    """All or nothing: one bad row and nothing is written, unless `skip_bad`. Twice changes nothing.

    Rows have `code, level, name, parent_code` in any order; `lines` says where each stands in its file
    (from 2 when left out). A place on file under another name is renamed. Raises
    Refusal('bad_rows', rows=[Fault…]).
    """
    async with unit_of_work():
        done = await put_places(
            _numbered(list(listed), lines), valid_from=valid_from, by=by, skip_bad=skip_bad, dry_run=dry_run
        )
    return done


async def put_places(
    numbered: list[tuple[int, Mapping[str, str]]], *, valid_from: date, by: Actor, skip_bad: bool, dry_run: bool
) -> Imported:
    """`import_places` inside the open unit of work."""
    await rows("SELECT pg_advisory_xact_lock(hashtext('import_places'))")  # two at once: one after the other
    on_file = await places_by_codes(codes_named(numbered))
    good, bad = check_places(numbered, on_file)
    if bad and not skip_bad:
        raise Refusal("bad_rows", rows=bad)
    new = [one for one in good if one.code not in on_file]
    renamed = [one for one in good if one.code in on_file and on_file[one.code].name != one.name]
    if not dry_run:
        await _write(good, new, renamed, on_file, valid_from, by)
    return Imported(len(new), len(renamed), len(good) - len(new) - len(renamed), tuple(bad))


def _numbered(listed: list[Mapping[str, str]], lines: Sequence[int] | None) -> list[tuple[int, Mapping[str, str]]]:
    return list(zip(lines or range(2, len(listed) + 2), listed, strict=True))


async def _write(
    good: list[PlaceLine],
    new: list[PlaceLine],
    renamed: list[PlaceLine],
    on_file: Mapping[str, PlaceRow],
    valid_from: date,
    by: Actor,
) -> None:
    for level in LEVELS:
        await _add([one for one in new if one.level == level], level, valid_from, by)
    await _rename(renamed, on_file, by)
    await _open_settings([one for one in good if one.level == DISTRICT])


async def _add(new: list[PlaceLine], level: str, valid_from: date, by: Actor) -> None:
    """Places of one level, whose parents are there; a district is its own district."""
    if not new:
        return
    added = await rows(
        """WITH fresh AS MATERIALIZED (
            SELECT nextval(pg_get_serial_sequence('place', 'id')) AS id, n.*
            FROM unnest($1::text[], $2::text[], $3::text[]) AS n (code, name, parent_code))
        INSERT INTO place (id, code, name, level, parent, district, valid_from)
        SELECT f.id, f.code, f.name, $4::text, p.id, coalesce(p.district, f.id), $5
        FROM fresh f LEFT JOIN place p ON p.code = f.parent_code AND p.valid_to IS NULL
        RETURNING id, code, name, district""",
        [one.code for one in new],
        [one.name for one in new],
        [one.parent_code for one in new],
        level,
        valid_from,
    )
    await _note(
        "add_place",
        [(one["district"], one["id"], {"code": one["code"], "name": one["name"]}) for one in added],
        by,
    )


async def _rename(renamed: list[PlaceLine], on_file: Mapping[str, PlaceRow], by: Actor) -> None:
    if not renamed:
        return
    pairs = sorted((on_file[one.code].id, one) for one in renamed)
    await rows(
        """UPDATE place SET name = n.name FROM unnest($1::bigint[], $2::text[]) AS n (id, name)
        WHERE place.id = n.id""",
        [id for id, _ in pairs],
        [one.name for _, one in pairs],
    )
    changes: list[tuple[int, int, dict[str, object]]] = []
    for id, one in pairs:
        old = on_file[one.code]
        changes.append((old.district_id, id, {"code": one.code, "name": one.name, "was": old.name}))
    await _note("rename_place", changes, by)


async def _note(action: str, changes: list[tuple[int, int, dict[str, object]]], by: Actor) -> None:
    """Trail rows for (district, place, detail)."""
    grouped: defaultdict[int, list[tuple[int | None, dict[str, object]]]] = defaultdict(list)
    for district, id, detail in changes:
        grouped[district].append((id, detail))
    for district, those in sorted(grouped.items()):
        await trail.note_many(action, by=by, subject="place", changes=those, district=district)


async def _open_settings(districts: list[PlaceLine]) -> None:
    """Every district has a row to choose in; one that is there keeps what it chose."""
    await rows(
        """INSERT INTO district_setting (district, title, help_phone, is_sample, sample_state)
        SELECT id, name, '', false, 'none' FROM place
        WHERE code = ANY($1::text[]) AND valid_to IS NULL ORDER BY id
        ON CONFLICT (district) DO NOTHING""",
        [one.code for one in districts],
    )
