"""What the leader's phone takes along, as it is sent: hers only, small, and without what is nobody's business."""

from __future__ import annotations

import gzip
import json
from datetime import timedelta

from elderlearn.catalogue.schedule import Times
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import now
from elderlearn.people.codes import card_key
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, open_run
from tests.people_standing import CLI
from tests.web.conftest import Visit
from tests.web.leader.evening import Evening

MANY = 60
SMALL = 30_000  # bytes, gzipped: three sessions of sixty people on a village's network
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"
GIVEN = "秀英建国玉兰桂珍志强"


async def test_the_sessions_of_these_days_and_whoever_is_expected_there(visit: Visit, evening: Evening) -> None:
    sent = (await (await visit(staff=evening.leader)).get("/lead/pack")).json()
    assert sent["who"] == f"staff:{evening.leader.id}"
    [session] = sent["sessions"]
    assert (session["id"], session["title"], session["has_seats"]) == (str(evening.on_now), "Tai chi", True)
    number = await evening.number(evening.wang)
    assert session["people"] == [[card_key(evening.wang.card_code), "王**", "wang xy", number[-4:], 1, 0]]


async def test_another_leader_and_nobody_get_nothing_of_it(visit: Visit, evening: Evening) -> None:
    other = await visit(staff=evening.other_leader)
    assert (await other.get("/lead/pack")).json()["sessions"] == []
    assert (await (await visit()).get("/lead/pack", htmx=True)).status_code == 401


async def test_three_sessions_of_sixty_people_are_small(visit: Visit, evening: Evening) -> None:
    course = await a_course(evening.places.community, title="合唱")
    first = now() - timedelta(hours=3)
    sessions = tuple(Times(at, at + HOUR) for at in (first, first + 2 * HOUR, first + 4 * HOUR))
    run = await open_run(
        course, sessions=sessions, seats=MANY, opens_at=now() - 9 * DAY, leaders=(evening.leader.id,)
    )
    for at in range(MANY):
        name = SURNAMES[at % 20] + GIVEN[at % 9] + GIVEN[(at * 7) % 10]
        person = await standing.resident(evening.places.community, name=name, phone="13800138000")
        await enrol(run.run_id, person.resident_id, "self", by=CLI)
    text = (await (await visit(staff=evening.leader)).get("/lead/pack")).text
    sent = [one for one in json.loads(text)["sessions"] if one["title"] == "合唱"]
    assert [len(one["people"]) for one in sent] == [MANY] * 3
    assert len(gzip.compress(text.encode(), 5)) < SMALL
    assert "13800138000" not in text and "秀" not in text
