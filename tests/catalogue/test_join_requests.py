"""Asking to join a society, and the answer: once, in any order of tabs, and never for somebody who is gone."""

from __future__ import annotations

import asyncio
import importlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from elderlearn.catalogue.answer_request import accept_request, decline_request
from elderlearn.catalogue.ask_to_join import ask_to_join, take_back_request
from elderlearn.catalogue.change_organisation import end_organisation
from elderlearn.catalogue.join_by_card import join_by_card
from elderlearn.catalogue.join_queries import belongs, how_many_wait, request_at, requests_at, societies_of
from elderlearn.catalogue.members import join, leave
from elderlearn.ground.actor import Actor
from elderlearn.ground.clock import today
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.catalogue.runs_standing import an_organisation
from tests.conftest import Database
from tests.people_standing import CLI, Places

members_file = importlib.import_module("elderlearn.catalogue.members")


@dataclass(frozen=True)
class Choir:
    """A society of a street, and Wang who would like to join."""

    places: Places
    id: int
    wang: int

    @property
    def her(self) -> Actor:
        return Actor("resident", self.wang, "resident")

    async def ask(self) -> str:
        return await ask_to_join(self.id, self.wang, by=self.her)

    async def waiting(self) -> list[int]:
        return [one.id for one in await requests_at(self.id)]


@pytest.fixture
async def choir(database: Database) -> Choir:
    places = await standing.place_tree()
    wang = await standing.resident(places.community, phone="13800138000")
    return Choir(places, await an_organisation(places.street, kind="society", name="合唱团"), wang.resident_id)


async def notices() -> list[str]:
    return [
        one["kind"] for one in await rows("SELECT kind FROM notice WHERE kind ~ '^(join|society)_' ORDER BY id")
    ]


async def test_yes_makes_a_member_who_is_told_once(choir: Choir) -> None:
    assert [await choir.ask(), await choir.ask()] == ["waiting", "waiting"]
    [asked] = await requests_at(choir.id)
    assert (asked.name, asked.born_year, asked.place_name) == ("王秀英", 1955, "1-1社区")
    for _ in range(2):
        assert await accept_request(asked.id, organisation_id=choir.id, by=CLI) == "accepted"
    assert (await belongs(choir.id, choir.wang)).state == "member" and await choir.ask() == "member"
    assert await notices() == ["join_accepted"] and await how_many_wait(choir.id) == 0
    assert await decline_request(asked.id, "full", organisation_id=choir.id, by=CLI) == "accepted"
    actions = await rows("SELECT action FROM trail WHERE subject = 'organisation' ORDER BY id")
    assert [one["action"] for one in actions][-2:] == ["ask_to_join", "join"]


async def test_no_comes_with_a_reason_and_stands_for_a_day(choir: Choir) -> None:
    await choir.ask()
    [id] = await choir.waiting()
    with pytest.raises(Refusal, match="reason_needed"):
        await decline_request(id, " \0 ", organisation_id=choir.id, by=CLI)
    for _ in range(2):
        assert await decline_request(id, "人满了", organisation_id=choir.id, by=CLI) == "declined"
    assert (await belongs(choir.id, choir.wang)).reason == "人满了" and await notices() == ["join_declined"]
    assert await accept_request(id, organisation_id=choir.id, by=CLI) == "declined"
    with pytest.raises(Refusal, match="declined_lately"):
        await choir.ask()
    await rows("UPDATE join_request SET asked_at = asked_at - $1::interval, ended_at = ended_at - $1::interval",
               timedelta(days=2))  # fmt: skip
    assert await choir.ask() == "waiting"
    [again] = await requests_at(choir.id)
    assert again.declined_on is not None


async def test_yes_and_no_at_the_same_moment_are_one_answer(choir: Choir) -> None:
    await choir.ask()
    [id] = await choir.waiting()
    here: Any = {"organisation_id": choir.id, "by": CLI}
    answers = await asyncio.gather(
        *(accept_request(id, **here) for _ in range(3)), *(decline_request(id, "full", **here) for _ in range(3))
    )
    assert len(set(answers)) == 1 and len(await notices()) == 1
    assert (await belongs(choir.id, choir.wang)).state == {"accepted": "member"}.get(answers[0], answers[0])


async def test_she_takes_it_back_and_a_late_yes_changes_nothing(choir: Choir) -> None:
    await choir.ask()
    [id] = await choir.waiting()
    told = [await take_back_request(choir.id, choir.wang, by=choir.her) for _ in range(2)]
    assert told == [True, False]
    assert await accept_request(id, organisation_id=choir.id, by=CLI) == "cancelled"
    assert await societies_of(choir.wang) == [] and await notices() == []
    assert await request_at(choir.id, id) is None
    for _ in range(2):
        await choir.ask()
        await take_back_request(choir.id, choir.wang, by=choir.her)
    with pytest.raises(Refusal, match="asked_often"):
        await choir.ask()


async def test_a_card_shown_meanwhile_answers_her_request(choir: Choir) -> None:
    await choir.ask()
    await join(choir.id, choir.wang, by=CLI)
    assert await choir.waiting() == [] and await notices() == ["join_accepted"]
    await leave(choir.id, choir.wang, by=choir.her)
    assert (await belongs(choir.id, choir.wang)).state == "left"
    await choir.ask()
    [asked] = await requests_at(choir.id)
    assert asked.left_on == today()


async def test_who_died_while_waiting_waits_no_more(choir: Choir) -> None:
    await choir.ask()
    [id] = await choir.waiting()
    await take_out(choir.wang, "died", today(), by=CLI)
    assert await choir.waiting() == [] and await how_many_wait(choir.id) == 0
    for late in (
        accept_request(id, organisation_id=choir.id, by=CLI),
        decline_request(id, "full", organisation_id=choir.id, by=CLI),
        choir.ask(),
    ):
        with pytest.raises(Missing):
            await late
    assert await notices() == [] and await value("SELECT state FROM join_request") == "cancelled"


async def test_when_the_society_ends_everybody_who_waits_is_told(choir: Choir) -> None:
    await choir.ask()
    await end_organisation(choir.id, today(), by=CLI)
    assert await notices() == ["society_ended"] and await value("SELECT state FROM join_request") == "declined"
    with pytest.raises(Refusal, match="organisation_ended"):
        await choir.ask()


async def test_another_districts_people_are_found_neither_by_asking_nor_by_a_number(choir: Choir) -> None:
    away = await standing.place_tree("330110", "余杭区")
    stranger = await standing.resident(away.community, name="赵一")
    with pytest.raises(Refusal, match="other_district"):
        await ask_to_join(choir.id, stranger.resident_id, by=CLI)
    card = await row("SELECT number FROM card WHERE resident = $1", stranger.resident_id)
    assert card is not None and stranger.card_code is not None
    for typed in (card["number"], stranger.card_code):
        with pytest.raises(Refusal, match="unknown_card"):
            await join_by_card(choir.id, typed, by=CLI)
    neighbour = await standing.neighbour(choir.places)
    assert neighbour.card_code is not None
    assert await join_by_card(choir.id, neighbour.card_code, by=CLI) == neighbour.resident_id
    school = await an_organisation(choir.places.street)
    with pytest.raises(Refusal, match="not_a_society"):
        await ask_to_join(school, choir.wang, by=CLI)


async def asked_and_taken_in_at_once(choir: Choir) -> None:
    await asyncio.gather(*(choir.ask() for _ in range(3)), join(choir.id, choir.wang, by=CLI))


BOTH = """SELECT count(*) FROM join_request q JOIN organisation_member m USING (organisation, resident)
    WHERE q.state = 'waiting' AND m.left_on IS NULL"""


async def test_nobody_is_a_member_and_waits_at_once(choir: Choir) -> None:
    await asked_and_taken_in_at_once(choir)
    assert await value("SELECT count(*) FROM organisation_member WHERE left_on IS NULL") == 1
    assert await value(BOTH) == 0


async def test_without_holding_the_person_she_is_both(choir: Choir, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: what the lock on the person is for."""
    ask_file = importlib.import_module("elderlearn.catalogue.ask_to_join")
    looked, stands = asyncio.Event(), ask_file._stands

    async def not_held(resident_id: int) -> Any:
        return await row("SELECT id, district FROM resident WHERE id = $1", resident_id)

    async def look_then_wait(*who: int) -> Any:
        found = await stands(*who)
        looked.set()
        await asyncio.sleep(0.3)
        return found

    async def join_meanwhile() -> None:
        await looked.wait()
        await join(choir.id, choir.wang, by=CLI)

    monkeypatch.setattr(ask_file, "hold_person", not_held)
    monkeypatch.setattr(members_file, "hold_person", not_held)
    monkeypatch.setattr(ask_file, "_stands", look_then_wait)
    await asyncio.gather(choir.ask(), join_meanwhile())
    assert await value(BOTH) == 1
