"""The pages of unclear scans for the round: one at two places at once, one nobody could read, one decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.items import read_item
from elderlearn.checkin.receive import receive
from elderlearn.checkin.resolve_drop import drop_it
from elderlearn.checkin.sheet import record_sheet
from elderlearn.ground.clock import now
from tests.browser.steps import Step, press
from tests.catalogue.runs_standing import HOUR, a_course, open_run
from tests.people_standing import CLI
from tests.web.leader.evening import APART, Evening

ONE = "{scan_id:uuid}"


@dataclass(frozen=True)
class ConflictPages:
    """Ids of scans; Wang is expected at the session of the first two."""

    twice: str
    unread: str
    decided: str
    wang: int


async def make_conflict_pages(evening: Evening) -> ConflictPages:
    """Three days ago, while Wang was at a lecture in the same house."""
    began = now() - APART
    course = await a_course(evening.places.community, title="防诈骗讲座", kind="community_school", name="讲座")
    lecture = await open_run(
        course, kind="lecture", entry="drop_in", seats=None, sessions=(Times(began, began + HOUR),),
        leaders=(evening.leader.id,),
    )  # fmt: skip
    await record_sheet(lecture.session_ids[0], [evening.wang.resident_id], by=CLI)
    ids = [str(uuid4()) for _ in range(3)]
    code, late = evening.wang.card_code, began + timedelta(hours=5)
    sent = {"session_id": evening.gone, "scanned_at": began + timedelta(minutes=10)}
    verdicts = await receive(
        [
            read_item(sent | {"scan_id": ids[0], "code": code}),
            read_item(sent | {"scan_id": ids[1], "code": "https://example.com/", "name": "李阿姨"}),
            read_item(sent | {"scan_id": ids[2], "code": code, "scanned_at": late}),
        ],
        by=evening.leader.by("leader"),
    )
    assert [one.reason for one in verdicts] == ["elsewhere", "unreadable", "outside_window"]
    await drop_it(UUID(ids[2]), reason="只是试扫", by=evening.leader.by("leader"))
    return ConflictPages(*ids, evening.wang.resident_id)


def conflict_stops(pages: ConflictPages) -> list[tuple[str, str, str, Step | None]]:
    """The same behind both doors: route, who looks, address, what to do there."""
    doors = (("/lead/conflicts", "leader"), ("/office/conflicts", "officer"))
    return [
        (f"{path}{route}", who, f"{path}{address}", step)
        for path, who in doors
        for route, address, step in _stops(pages)
    ]


def _stops(pages: ConflictPages) -> list[tuple[str, str, Step | None]]:
    one, who = f"/{ONE}", f"/{pages.twice}/person"
    return [
        ("", "", None),
        ("", "?show=unread", None),
        ("", "?show=done&age=1", None),
        ("", "?reason=clock_off", None),
        (one, f"/{pages.twice}", press("main details summary")),
        (one, f"/{pages.unread}", None),
        (one, f"/{pages.decided}", None),
        (f"{one}/person", f"{who}?q=wxy", None),
        (f"{one}/person", f"{who}?who={pages.wang}", press("form[action$='/number'] button")),
    ]
