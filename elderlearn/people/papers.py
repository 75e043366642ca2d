"""Papers that lie at the desk: that they are there, since when, until when. Their words are not kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.ground.trail import note
from elderlearn.ground.unit_of_work import unit_of_work

KINDS = ("relative_signature",)


@dataclass(frozen=True)
class Paper:
    """On file from `on_file_since`; good up to and including `until`, for ever without it."""

    id: int
    kind: str
    on_file_since: date
    until: date | None


async def put_paper(resident_id: int, kind: str, *, on_file_since: date, until: date | None, by: Actor) -> int:
    """Its id. Raises Missing; Refusal: invalid_paper (unknown kind), invalid_date (to come, or until before)."""
    if kind not in KINDS:
        raise Refusal("invalid_paper")
    if on_file_since > today() or (until is not None and until < on_file_since):
        raise Refusal("invalid_date")
    async with unit_of_work():
        if await value("SELECT id FROM resident WHERE id = $1 FOR NO KEY UPDATE", resident_id) is None:
            raise Missing
        id: int = await value(
            """INSERT INTO resident_paper (resident, kind, on_file_since, until) VALUES ($1, $2, $3, $4)
            RETURNING id""",
            resident_id, kind, on_file_since, until,
        )  # fmt: skip
        await note(
            "put_paper", by=by, subject="resident", subject_id=resident_id, paper=kind, since=on_file_since,
            until=until,
        )  # fmt: skip
    return id


async def end_paper(resident_id: int, paper_id: int, *, by: Actor) -> None:
    """No longer there; twice is the same. Raises Missing."""
    async with unit_of_work():
        paper = await row(
            "SELECT kind, ended_on FROM resident_paper WHERE id = $1 AND resident = $2 FOR NO KEY UPDATE",
            paper_id, resident_id,
        )  # fmt: skip
        if paper is None:
            raise Missing
        if paper["ended_on"] is None:
            await rows("UPDATE resident_paper SET ended_on = $2 WHERE id = $1", paper_id, today())
            await note("end_paper", by=by, subject="resident", subject_id=resident_id, paper=paper["kind"])


async def papers_of(resident_id: int) -> list[Paper]:
    """Those that are there, the newest first; one that is no longer good too."""
    found = await rows(
        """SELECT id, kind, on_file_since, until FROM resident_paper WHERE resident = $1 AND ended_on IS NULL
        ORDER BY on_file_since DESC, id DESC""",
        resident_id,
    )
    return [Paper(**one) for one in found]
