from __future__ import annotations

from typing import Any

import pytest

from elderlearn.ground import settings
from elderlearn.jobs.send_notices import send_notices
from tests.notices.outbox import promise


async def test_the_job_needs_no_queue_and_goes_on_until_nothing_is_due(
    database: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDIS_URL")
    settings.forget()
    await promise(1200)
    assert await send_notices() == 1200
    assert await send_notices() == 0
    monkeypatch.undo()
    settings.forget()
    assert await database.value("SELECT count(*) FROM notice WHERE state = 'sent' AND tries = 1") == 1200
