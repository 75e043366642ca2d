"""Everything that writes sums, at once from several processes: nobody waits in a ring, and the sums are right."""

from __future__ import annotations

import asyncio
import os
import random
from datetime import timedelta
from typing import Any
from uuid import uuid4

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.add_session import add_session
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.close_run import close_run
from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.recount import differences, recount
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.queries import standing_of
from elderlearn.enrolment.recount import differences as enrolled_differences
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal, Stale
from elderlearn.ground.sql import rows, value
from elderlearn.people.cards import issue_blank, issue_card
from elderlearn.people.residents import NewResident
from elderlearn.places.queries import place_by_id
from elderlearn.stewardship.bring_back import bring_back
from elderlearn.stewardship.move_home import move_home
from elderlearn.stewardship.name_card import name_card
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.checkin.hall import TEN, a_hall
from tests.conftest import Database
from tests.people.processes import in_processes
from tests.people_standing import CLI

STEPS = 40  # of each of four walkers in each process
DAY = timedelta(days=1)


class Walker:
    """One who does something at random, again and again."""

    def __init__(self, codes: list[str], run_ids: list[int], place_id: int, chance: random.Random) -> None:
        self.codes, self.run_ids, self.place_id, self.chance = codes, run_ids, place_id, chance

    async def walk(self) -> list[str]:
        said = []
        for _ in range(STEPS):
            step = self.chance.choice(
                [self.scan, self.scan, self.scan, self.sheet, self.void, self.change, self.close, self.enrol,
                 self.withdraw, self.name, self.new_card, self.move, self.leave, self.come_back, self.more,
                 self.count]
            )  # fmt: skip
            try:
                await step()
            except (Refusal, Stale) as no:
                said.append(type(no).__name__)
            except Exception as failed:
                said.append(f"{step.__name__}: {failed!r}")
        return said

    async def scan(self) -> None:
        sessions = await rows("SELECT id, starts_at FROM session")
        chosen = [(self.chance.choice(sessions), self.chance.choice(self.codes)) for _ in range(6)]
        answers = await receive(
            [
                read_item({"scan_id": str(uuid4()), "session_id": str(meeting["id"]), "code": code,
                           "scanned_at": meeting["starts_at"].isoformat()})
                for meeting, code in chosen
            ],
            by=CLI,
        )  # fmt: skip
        assert "retry" not in {one.verdict for one in answers}

    async def sheet(self) -> None:
        known = [one["id"] for one in await rows("SELECT id FROM resident")]
        await record_sheet(await self._session(), self.chance.sample(known, min(4, len(known))), by=CLI)

    async def void(self) -> None:
        found = await rows("SELECT id FROM attendance")
        if found:
            await void(self.chance.choice(found)["id"], reason="a mistake", by=CLI)

    async def change(self) -> None:
        state = self.chance.choice(("planned", "called_off"))
        starts_at = TEN + DAY * self.chance.randrange(90) if self.chance.random() < 0.3 else None
        await change_session(await self._session(), state=state, starts_at=starts_at, reason="storm", by=CLI)

    async def close(self) -> None:
        await close_run(self.chance.choice(self.run_ids))

    async def enrol(self) -> None:
        await enrol(self.chance.choice(self.run_ids), await self._resident(), "self", by=CLI)

    async def withdraw(self) -> None:
        found = await standing_of(self.chance.choice(self.run_ids), await self._resident())
        if found is not None:
            await withdraw(found.id, by=CLI)

    async def name(self) -> None:
        place = await place_by_id(self.place_id)
        await name_card(self.chance.choice(self.codes), NewResident(name="陈梅", place_code=place.code), by=CLI)

    async def new_card(self) -> None:
        await issue_card(await self._resident(), by=CLI)

    async def move(self) -> None:
        places = await rows("SELECT code FROM place WHERE level = 'community'")
        await move_home(await self._resident(), self.chance.choice(places)["code"], by=CLI)

    async def leave(self) -> None:
        await take_out(await self._resident(), "left", today(), by=CLI)

    async def come_back(self) -> None:
        await bring_back(await self._resident(), "a mistake", by=CLI)

    async def more(self) -> None:
        start = TEN + DAY * self.chance.randrange(90)
        await add_session(self.chance.choice(self.run_ids), Times(start, start + DAY / 12), by=CLI)

    async def count(self) -> None:
        if self.chance.random() < 0.3:
            await recount(by=CLI)

    async def _session(self) -> int:
        return int(self.chance.choice(await rows("SELECT id FROM session"))["id"])

    async def _resident(self) -> int:
        return int(self.chance.choice(await rows("SELECT id FROM resident WHERE name IS NOT NULL"))["id"])


async def traffic(codes: list[str], run_ids: list[int], place_id: int) -> list[Any]:
    walkers = [Walker(codes, run_ids, place_id, random.Random(f"{os.getpid()} {n}")) for n in range(4)]
    return [one for walk in await asyncio.gather(*(walker.walk() for walker in walkers)) for one in walk]


async def test_no_ring_of_waiting_and_the_sums_are_right_after(database: Database) -> None:
    hall = await a_hall(count=3)
    window = {"entry": "enrol", "seats": 2, "opens_at": TEN - DAY, "closes_at": now() + DAY}
    meetings = [await hall.run(TEN + DAY * day, 3, **window) for day in (0, 1)]
    run_ids = [await value("SELECT run FROM session WHERE id = $1", one[0]) for one in meetings]
    for number in range(4):
        await standing.resident(hall.places.community, name="王" + "甲乙丙丁"[number])
    blank = await issue_blank(6, hall.places.district.id, by=CLI)
    codes = [hall.anna.card_code or "", hall.bao.card_code or "", *(one.code for one in blank)]
    said = await in_processes(traffic, database.url, codes, run_ids, hall.places.community.id)
    assert set(said) <= {"Refusal", "Stale"}
    assert not await differences()
    assert await enrolled_differences() == []
