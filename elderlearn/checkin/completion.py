"""Who completed a closed run: decided when it is closed, and again for whoever changes afterwards."""

from __future__ import annotations

from collections.abc import Collection

from elderlearn.checkin.resum import resum, written
from elderlearn.checkin.sums import COUNTS, Sum
from elderlearn.ground.sql import rows

COLUMNS = ("on_date", "kind", "district", "planned_minutes")


def completions(chosen: str) -> Sum:
    """The completions of closed runs q chosen by an SQL condition on q.id and a.resident.

    Attended at least 60 % of what was held from the person's start (the earlier of the day she asked for a
    seat and her first attendance) and at least half of all planned sessions; not drop-in, not online
    (domain.md section 2). Dated on the last session of the run, whether that was held or not.
    """
    return Sum(
        "run_completion",
        ("run", "resident"),
        COLUMNS,
        f"""SELECT came.run, came.resident, q.last_on AS on_date, q.kind, q.district, q.planned_minutes
        FROM (SELECT a.run, a.resident, count(*) AS attended, min(a.on_date) AS first_on
            FROM attendance a JOIN course_run q ON q.id = a.run
            WHERE {COUNTS} AND q.closed_at IS NOT NULL AND q.entry <> 'drop_in' AND q.kind <> 'online'
                AND {chosen}
            GROUP BY a.run, a.resident) came
        JOIN course_run q ON q.id = came.run
        LEFT JOIN enrolment e ON e.run = came.run AND e.resident = came.resident
        CROSS JOIN LATERAL (
            SELECT count(*) AS planned, count(*) FILTER (WHERE s.state = 'planned' AND s.on_date >=
                least(came.first_on, (e.asked_at AT TIME ZONE 'Asia/Shanghai')::date)) AS held
            FROM session s WHERE s.run = came.run) sessions
        WHERE came.attended * 5 >= sessions.held * 3 AND came.attended * 2 >= sessions.planned""",
    )


async def decide(run_ids: Collection[int]) -> None:
    """Decide these closed runs for everybody and move the sums of whoever it changes; sessions are held."""
    ids = sorted(set(run_ids))
    before = await _who(ids)
    await rows(written(completions("a.run = ANY($1::bigint[])"), "t.run = ANY($1::bigint[])"), ids)
    await resum({resident for _, resident, _ in before ^ await _who(ids)})


async def decide_again(pairs: Collection[tuple[int, int]]) -> None:
    """Decide again for these (run, resident); pairs of a run that is not closed yet change nothing."""
    if not pairs:
        return
    closed = await rows(
        "SELECT id FROM course_run WHERE id = ANY($1::bigint[]) AND closed_at IS NOT NULL",
        sorted({run for run, _ in pairs}),
    )
    runs = sorted(one["id"] for one in closed)
    residents = sorted({resident for run, resident in pairs if run in runs})
    if not residents:
        return
    of_those = "{0}.run = ANY($1::bigint[]) AND {0}.resident = ANY($2::bigint[])"
    await rows(written(completions(of_those.format("a")), of_those.format("t")), runs, residents)
    await resum(residents)


async def _who(run_ids: list[int]) -> set[tuple[int, int, object]]:
    found = await rows(
        """SELECT run, resident, (on_date, kind, district, planned_minutes)::text AS decided
        FROM run_completion WHERE run = ANY($1::bigint[])""",
        run_ids,
    )
    return {(one["run"], one["resident"], one["decided"]) for one in found}
