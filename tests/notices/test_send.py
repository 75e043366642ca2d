from __future__ import annotations

import asyncio
import logging
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from elderlearn.notices import send
from elderlearn.notices.gateways.pretend import Pretend
from elderlearn.notices.outcomes import Outcome
from elderlearn.notices.send import send_due
from tests.notices.outbox import PHONE, Counting, promise
from tests.notices.processes import start_sender

STATES = "SELECT state, count(*) FROM notice GROUP BY state"


async def states(database: Any) -> dict[str, int]:
    return {row["state"]: row["count"] for row in await database.fetch(STATES)}


async def all_sent(way: Counting) -> None:
    while await send_due(gateway=way):
        pass


async def test_a_notice_reaches_its_address_in_words(database: Any) -> None:
    await promise(kind="waiting", title="书法", position=4)
    way = Counting()
    assert await send_due(gateway=way) == 1
    assert way.texts[0][0] == PHONE and "书法" in way.texts[0][1] and "4" in way.texts[0][1]
    assert await states(database) == {"sent": 1}
    assert await send_due(gateway=way) == 0


async def test_six_senders_at_once_send_each_notice_once(database: Any) -> None:
    await promise(150)
    way = Counting(takes=0.01)
    await asyncio.gather(*(all_sent(way) for _ in range(6)))
    assert set(way.sent.values()) == {1} and len(way.sent) == 150
    assert await states(database) == {"sent": 150}


async def test_without_the_claim_they_send_twice(database: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    real = send.rows

    async def without_claim(statement: str, *values: Any) -> Any:
        return await real(statement.replace("SET state = 'claimed',", "SET").replace("SKIP LOCKED", ""), *values)

    monkeypatch.setattr(send, "rows", without_claim)
    await promise(20)
    way = Counting(takes=0.05)
    await asyncio.gather(*(send_due(gateway=way) for _ in range(3)))
    assert max(way.sent.values()) > 1


async def test_two_processes_send_each_notice_once(database: Any, tmp_path: Path) -> None:
    await promise(200)
    log = tmp_path / "sent"
    workers = [await start_sender(log) for _ in range(2)]
    assert [await worker.wait() for worker in workers] == [0, 0]
    counted = Counter(log.read_text().split())
    assert len(counted) == 200 and set(counted.values()) == {1}
    assert await states(database) == {"sent": 200}


@pytest.mark.kill
async def test_what_a_killed_worker_had_claimed_is_sent_later(database: Any, tmp_path: Path) -> None:
    await promise(5)
    log = tmp_path / "sent"
    worker = await start_sender(log, takes=60)
    for _ in range(1000):
        if log.exists() and len(log.read_text().split()) == 5:
            break
        await asyncio.sleep(0.02)
    worker.kill()
    await worker.wait()
    assert await states(database) == {"claimed": 5}
    assert await send_due(gateway=Pretend()) == 0, "another worker may still be alive: its claim lasts a minute"
    await database.execute("UPDATE notice SET claimed_at = claimed_at - interval '61 seconds'")
    assert await send_due(gateway=Pretend()) == 5
    assert await states(database) == {"sent": 5}


async def test_a_dead_claim_of_a_gateway_that_would_deliver_twice_waits_for_a_human(database: Any) -> None:
    await promise()
    await send.claim(1, Counting.name, send.now())
    await database.execute("UPDATE notice SET claimed_at = claimed_at - interval '61 seconds'")
    assert await send_due(gateway=Counting()) == 0
    assert await states(database) == {"unknown": 1}


async def test_a_worker_that_comes_back_late_does_not_overwrite(database: Any) -> None:
    await promise()

    class Slow(Counting):
        async def send(self, **message: Any) -> Outcome:
            await database.execute("UPDATE notice SET claimed_at = claimed_at - interval '61 seconds'")
            await database.execute("UPDATE notice SET state = 'due', gateway = 'pretend'")
            assert await send_due(gateway=Pretend()) == 1
            return Outcome.REFUSED

    await send_due(gateway=Slow())
    assert await states(database) == {"sent": 1}


@pytest.mark.parametrize(
    ("says", "state"),
    [(Outcome.NO_ANSWER, "unknown"), (Outcome.NOT_SENT, "due"), (Outcome.REFUSED, "failed")],
)
async def test_what_a_gateway_says_decides(database: Any, says: Outcome, state: str) -> None:
    await promise()
    way = Counting(says)
    await send_due(gateway=way)
    assert await states(database) == {state: 1}
    assert await send_due(gateway=way) == 0, "not before the pause is over"


async def test_a_gateway_that_breaks_stops_nobody_else(database: Any, caplog: pytest.LogCaptureFixture) -> None:
    await promise(3, kind="sign_in_code", code="804615")

    class Broken(Counting):
        async def send(self, *, notice_id: int, address: str, text: str) -> Outcome:
            if not self.sent:
                self.sent[notice_id] += 1
                raise RuntimeError(text)
            return Outcome.SENT

    with caplog.at_level(logging.DEBUG):
        await send_due(gateway=Broken())
    assert await states(database) == {"unknown": 1, "sent": 2}
    assert "RuntimeError" in caplog.text and "804615" not in caplog.text and PHONE not in caplog.text


async def test_a_code_that_has_ended_is_not_sent(database: Any) -> None:
    await promise(kind="sign_in_code", code="804615")
    await database.execute("UPDATE notice SET created_at = created_at - interval '11 minutes'")
    way = Counting()
    await send_due(gateway=way)
    assert not way.sent and await states(database) == {"failed": 1}


async def test_a_sent_code_is_forgotten(database: Any) -> None:
    await promise(kind="sign_in_code", code="804615")
    await send_due(gateway=Counting())
    assert "804615" not in await database.value("SELECT notice::text FROM notice")


async def test_an_address_nobody_can_read_fails_alone(database: Any) -> None:
    await promise(2)
    await database.execute("UPDATE notice SET address_cipher = '\\x0101ff' WHERE resident = 0")
    await send_due(gateway=Counting())
    assert await states(database) == {"sent": 1, "failed": 1}
