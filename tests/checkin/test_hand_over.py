"""Scanning lent until midnight: taken up once, for one session, for scanning only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from elderlearn.catalogue.leaders import end_leader
from elderlearn.checkin.hand_over import next_midnight, offer, shown, take
from elderlearn.checkin.passes import GRACE, end_pass, helpers_of
from elderlearn.checkin.queries import roster
from elderlearn.checkin.reach import within_reach
from elderlearn.checkin.receive import receive
from elderlearn.checkin.void import void
from elderlearn.ground.clock import SHANGHAI, now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import row, rows, value
from elderlearn.people.roles import ROLES
from elderlearn.people.staff import end_staff
from tests import people_standing as standing
from tests.checkin.hall import a_hall
from tests.checkin.lent import hours_later, lending
from tests.conftest import Database
from tests.people_standing import CLI


async def refusal_of(offered: str, name: str = "王大姐") -> str:
    with pytest.raises(Refusal) as refused:
        await take(offered, name)
    return refused.value.code


async def test_a_helper_scans_at_the_one_session_and_it_can_be_explained_afterwards(database: Database) -> None:
    lent = await lending()
    hall, held = lent.hall, await lent.held()
    items = [hall.item(hall.anna, lent.session), hall.item(hall.bao, lent.other)]
    here, elsewhere = await receive(items, by=held.by())
    assert (here.verdict, elsewhere.verdict, elsewhere.reason, elsewhere.name) == (
        "recorded", "refused", "not_yours", None,
    )  # fmt: skip
    kept = await row(
        "SELECT by_staff, scan_pass FROM scan s JOIN attendance a ON a.scan = s.id WHERE a.id = $1",
        here.attendance_id,
    )
    assert kept is not None and dict(kept) == {"by_staff": hall.leader.id, "scan_pass": held.id}
    [helper] = await helpers_of(lent.session, by=hall.by)
    assert (helper.helper_name, helper.given_by, helper.scans) == ("王大姐", hall.leader.name, 2)
    with pytest.raises(Missing):
        await void(here.attendance_id or 0, reason="x", by=held.by())
    with pytest.raises(Missing):
        await roster(lent.session, by=held.by())
    assert await within_reach([lent.session, lent.other], held.by()) == {lent.session}


async def test_an_offer_serves_once_for_ten_minutes_and_the_newest_only(database: Database) -> None:
    lent = await lending()
    first = await offer(lent.session, by=lent.hall.by)
    second = await offer(lent.session, by=lent.hall.by)
    assert await shown(first.token) is None
    assert await refusal_of(first.code) == await refusal_of(first.token) == "offer_over"
    assert await shown(second.code) is None  # nobody counts guesses there
    assert await refusal_of(second.token, "12") == "invalid_name"
    assert await shown(second.token) is not None
    wide = second.code.translate({ord(str(one)): chr(0xFF10 + one) for one in range(10)})
    taken = await take(f" {wide[:4]} {wide[4:]}", "李阿姨")
    assert await refusal_of(second.token) == "offer_over"
    assert taken.until == next_midnight(now())
    third = await offer(lent.session, by=lent.hall.by)
    await rows("UPDATE scan_pass SET offered_until = $2 WHERE id = $1", third.pass_id, now())
    assert await refusal_of(third.code) == "offer_over"


async def test_no_secret_is_kept(database: Database) -> None:
    lent = await lending()
    offered = await offer(lent.session, by=lent.hall.by)
    secrets = [offered.token, offered.code, lent.taken.key]
    for table in ("scan_pass", "trail"):
        whole = str(await value(f"SELECT json_agg(t)::text FROM {table} t"))
        assert not [one for one in secrets if one in whole or one.encode().hex() in whole]


async def test_nobody_lends_before_the_day_or_what_is_not_hers(database: Database) -> None:
    hall = await a_hall()
    [coming] = await hall.run(now() + timedelta(days=2))
    with pytest.raises(Refusal, match="not_its_day"):
        await offer(coming, by=hall.by)
    assert await offer(hall.session_ids[0], by=hall.by)  # long gone: for scans that wait on a helper's phone
    at = {"district": hall.places.district}
    people = {role: await standing.staff(role, at.get(role, hall.places.street)) for role in ROLES}
    may = {role for role, one in people.items() if await within_reach([coming], one.by(), "hand_over")}
    assert may == {"district", "officer"}  # another leader may not
    far = await standing.officer(hall.places.other_street)
    with pytest.raises(Missing):
        await helpers_of(hall.session_ids[0], by=far.by())


@pytest.mark.parametrize(("hours", "state"), [(0, "open"), (24, "sending"), (24 + 24 + 1, "over")])
async def test_after_midnight_what_waits_is_sent_for_one_more_day(
    database: Database, hours: int, state: str
) -> None:
    lent = await lending()
    assert timedelta(hours=24) == GRACE
    await hours_later(lent.taken.pass_id, hours)
    held = await lent.held()
    assert held.state == state
    scan = [lent.hall.item(lent.hall.anna, lent.session)]
    if state == "over":
        with pytest.raises(Refusal, match="pass_ended"):
            await receive(scan, by=held.by())
    else:
        assert (await receive(scan, by=held.by()))[0].verdict == "recorded"


async def test_a_pass_ended_by_a_tap_lets_nothing_in_any_more(database: Database) -> None:
    lent = await lending()
    by = (await lent.held()).by()
    for _ in range(2):
        await end_pass(lent.taken.pass_id, by=lent.hall.by)
    assert (await lent.held()).state == "over"
    assert await value("SELECT count(*) FROM trail WHERE action = 'end_lending'") == 1
    with pytest.raises(Refusal, match="pass_ended"):
        await receive([lent.hall.item(lent.hall.anna, lent.session)], by=by)
    assert await value("SELECT count(*) FROM scan") == 0


@pytest.mark.parametrize("what", ["run", "account"])
async def test_a_pass_is_over_when_whoever_gave_it_may_not_scan_there_herself(
    database: Database, what: str
) -> None:
    lent = await lending()
    if what == "run":
        run = await value("SELECT run FROM session WHERE id = $1", lent.session)
        await end_leader(run, lent.hall.leader.id, by=CLI)
    else:
        await end_staff(lent.hall.leader.id, by=CLI)
    assert (await lent.held()).state == "over"


def test_midnight_is_that_of_shanghai() -> None:
    before, after = datetime(2026, 3, 1, 23, 59, tzinfo=SHANGHAI), datetime(2026, 3, 2, 0, 1, tzinfo=SHANGHAI)
    assert next_midnight(before) == datetime(2026, 3, 2, tzinfo=SHANGHAI)
    assert next_midnight(after) == datetime(2026, 3, 3, tzinfo=SHANGHAI)
