"""Phones that scan: each known once for each leader, ended by whoever may, never half."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest

from elderlearn.checkin import hold_phone
from elderlearn.checkin import receive as receiving
from elderlearn.checkin.device_queries import devices_below, devices_of, other_sign_ins
from elderlearn.checkin.devices import allow_device, end_device, known_device
from elderlearn.checkin.gather import gather
from elderlearn.checkin.passes import end_pass
from elderlearn.checkin.receive import receive
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import value
from elderlearn.ground.unit_of_work import unit_of_work
from elderlearn.people.roles import ROLES
from elderlearn.people.sign_in.end_one import end_sign_in
from elderlearn.people.sign_in.start import start_for_staff
from elderlearn.people.sign_in.who import who
from tests import people_standing as standing
from tests.checkin.hall import Hall, a_hall
from tests.checkin.lent import lending
from tests.conftest import Database
from tests.jobs.processes import until_equal

LOCK = "FOR NO KEY UPDATE"
WECHAT = "Mozilla/5.0 (Linux; Android 10; ELE-AL00 Build/HUAWEIELE-AL00) MicroMessenger/8.0.49 Chrome/116.0"


async def a_phone(hall: Hall, uuid: str | None = None) -> tuple[int, str]:
    """The leader's phone, signed in, with the token of its cookie."""
    async with unit_of_work():
        token = await start_for_staff(hall.leader.id, "leader", way="password")
    signed = await who(token)
    assert signed is not None
    device = await known_device(
        uuid or str(uuid4()), hall.leader.id, user_agent=WECHAT, sign_in_id=signed.sign_in_id
    )
    assert device is not None
    return device, token


async def test_a_phone_is_known_once_for_each_leader(database: Database) -> None:
    hall, uuid = await a_hall(), str(uuid4())
    other = await standing.leader(hall.places.community)
    device, _token = await a_phone(hall, uuid)
    again, _token = await a_phone(hall, uuid.upper())
    theirs = await known_device(uuid, other.id, user_agent="", sign_in_id=None)
    assert device == again != theirs
    for junk in (None, 7, "", "x" * 45, "\0" * 36, "not-a-uuid"):
        assert await known_device(junk, other.id, user_agent="", sign_in_id=None) is None
    by = Actor("staff", hall.leader.id, "leader", device)
    scan = hall.item(hall.anna)
    await receive([scan, hall.item("x")], by=by, device=uuid)
    await receive([scan], by=by, device=uuid)  # sent again: the same scan
    [line] = await devices_of(hall.leader.id)
    assert (line.label, line.scans, line.is_helpers, line.is_signed_in) == ("huawei.wechat", 2, False, True)
    assert len(await other_sign_ins(hall.leader.id)) == 1  # the first sign-in of this phone, which it left


async def test_an_ended_phone_is_signed_out_and_nothing_is_taken_from_it_until_it_is_allowed_again(
    database: Database,
) -> None:
    hall = await a_hall()
    device, token = await a_phone(hall)
    _other, elsewhere = await a_phone(hall)
    by, scan = Actor("staff", hall.leader.id, "leader", device), hall.item(hall.anna)
    with pytest.raises(Refusal, match="reason_needed"):
        await end_device(device, reason=" ", viewer=hall.leader.viewer, by=hall.by)
    await end_device(device, reason="lost", viewer=hall.leader.viewer, by=hall.by)
    await end_device(device, reason="again", viewer=hall.leader.viewer, by=hall.by)
    assert await who(token) is None and await who(elsewhere) is not None
    with pytest.raises(Refusal, match="device_ended"):
        await receive([scan], by=by)
    assert await value("SELECT count(*) FROM scan") == 0
    await allow_device(device, viewer=hall.leader.viewer, by=hall.by)
    assert (await receive([scan], by=by))[0].verdict == "recorded"
    told = "SELECT string_agg(action, ' ' ORDER BY id) FROM trail WHERE action LIKE '%device'"
    assert await value(told) == "end_device allow_device"


async def test_ending_a_helpers_phone_ends_her_pass(database: Database) -> None:
    lent = await lending()
    held = await lent.held()
    device = await known_device(str(uuid4()), lent.hall.leader.id, user_agent="", sign_in_id=None)
    await receive([lent.hall.item(lent.hall.anna, lent.session)], by=held.by(device))
    [line] = await devices_of(lent.hall.leader.id)
    assert line.is_helpers and line.helper_name == "王大姐"
    await end_device(line.id, reason="lost", viewer=lent.hall.leader.viewer, by=lent.hall.by)
    assert (await lent.held()).state == "over"


async def test_who_may_end_a_phone_and_where(database: Database) -> None:
    hall = await a_hall()
    device, _token = await a_phone(hall)
    places = {
        "above": hall.places.street, "here": hall.places.community, "other": hall.places.other_street,
        "all": hall.places.district,
    }  # fmt: skip
    ended = set()
    for role in ROLES:
        for where, place in places.items():
            if (role == "district") != (where == "all"):
                continue
            somebody = await standing.staff(role, place)
            try:
                await end_device(device, reason="lost", viewer=somebody.viewer, by=somebody.by())
            except Missing:
                with pytest.raises(Missing):
                    await allow_device(device, viewer=somebody.viewer, by=somebody.by())
                continue
            ended.add((role, where))
            await allow_device(device, viewer=somebody.viewer, by=somebody.by())
    assert ended == {("district", "all"), ("officer", "above"), ("officer", "here")}
    below = await devices_below(hall.places.street.id)
    assert [one.id for one in below.devices] == [device] and below.how_many == 1
    assert (await devices_below(hall.places.other_street.id)).how_many == 0
    assert (await devices_below(hall.places.district.id, words="nobody")).how_many == 0


async def test_she_signs_out_where_she_never_scanned_and_nobody_elses_sign_in(database: Database) -> None:
    hall = await a_hall()
    _device, token = await a_phone(hall)
    signed = await who(token)
    other = await standing.leader(hall.places.community)
    assert signed is not None
    with pytest.raises(Missing):
        await end_sign_in(signed.sign_in_id, other.id, by=other.by("leader"))
    await end_sign_in(signed.sign_in_id, hall.leader.id, by=hall.by)
    await end_sign_in(signed.sign_in_id, hall.leader.id, by=hall.by)
    assert await who(token) is None


@pytest.mark.parametrize("what", ["pass", "device"])
@pytest.mark.parametrize("is_guarded", [True, False], ids=["guarded", "control"])
async def test_ending_waits_for_the_batch_that_is_being_written(
    database: Database, what: str, is_guarded: bool
) -> None:
    """All of it is kept before the end, or nothing; without the lock it would still come in afterwards."""
    lent = await lending()
    hall, held = lent.hall, await lent.held()
    device, _token = await a_phone(hall)
    by = held.by() if what == "pass" else Actor("staff", hall.leader.id, "leader", device)
    scans = [hall.item(one, lent.session) for one in (hall.anna, hall.bao)]

    async def end() -> int:
        if what == "pass":
            await end_pass(held.id, by=hall.by)
        else:
            await end_device(device, reason="lost", viewer=hall.leader.viewer, by=hall.by)
        return int(await value("SELECT count(*) FROM scan"))

    lock = "LENT_HELD" if what == "pass" else "PHONE_HELD"
    with half_written() as (reached, go), nullcontext() if is_guarded else unlocked(lock):
        batch = asyncio.create_task(receive(scans, by=by))
        await reached.wait()
        ending = asyncio.create_task(end())
        if is_guarded:
            await until_equal(database, "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted", True)
        else:
            assert await ending == 0  # it is over, and yet:
        go.set()
        assert [one.verdict for one in await batch] == ["recorded"] * 2
    assert await ending == (2 if is_guarded else 0)
    with pytest.raises(Refusal, match="_ended"):
        await receive([hall.item(hall.anna, lent.session)], by=by)
    assert await value("SELECT count(*) FROM scan") == 2


@contextmanager
def half_written() -> Iterator[tuple[asyncio.Event, asyncio.Event]]:
    """A batch stops when its phone is held (the first event is set) and goes on when told to."""
    reached, go = asyncio.Event(), asyncio.Event()

    async def slow(*values: Any, **named: Any) -> Any:
        reached.set()
        await go.wait()
        return await gather(*values, **named)

    with patch.object(receiving, "gather", slow):
        yield reached, go


def unlocked(name: str) -> AbstractContextManager[Any]:
    statement: str = getattr(hold_phone, name)
    assert LOCK in statement
    return patch.object(hold_phone, name, statement.replace(LOCK, ""))
