"""Unclear scans that wait too long: who is told, and where it shows."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from elderlearn.checkin import remind_of_unclear as reminding
from elderlearn.checkin.old_unclear import days_allowed, how_many_old
from elderlearn.checkin.receive import receive
from elderlearn.checkin.remind_of_unclear import remind_of_unclear
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.ground.clock import SHANGHAI, now
from elderlearn.ground.errors import Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.people.change_staff_phone import change_staff_phone
from elderlearn.places.change_setting import change_setting
from elderlearn.web.shell.readiness import gauges
from tests.checkin.hall import CLI, TEN, Hall, a_hall
from tests.conftest import Database

NINE_DAYS_AGO = timedelta(days=9)


async def flag(hall: Hall, monkeypatch: pytest.MonkeyPatch, ago: timedelta = NINE_DAYS_AGO) -> str:
    """Received so long ago, by a phone that was too late."""
    scan = hall.item(hall.anna, scanned_at=(TEN + timedelta(hours=5)).isoformat())
    with monkeypatch.context() as then:
        then.setattr("elderlearn.checkin.receive.now", lambda: now() - ago)
        [verdict] = await receive([scan], by=hall.by)
    assert verdict.verdict == "flagged"
    return scan.shown_id


async def test_each_district_says_how_long_one_may_wait(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = await a_hall()
    district, street = hall.places.district.id, hall.places.street.id
    await flag(hall, monkeypatch)
    await flag(hall, monkeypatch, timedelta(days=1))
    assert await days_allowed(district) == 7
    assert [await how_many_old(one) for one in (district, street, hall.places.other_street.id)] == [1, 1, 0]
    told = {name: figure for name, _, figure in await gauges()}
    assert (told["scans_unclear"], told["scans_unclear_old"]) == (2, 1)
    await change_setting(district, unclear_days=30, by=CLI)
    assert await how_many_old(district) == 0
    for wrong in (0, 366):
        with pytest.raises(Refusal, match="invalid_days"):
            await change_setting(district, unclear_days=wrong, by=CLI)


async def test_a_leader_is_reminded_once_a_week_by_day_and_no_more_once_it_is_decided(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    hall = await a_hall()
    scan = await flag(hall, monkeypatch)
    day = datetime(2026, 11, 25, 10, tzinfo=SHANGHAI)
    at = {"now": day}
    monkeypatch.setattr(reminding, "now", lambda: at["now"])
    assert await remind_of_unclear() == 0, "no telephone on file: the office sees it"
    await change_staff_phone(hall.leader.id, "13800001234", by=CLI)
    at["now"] = day.replace(hour=3)
    assert await remind_of_unclear() == 0, "nobody is woken"
    at["now"] = day
    assert await remind_of_unclear() == 1
    assert await remind_of_unclear() == 0
    [notice] = await rows("SELECT staff, values ->> 'how_many' AS many FROM notice WHERE kind = 'scans_unclear'")
    assert (notice["staff"], notice["many"]) == (hall.leader.id, "1")
    at["now"] = day + timedelta(days=7)
    assert await remind_of_unclear() == 1, "the next week"

    await drop_it(UUID(scan), reason="x", by=hall.by)
    at["now"] = day + timedelta(days=14)
    assert await remind_of_unclear() == 0
    assert await value("SELECT count(*) FROM notice WHERE kind = 'scans_unclear'") == 2
