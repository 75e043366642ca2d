"""An activity today: course, run, session and leader at once, so that the first card can be scanned."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.catalogue.activities import may_open_at
from elderlearn.catalogue.courses import put_course
from elderlearn.catalogue.new_run import NewRun
from elderlearn.catalogue.runs import put_run
from elderlearn.catalogue.schedule import Times
from elderlearn.catalogue.wording import normal_title
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, value
from elderlearn.ground.unit_of_work import unit_of_work

KINDS = ("lecture", "activity", "meeting")


@dataclass(frozen=True)
class NewActivity:
    """What, where and when; without a venue it is at the organisation's own place."""

    organisation_id: int
    title: str
    kind: str
    times: Times
    venue_id: int | None = None


@dataclass(frozen=True)
class Opened:
    """`is_new` is false when the same had been opened already: a double tap, a page sent again."""

    session_id: int
    run_id: int
    is_new: bool


async def open_activity(new: NewActivity, *, by: Actor) -> Opened:
    """One session, led by whoever opens it, seen in the catalogue at once. Anybody may come.

    A meeting of a society expects its members. Sent twice it is opened once: the same leader, organisation,
    title and hours are the same activity, unless it was called off meanwhile.
    Raises Missing when the organisation is not hers to open at, Refusal: invalid_kind, invalid_name,
    invalid_sessions, unknown_venue, organisation_ended.
    """
    if new.kind not in KINDS:
        raise Refusal("invalid_kind", kind=new.kind)
    title = normal_title(new.title)
    async with unit_of_work():
        leader = await _hold_leader(by)
        organisation = await _organisation(new.organisation_id, leader)
        opened = await _opened_before(new, title, leader)
        if opened is not None:
            return opened
        course_id = await _released_course(new.organisation_id, title) or await put_course(
            new.organisation_id, title, by=by, release=True
        )
        entry = "members" if organisation["kind"] == "society" and new.kind == "meeting" else "drop_in"
        run = NewRun(course_id, (new.times,), kind=new.kind, entry=entry, leaders=(leader,), venue_id=new.venue_id)
        added = await put_run(run, by=by)
    return Opened(added.session_ids[0], added.run_id, is_new=True)


async def _hold_leader(by: Actor) -> int:
    """Two taps of one leader wait for each other: the second finds what the first opened."""
    held: int | None = None
    if by.kind == "staff":
        held = await value("SELECT id FROM staff WHERE id = $1 AND ended_at IS NULL FOR NO KEY UPDATE", by.id)
    if held is None:
        raise Missing
    return held


async def _organisation(organisation_id: int, leader: int) -> dict[str, object]:
    if not await may_open_at(organisation_id, leader):
        raise Missing
    found = await row("SELECT kind FROM organisation WHERE id = $1", organisation_id)
    if found is None:
        raise Missing
    return dict(found)


async def _opened_before(new: NewActivity, title: str, leader: int) -> Opened | None:
    found = await row(
        """SELECT s.id, s.run FROM session s JOIN course_run r ON r.id = s.run JOIN course c ON c.id = r.course
        JOIN run_leader l ON l.run = r.id AND l.staff = $1
        WHERE s.organisation = $2 AND c.title = $3 AND r.kind = $4 AND s.starts_at = $5 AND s.ends_at = $6
            AND r.sessions_count = 1 AND s.state = 'planned' ORDER BY s.id LIMIT 1""",
        leader,
        new.organisation_id,
        title,
        new.kind,
        new.times.starts_at,
        new.times.ends_at,
    )
    return Opened(found["id"], found["run"], is_new=False) if found else None


async def _released_course(organisation_id: int, title: str) -> int | None:
    """The course of the last time, so that the same activity is one course with many runs."""
    found: int | None = await value(
        "SELECT id FROM course WHERE organisation = $1 AND title = $2 AND state = 'released' ORDER BY id LIMIT 1",
        organisation_id,
        title,
    )
    return found
