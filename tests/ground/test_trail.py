"""The trail: who, when, through which door; rows are only ever added."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import asyncpg
import pytest

from elderlearn.ground.actor import SYSTEM, Actor
from elderlearn.ground.sql import rows
from elderlearn.ground.trail import note, note_many
from elderlearn.ground.unit_of_work import unit_of_work
from tests.conftest import Database


async def test_a_note_says_who_what_and_through_which_door(database: Database) -> None:
    before = datetime.now(UTC)
    async with unit_of_work():
        await note(
            "rename",
            by=Actor("staff", 7, "office"),
            subject="run",
            subject_id=3,
            district=1,
            old="書法",
            on=date(2026, 1, 2),
        )
    kept = (await database.fetch("SELECT * FROM trail"))[0]
    assert (kept["actor_kind"], kept["actor_id"], kept["door"], kept["action"]) == ("staff", 7, "office", "rename")
    assert (kept["subject"], kept["subject_id"], kept["district"]) == ("run", 3, 1)
    assert json.loads(kept["detail"]) == {"old": "書法", "on": "2026-01-02"}
    assert before <= kept["at"] <= datetime.now(UTC)


async def test_many_changes_are_one_statement_and_none_is_none(database: Database) -> None:
    await note_many("tie", by=SYSTEM, subject="card", changes=[])
    await note_many("tie", by=SYSTEM, subject="card", changes=((id, {"n": id}) for id in (1, 2, None)))
    assert [one["subject_id"] for one in await database.fetch("SELECT subject_id FROM trail ORDER BY id")] == [
        1,
        2,
        None,
    ]


async def test_a_fact_that_fails_leaves_no_trail(database: Database) -> None:
    with pytest.raises(RuntimeError):
        async with unit_of_work():
            await note("rename", by=SYSTEM, subject="run", subject_id=3)
            raise RuntimeError
    assert await database.value("SELECT count(*) FROM trail") == 0


@pytest.mark.parametrize("statement", ["UPDATE trail SET door = 'api'", "DELETE FROM trail", "TRUNCATE trail"])
async def test_nobody_changes_the_trail_not_even_the_owner(database: Database, statement: str) -> None:
    await note("rename", by=SYSTEM, subject="run", subject_id=3)
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await rows(statement)
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await database.execute(statement)
    assert await database.value("SELECT count(*) FROM trail") == 1
