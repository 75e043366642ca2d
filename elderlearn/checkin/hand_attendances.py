"""What one row of the register attended is another's, because both are one person; and back again."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from elderlearn.checkin.completion import decide_again
from elderlearn.checkin.locks import share_sessions
from elderlearn.checkin.record import Entry, change_person, record, take_back
from elderlearn.checkin.resum import resum
from elderlearn.enrolment.hold import Moved
from elderlearn.ground.actor import Actor
from elderlearn.ground.sql import rows

MERGED = "the same person, written down twice"


@dataclass(frozen=True)
class Double:
    """Both were at one session. `revived`: the kept row had been taken back, for `void_reason`, and counts now."""

    gone: int
    kept: int
    revived: bool
    void_reason: str = ""

    def told(self) -> dict[str, Any]:
        """As it is kept for the way back."""
        return asdict(self)


@dataclass(frozen=True)
class Handed:
    """Attendances that changed their person, and doubles of which one counts."""

    moved: list[int]
    doubles: list[Double]


async def share_sessions_of(resident_ids: Sequence[int]) -> frozenset[int]:
    """The sessions these people attended are not moved or called off until the unit of work ends; which."""
    session_ids = await _sessions_of(resident_ids)
    await share_sessions(session_ids)
    return session_ids


async def check_shared(resident_ids: Sequence[int], shared: Collection[int]) -> None:
    """Now that the people are held, these are all sessions they attended. Raises Moved."""
    if not await _sessions_of(resident_ids) <= frozenset(shared):
        raise Moved


async def _sessions_of(resident_ids: Sequence[int]) -> frozenset[int]:
    found = await rows("SELECT session FROM attendance WHERE resident = ANY($1::bigint[])", list(resident_ids))
    return frozenset(one["session"] for one in found)


async def hand_attendances(*, gone: int, kept: int, by: Actor) -> Handed:
    """Every attendance of `gone` is `kept`'s; where both came to one session, one counts.

    An inner step: the unit of work holds the sessions, then both people, and calls `settle` in the end.
    """
    doubles = await _doubles(gone, kept)
    counting = [one for one in doubles if one["gone_counts"]]
    revived = [one for one in counting if not one["kept_counts"]]
    await take_back([one["gone"] for one in counting], reason=MERGED, by=by)
    await record([_entry(one, kept) for one in revived], by=by)
    found = await rows("SELECT id FROM attendance WHERE resident = $1", gone)
    moved = await change_person([one["id"] for one in found], kept)
    return Handed(
        moved,
        [Double(one["gone"], one["kept"], not one["kept_counts"], one["void_reason"] or "") for one in counting],
    )


async def return_attendances(
    handed: Handed, *, gone: int, kept: int, cards: Sequence[int], by: Actor
) -> tuple[list[int], list[int]]:
    """They are `gone`'s again, with what was scanned since from her own `cards`; answers those two.

    Of a double whose kept attendance counts, both count as before. What was taken back since stays so.
    An inner step, like `hand_attendances`.
    """
    since = await rows(
        """SELECT a.id FROM attendance a JOIN scan s ON s.id = a.scan
        WHERE a.resident = $1 AND s.card = ANY($2::bigint[]) AND NOT a.id = ANY($3::bigint[])""",
        kept,
        list(cards),
        handed.moved,
    )
    theirs = await rows(
        "SELECT id FROM attendance WHERE resident = $1 AND id = ANY($2::bigint[])", kept, handed.moved
    )
    moved = await change_person([one["id"] for one in theirs], gone)
    scanned = await change_person([one["id"] for one in since], gone)
    await _part_doubles(handed.doubles, gone, by)
    return moved, scanned


async def settle(resident_ids: Sequence[int]) -> None:
    """Completions depend on whose attendances and seats they are: of every run of these people, decided again.

    Their days and tallies are what is there then.
    """
    whose = list(resident_ids)
    found = await rows("SELECT DISTINCT run FROM attendance WHERE resident = ANY($1::bigint[])", whose)
    await decide_again({(one["run"], resident) for one in found for resident in whose})
    await resum(whose)


async def _part_doubles(doubles: Sequence[Double], gone: int, by: Actor) -> None:
    found = await rows(
        """SELECT g.id AS gone, k.id AS kept, g.session, g.source, g.attended_at, g.is_walk_in
        FROM unnest($1::bigint[], $2::bigint[]) AS d (gone, kept)
        JOIN attendance g ON g.id = d.gone JOIN attendance k ON k.id = d.kept
        WHERE k.voided_at IS NULL AND g.voided_at IS NOT NULL AND g.void_reason = $3 ORDER BY g.session""",
        [one.gone for one in doubles],
        [one.kept for one in doubles],
        MERGED,
    )
    await record([_entry(one, gone) for one in found], by=by)
    back = {one["kept"] for one in found}
    for double in doubles:
        if double.revived and double.kept in back:
            await take_back([double.kept], reason=double.void_reason or MERGED, by=by)


def _entry(one: Any, resident_id: int) -> Entry:
    return Entry(one["session"], resident_id, one["source"], one["attended_at"], one["is_walk_in"])


async def _doubles(gone: int, kept: int) -> Sequence[Any]:
    return await rows(
        """SELECT g.id AS gone, k.id AS kept, g.session, g.source, g.attended_at, g.is_walk_in, k.void_reason,
            g.voided_at IS NULL AS gone_counts, k.voided_at IS NULL AS kept_counts
        FROM attendance g JOIN attendance k ON k.session = g.session AND k.resident = $2
        WHERE g.resident = $1 ORDER BY g.session""",
        gone,
        kept,
    )
