"""Whatever phones, networks and people do in whatever order, the end is that of one honest log kept online."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.recount import differences
from elderlearn.checkin.unclear import Asked, Whose, unclear
from elderlearn.ground.clock import now
from elderlearn.ground.sql import rows
from tests.checkin.village import PEOPLE, PHONES, SLIPS, Village, run

# Person, which of the two sessions at the same time she is at, phone, what went wrong.
SCANS = st.lists(
    st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, 1), st.integers(0, PHONES - 1), st.sampled_from(SLIPS)),
    min_size=1,
    max_size=8,
)
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["send", "send", "lose", "lose_answer", "decide", "undo", "void"]),
        st.integers(0, 31),
        st.integers(0, 31),
    ),
    max_size=14,
)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(scans=SCANS, steps=STEPS)
async def test_any_order_of_everything_ends_as_one_honest_log(
    database: Any, scans: list[tuple[int, int, int, str]], steps: list[tuple[str, int, int]]
) -> None:
    village = await run(database, scans, steps)
    assert await village.present() == village.truth == await honest_log(village)
    ids = list(village.events)
    kept = {
        one["id"]: one["verdict"] for one in await rows("SELECT id, verdict FROM scan WHERE id = ANY($1)", ids)
    }
    assert set(kept) == set(ids), "every press is on the server"
    for event in village.sent:  # lost answers, all of them at once
        [again] = await receive([read_item(event.item)], by=village.hall.by, sent_at=now())
        first = kept[UUID(event.item["scan_id"])]
        assert again.verdict == ("same_scan" if first == "recorded" else first)
    assert await village.present() == village.truth, "sending it all again brings nothing back"
    for session in village.sessions:
        assert (await unclear(Whose(village.hall.leader.id), Asked(session_id=session), limit=1))[1] == 0
    assert not await differences()


async def honest_log(village: Village) -> set[tuple[int, int]]:
    """The same people at two other such sessions, checked in online one after the other as they come."""
    day = village.at - timedelta(minutes=40, days=1)
    [one] = await village.hall.run(day)
    [other] = await village.hall.run(day + timedelta(minutes=30))
    same = dict(zip(village.sessions, (one, other), strict=True))
    codes = {one.resident_id: one.card_code for one in village.people}
    for session, resident in sorted(village.truth):
        at = (day + timedelta(minutes=40)).isoformat()
        verdict = await village.hall.scan(codes[resident], same[session], scanned_at=at)
        assert verdict.verdict == "recorded"
    back = {twin: session for session, twin in same.items()}
    found = await rows("SELECT session, resident FROM attendance WHERE session = ANY($1::bigint[])", [one, other])
    return {(back[row["session"]], row["resident"]) for row in found}


async def test_a_phone_that_forgets_before_the_verdict_would_be_noticed(database: Any) -> None:
    """The control: the same world with a phone that takes what it sent for received."""
    village = await run(database, [(0, 0, 0, "none"), (1, 1, 1, "none")], [("lose", 0, 0)], forgets=True)
    assert await village.present() != village.truth


async def test_a_phone_that_numbers_anew_would_bring_back_what_was_taken_back(database: Any) -> None:
    """The control of sending again: with a new number for each try nobody could tell it from a new scan."""
    village = await run(database, [(0, 0, 0, "test")], [("send", 0, 0)])
    assert await village.present() == village.truth == set()
    item, there = village.sent[0].item, {(village.sessions[0], village.people[0].resident_id)}
    for sent, expected in ((item, set()), (item | {"scan_id": str(uuid4())}, there)):
        await receive([read_item(sent)], by=village.hall.by, sent_at=now())
        assert await village.present() == expected
