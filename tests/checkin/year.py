"""Two years of meetings in two districts around New Year's midnight, put back to the start for each example."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from elderlearn.checkin.attribute import attribute
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.enrolment.recount import recount as recount_enrolled
from elderlearn.ground.clock import SHANGHAI
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.participation.approve_rule import approve_rule
from elderlearn.participation.fill_periods import fill_periods
from elderlearn.participation.propose_rule import propose_rule
from elderlearn.participation.rule_parameters import Parameters
from elderlearn.participation.rule_preview import count_previews
from elderlearn.participation.rules import Rule
from elderlearn.people.register import Registered
from elderlearn.places.periods import KINDS_THAT_COUNT
from elderlearn.stewardship.merge import merge
from elderlearn.stewardship.one_person import FIELDS
from elderlearn.stewardship.unmerge import unmerge
from tests import people_standing as standing
from tests.catalogue.runs_standing import Times, a_course, open_run
from tests.people_standing import CLI, Places

MIDNIGHT = datetime(2025, 1, 1, tzinfo=SHANGHAI)
LATE = datetime(2027, 12, 31, tzinfo=SHANGHAI)
SCHOOL_YEAR = """INSERT INTO stat_period
        (district, label, starts_on, ends_on, reference_on, basis, needs_all, kinds, online_most_minutes,
        weights)
    VALUES ($1, '2024-09', '2024-09-01', '2025-08-31', '2024-12-31', 'registered', true, $2::text[], 50,
        '{100,33,150,75}')"""
# Low thresholds, so that short examples cross them.
EASY = """ALTER TABLE stat_period ALTER hours_minutes SET DEFAULT 240, ALTER hours_days SET DEFAULT 2,
    ALTER days SET DEFAULT 4, ALTER completed_minutes SET DEFAULT 240, ALTER day_cap_minutes SET DEFAULT 150"""
KEPT = ("session", "course_run", "resident", "enrolment", "card")
EMPTIED = """attendance, scan, attended_day, tally, tally_by_organisation, run_completion, enrolled_period, notice,
    merge, merge_part, regular_rule"""


@dataclass
class Year:
    """Operations by number, so that any list of numbers is an example."""

    database: Any
    here: Places
    there: Places
    people: list[Registered]
    session_ids: list[int]
    run_ids: list[int]

    async def begin_again(self) -> None:
        await self.database.execute(f"TRUNCATE {EMPTIED}, stat_period")
        for table in KEPT:
            columns = await self.database.fetch(
                "SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1", table
            )
            put_back = ", ".join(f'"{one["name"]}" = k."{one["name"]}"' for one in columns if one["name"] != "id")
            await self.database.execute(f"UPDATE {table} t SET {put_back} FROM kept_{table} k WHERE k.id = t.id")
        await rows(SCHOOL_YEAR, self.here.district.id, list(KINDS_THAT_COUNT))
        await recount_enrolled()

    async def do(self, what: str, one: int, two: int, three: int) -> None:
        await getattr(self, f"_{what}")(one, two, three)

    async def _scan(self, one: int, two: int, three: int) -> None:
        """Three scans in one batch, by numbers that may hit the same person or meeting twice."""
        pairs = [(one, two), (one, three), (one + three, two)]
        times = {row["id"]: row["starts_at"] for row in await rows("SELECT id, starts_at FROM session")}
        await receive(
            [
                read_item(
                    {
                        "scan_id": str(uuid4()),
                        "session_id": str(self.session_ids[meeting % len(self.session_ids)]),
                        "code": self.people[who % len(self.people)].card_code,
                        "scanned_at": times[self.session_ids[meeting % len(self.session_ids)]].isoformat(),
                    }
                )
                for who, meeting in pairs
            ],
            by=CLI,
        )

    async def _paper(self, one: int, two: int, three: int) -> None:
        chosen = [person.resident_id for place, person in enumerate(self.people) if three >> place & 1]
        await record_sheet(self.session_ids[two % len(self.session_ids)], chosen, by=CLI)

    async def _void(self, one: int, two: int, three: int) -> None:
        found = await rows("SELECT id FROM attendance ORDER BY id")
        if found:
            await void(found[one % len(found)]["id"], reason="a mistake", by=CLI)

    async def _call_off(self, one: int, two: int, three: int) -> None:
        await change_session(self._meeting(one), state="called_off", reason="storm", by=CLI)

    async def _hold(self, one: int, two: int, three: int) -> None:
        await change_session(self._meeting(one), state="planned", reason="sun", by=CLI)

    async def _move(self, one: int, two: int, three: int) -> None:
        starts_at = MIDNIGHT + timedelta(days=(two % 5 - 2) * 183, minutes=(three % 3 - 1) * 30)
        length = timedelta(minutes=30 + three)
        await change_session(
            self._meeting(one), starts_at=starts_at, ends_at=starts_at + length, reason="moved", by=CLI
        )

    async def _close(self, one: int, two: int, three: int) -> None:
        await close_run(self.run_ids[one % len(self.run_ids)], moment=LATE)

    async def _go_home(self, one: int, two: int, three: int) -> None:
        """Home, register, district and birth date change; what stewardship does when it mends a person."""
        places = [None, self.here.community, self.here.street, self.here.other_community, self.there.community]
        home, register = places[two % 5], places[three % 5]
        who = self.people[one % len(self.people)].resident_id
        async with unit_of_work():
            await rows(
                """UPDATE resident SET place = $2, residence = $3, registered_place = $4,
                    registered_residence = $5, district = coalesce($6, district), born_on = $7 WHERE id = $1""",
                who,
                home and home.id,
                "inside" if home else "outside",
                register and register.id,
                "inside" if register else "unknown",
                home and home.district_id,
                [None, date(1950, 2, 28), date(1964, 12, 31), date(1990, 1, 1)][three % 4],
            )
            await attribute([who])

    async def _merge(self, one: int, two: int, three: int) -> None:
        """Of those still two, and of one district, who hold what may be doubled."""
        kept, gone = (self.people[number % len(self.people)].resident_id for number in (one, two))
        with contextlib.suppress(Refusal, Missing):
            await merge(kept, gone, reason="one person", fields=FIELDS[: three % 7], by=CLI)

    async def _rule(self, one: int, two: int, three: int) -> None:
        """Another rule from one of the years on, proposed, looked at, approved and counted."""
        asked = Parameters(
            Rule(
                elder_age=55 + one % 10, day_cap_minutes=60 + two, hours_minutes=[None, 90, 200][one % 3],
                hours_days=1 + two % 3, days=[None, 1, 3][three % 3], completed_minutes=[None, 240][one % 2],
                needs_all=bool(three % 2), online_most_minutes=[0, 45, 500][three % 3],
                weights=[None, (100, 50, 33, 120)][two % 2],
            ),
            ["2024", "2025", "2024-09"][three % 3],
            ["resident", "registered"][two % 2],
        )  # fmt: skip
        with contextlib.suppress(Refusal):
            rule = await propose_rule(self.here.district.id, asked, reason="another", by=CLI)
            await count_previews()
            await approve_rule(rule, decision="decided", by=CLI)
            await fill_periods(at_a_time=1 + three % 4)

    async def _unmerge(self, one: int, two: int, three: int) -> None:
        found = await rows("SELECT id FROM merge ORDER BY id")
        if found:
            with contextlib.suppress(Refusal):
                await unmerge(found[one % len(found)]["id"], reason="two people", by=CLI)

    def _meeting(self, number: int) -> int:
        return self.session_ids[number % len(self.session_ids)]


async def a_year(database: Any) -> Year:
    """Four runs with thirteen meetings, six people, some with a seat."""
    await database.execute(EASY)
    here, there = await standing.place_tree(), await standing.place_tree("330110", "余杭区")
    people = [
        await standing.resident(here.community, name="甲"),
        await standing.resident(here.street, name="乙"),
        await standing.resident(here.other_community, name="丙", born_on=date(1965, 1, 1)),
        await standing.resident(there.community, name="丁"),
        await standing.resident(here.next_community, name="戊", born_on=None),
        await standing.resident(here.other_community, name="己", born_on=date(1964, 12, 31)),
    ]
    mine, theirs = await a_course(here.community), await a_course(there.community)
    runs = [
        await open_run(mine, sessions=_around(MIDNIGHT - timedelta(days=14), 4), seats=9),
        await open_run(mine, sessions=_around(MIDNIGHT - timedelta(minutes=30), 3), kind="lecture",
                       entry="drop_in", credited_minutes=90),
        await open_run(mine, sessions=_around(MIDNIGHT, 2), kind="online", entry="drop_in"),
        await open_run(theirs, sessions=_around(MIDNIGHT - timedelta(days=7), 4), kind="meeting", entry="members"),
    ]  # fmt: skip
    for person in people[:3]:
        await rows(
            """INSERT INTO enrolment (run, resident, state, channel, asked_at, changed_at)
            VALUES ($1, $2, 'seated', 'self', $3, $3)""",
            runs[0].run_id,
            person.resident_id,
            MIDNIGHT - timedelta(days=10),
        )
    await rows("UPDATE course_run SET seats_taken = 3 WHERE id = $1", runs[0].run_id)
    for table in KEPT:
        await database.execute(f"CREATE TABLE kept_{table} AS TABLE {table}")
    return Year(
        database, here, there, people, [id for run in runs for id in run.session_ids], [run.run_id for run in runs]
    )


def _around(first: datetime, count: int) -> tuple[Times, ...]:
    """Weekly, two hours long; sessions of different runs overlap on some days."""
    starts = [first + timedelta(days=7 * no) for no in range(count)]
    return tuple(Times(start, start + timedelta(hours=2)) for start in starts)
