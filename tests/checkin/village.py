"""A village for `test_offline_log`: phones without a network, slips, people who decide, and what is true.

Truth is where people were. Phones scan without a network, some of it wrong: somebody else's card, an old one, a
wrong session, a clock a day off, much too late. What is sent may be lost, its answer may be lost, the same may be
sent again; meanwhile people decide about unclear scans, rightly or wrongly, take that back, and void. In the end
the phones have sent everything and whoever knows the truth has gone over the lists: over what reached the server,
never over the truth, so that nothing lost is made good by hand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from elderlearn.checkin.items import RawScan, read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.resolutions import resolution_of
from elderlearn.checkin.resolve_count import count_it
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.checkin.resolve_person import it_was_person
from elderlearn.checkin.resolve_session import it_was_session
from elderlearn.checkin.resolve_undo import undo_resolution
from elderlearn.checkin.sheet import record_sheet
from elderlearn.checkin.void import void
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.sql import rows, value
from elderlearn.people.cards import issue_card
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.checkin.hall import TEN, Hall, a_hall

PHONES, PEOPLE = 2, 3
WRONG_CLOCK = timedelta(hours=30)
SLIPS = ("none", "none", "none", "other_card", "old_card", "wrong_session", "clock", "late", "test")


@dataclass
class Event:
    """One press of a phone, and what is true: who was where, or nobody anywhere."""

    item: dict[str, Any]
    phone: int
    is_clock_wrong: bool
    truth: tuple[int, int] | None


@dataclass
class Village:
    """A hall with two sessions at a time, people with an old card each, phones with their queues."""

    hall: Hall
    people: list[Registered]
    old_codes: list[str]
    sessions: tuple[int, int]
    at: datetime
    queues: list[list[Event]] = field(default_factory=lambda: [[] for _ in range(PHONES)])
    sent: list[Event] = field(default_factory=list)
    truth: set[tuple[int, int]] = field(default_factory=set)
    events: dict[UUID, Event] = field(default_factory=dict)

    def press(self, person: int, session: int, phone: int, slip: str) -> None:
        who, where = self.people[person], self.sessions[session]
        truth = (where, who.resident_id)
        # Somebody is at one place at a time: whoever was seen at the other one first is not here.
        if any(one[1] == truth[1] and one[0] != truth[0] for one in self.truth):
            truth = None
        if slip == "test":
            truth = None
        code = {
            "other_card": self.people[(person + 1) % PEOPLE].card_code, "old_card": self.old_codes[person],
        }.get(slip, who.card_code)  # fmt: skip
        shown = self.sessions[1 - session] if slip == "wrong_session" else where
        at = self.at + timedelta(minutes=len(self.events), hours=6 if slip == "late" else 0)
        is_wrong = slip == "clock"
        item = {
            "scan_id": str(uuid4()), "session_id": shown, "code": code,
            "scanned_at": (at - WRONG_CLOCK if is_wrong else at).isoformat(),
        }  # fmt: skip
        event = Event(item, phone, is_wrong, truth)
        self.events[UUID(item["scan_id"])] = event
        self.queues[phone].append(event)
        if truth:
            self.truth.add(truth)

    async def send(self, phone: int, many: int, *, answer_comes: bool = True, forgets: bool = False) -> None:
        """What waits, or the first of it; only a final verdict takes an item off the phone."""
        queue = self.queues[phone]
        for is_wrong in (False, True):
            batch = [one for one in queue if one.is_clock_wrong is is_wrong][: many or None]
            if not batch:
                continue
            verdicts = await receive(
                [_read(one) for one in batch], by=self.hall.by,
                sent_at=now() - (WRONG_CLOCK if is_wrong else timedelta()),
            )  # fmt: skip
            assert all(one.verdict != "retry" for one in verdicts)
            self.sent += batch
            if answer_comes or forgets:
                self.queues[phone] = queue = [one for one in queue if one not in batch]

    async def present(self) -> set[tuple[int, int]]:
        found = await rows(
            "SELECT session, resident FROM attendance WHERE voided_at IS NULL AND session = ANY($1::bigint[])",
            list(self.sessions),
        )
        return {(one["session"], one["resident"]) for one in found}


def _read(event: Event) -> RawScan:
    return read_item(event.item)


_villages: dict[str, tuple[Hall, list[Registered], list[str]]] = {}
_weeks = iter(range(10_000))


async def a_village(database: Any) -> Village:
    """New sessions on new days each time; the people stay."""
    if database.name not in _villages:
        hall = await a_hall(count=1)
        people = [await standing.resident(hall.places.community, name=f"样{no}") for no in ("甲", "乙", "丙")]
        old = [one.card_code for one in people]
        for one in people:
            await issue_card(one.resident_id, by=hall.by)
        codes = [await _code(one.resident_id) for one in people]
        fresh = [Registered(one.resident_id, code, True, []) for one, code in zip(people, codes, strict=True)]
        _villages[database.name] = (hall, fresh, old)
    hall, people, old = _villages[database.name]
    day = TEN - timedelta(days=2 * next(_weeks))
    [one] = await hall.run(day)
    [other] = await hall.run(day + timedelta(minutes=30))
    return Village(hall, people, old, (one, other), day + timedelta(minutes=40))


async def _code(resident_id: int) -> str:
    from elderlearn.people.cards import current_code

    found = await current_code(resident_id)
    assert found is not None
    return found.code


async def step(village: Village, what: str, one: int, two: int, *, forgets: bool) -> None:
    """Anything may happen at any time; what is refused changes nothing."""
    by = village.hall.by
    if what == "send":
        await village.send(one % PHONES, two % 4)
    elif what == "lose_answer":
        await village.send(one % PHONES, two % 4, answer_comes=False, forgets=forgets)
    elif what == "lose" and forgets:
        village.queues[one % PHONES] = []
    elif what in ("decide", "undo"):
        scans = sorted(village.events)
        scan = scans[one % len(scans)]
        wild = [
            lambda: count_it(scan, by=by), lambda: drop_it(scan, reason="x", by=by),
            lambda: it_was_session(scan, village.sessions[two % 2], by=by),
            lambda: it_was_person(scan, village.people[two % PEOPLE].resident_id, by=by),
        ]  # fmt: skip
        try:
            await (wild[two % 4]() if what == "decide" else undo_resolution(scan, reason="x", by=by))
        except (Missing, Refusal):
            return
    elif what == "void":
        untrue = sorted(await village.present() - village.truth)
        if untrue:
            await _void(untrue[one % len(untrue)], by)


async def tidy(village: Village) -> None:
    """Whoever knows the truth goes over what came in."""
    by = village.hall.by
    found = await rows("SELECT id, verdict FROM scan WHERE id = ANY($1::uuid[]) ORDER BY id", list(village.events))
    for scan, verdict in ((one["id"], one["verdict"]) for one in found):
        truth = village.events[scan].truth
        decision = await resolution_of(scan)
        if decision is not None:
            is_true = (decision.session_id, decision.resident_id) == (truth or (None, None))
            if is_true or (truth is None and decision.what == "dropped"):
                continue
            await undo_resolution(scan, reason="wrong", by=by)
        for untrue in sorted(await village.present() - village.truth):
            await _void(untrue, by)
        if verdict == "flagged":
            await _decide(scan, truth, by)
        elif truth is not None and truth not in await village.present():
            sheet = await record_sheet(truth[0], [truth[1]], by=by, source="tick")
            assert not sheet.refused, sheet
    for untrue in sorted(await village.present() - village.truth):
        await _void(untrue, by)


async def _decide(scan: UUID, truth: tuple[int, int] | None, by: Any) -> None:
    said = await rows("SELECT session, resident FROM scan WHERE id = $1", scan)
    session, resident = said[0]["session"], said[0]["resident"]
    if truth is None:
        await drop_it(scan, reason="nobody", by=by)
    elif truth == (session, resident):
        await count_it(scan, by=by)
    elif truth[1] == resident:
        await it_was_session(scan, truth[0], by=by)
    else:
        await it_was_person(scan, truth[1], by=by, session_id=truth[0])


async def _void(pair: tuple[int, int], by: Any) -> None:
    id = await value("SELECT id FROM attendance WHERE session = $1 AND resident = $2", *pair)
    await void(id, reason="not here", by=by)


async def run(database: Any, scans: list[tuple[int, int, int, str]], steps: list[tuple[str, int, int]],
              *, forgets: bool = False) -> Village:  # fmt: skip
    """Scans and steps mixed, then everything is sent, gone over, and sent once more."""
    village = await a_village(database)
    village.press(*scans[0])
    waiting = list(scans[1:])
    for what, one, two in steps:
        await step(village, what, one, two, forgets=forgets)
        if waiting:
            village.press(*waiting.pop(0))
    for press in waiting:
        village.press(*press)
    for phone in range(PHONES):
        await village.send(phone, 0)
    await tidy(village)
    return village
