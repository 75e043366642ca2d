"""A batch judged in memory: what one scan does, the next one sees."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from elderlearn.checkin.batch import Batch, ReadCode, Room, Sent, judge_batch
from elderlearn.checkin.items import RawScan
from elderlearn.checkin.rules import Meeting

TEN = datetime(2025, 3, 4, 10, tzinfo=UTC)
NOON = TEN + timedelta(hours=2)
# 1 and 2 at the same time, 3 afterwards.
MEETINGS = {
    1: Meeting(TEN, NOON, False, False, True),
    2: Meeting(TEN, NOON, False, False, True),
    3: Meeting(NOON, NOON + timedelta(hours=2), False, False, True),
}


def a_scan(person: int, meeting: int, minute: int, seq: int | None = None, id: UUID | None = None) -> RawScan:
    code = str(person)
    id = id or uuid4()
    return RawScan(str(id), id, meeting, code, TEN + timedelta(minutes=minute), seq)


def verdicts(*scans: RawScan) -> list[tuple[str, str | None]]:
    codes = [ReadCode(int(one.code), False, None, one.code.encode()) for one in scans]
    room = Room(MEETINGS, {person: 100 + person for person in range(9)}, {}, {}, set())
    judged = judge_batch(Batch(scans, codes, [Sent(NOON)] * len(scans)), room)
    return [(one.verdict.verdict, one.verdict.reason) for one in judged]


def test_with_equal_times_the_counter_of_the_phone_decides() -> None:
    assert verdicts(a_scan(1, 2, 5, seq=8), a_scan(1, 1, 5, seq=7)) == [
        ("flagged", "elsewhere"),
        ("recorded", None),
    ]


def test_with_nothing_else_the_order_sent_decides() -> None:
    assert verdicts(a_scan(1, 1, 5), a_scan(1, 1, 5)) == [("recorded", None), ("already_present", None)]


def test_a_flagged_scan_leaves_the_place_free() -> None:
    assert verdicts(a_scan(1, 1, -90), a_scan(1, 1, 5)) == [("flagged", "outside_window"), ("recorded", None)]


def test_the_same_scan_twice_is_judged_where_it_first_stands() -> None:
    flagged = a_scan(1, 1, -90)
    assert verdicts(flagged, flagged) == [("flagged", "outside_window")] * 2


SCANS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 3), st.integers(0, 240), st.integers(0, 5)), max_size=30
)


@given(SCANS)
def test_nobody_is_recorded_twice_or_in_two_places_in_any_batch(sent: list[tuple[int, int, int, int]]) -> None:
    ids = [UUID(int=number) for number in range(6)]
    scans = [a_scan(who, where, minute, id=ids[id] if id else None) for who, where, minute, id in sent]
    found = verdicts(*scans)
    assert len(found) == len(scans)
    recorded = [
        (scan.code, scan.session_id)
        for scan, (verdict, _) in zip(scans, found, strict=True)
        if verdict == "recorded"
    ]
    assert len(recorded) == len(set(recorded))
    assert all(not {(code, 1), (code, 2)} <= set(recorded) for code, _ in recorded)
    ids_recorded = [s.scan_id for s, (verdict, _) in zip(scans, found, strict=True) if verdict == "recorded"]
    assert len(ids_recorded) == len(set(ids_recorded))


@given(SCANS, st.randoms())
def test_who_is_recorded_does_not_hang_on_the_order_sent(
    sent: list[tuple[int, int, int, int]], random: object
) -> None:
    scans = [a_scan(who, where, minute, seq) for seq, (who, where, minute, _) in enumerate(sent)]
    shuffled = list(scans)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    by_id = dict(zip((one.scan_id for one in scans), verdicts(*scans), strict=True))
    assert dict(zip((one.scan_id for one in shuffled), verdicts(*shuffled), strict=True)) == by_id
