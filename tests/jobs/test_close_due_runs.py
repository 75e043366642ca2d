from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from elderlearn.ground import settings
from elderlearn.ground.clock import now
from elderlearn.jobs.close_due_runs import close_due_runs
from tests import people_standing as standing
from tests.catalogue.runs_standing import a_run, weeks


async def test_the_job_closes_what_is_over_once_and_needs_no_queue(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = await standing.place_tree()
    over = await a_run(places, sessions=weeks(2, start=now() - timedelta(days=30)))
    await a_run(places, sessions=weeks(2, start=now() + timedelta(days=1)))
    monkeypatch.delenv("REDIS_URL")
    settings.forget()
    await close_due_runs()
    closed = await database.fetch("SELECT id, closed_at FROM course_run WHERE closed_at IS NOT NULL")
    await close_due_runs()
    monkeypatch.undo()
    settings.forget()
    assert [one["id"] for one in closed] == [over]
    assert await database.fetch("SELECT id, closed_at FROM course_run WHERE closed_at IS NOT NULL") == closed
