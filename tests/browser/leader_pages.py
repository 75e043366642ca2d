"""The leader's pages for the round: a society with a member, a visitor and a request, a session called off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from playwright.async_api import Page

from elderlearn.catalogue.ask_to_join import ask_to_join
from elderlearn.catalogue.members import join
from elderlearn.catalogue.schedule import Times
from elderlearn.checkin.change_session import change_session
from elderlearn.checkin.sheet import record_sheet
from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import now
from elderlearn.ground.sql import value
from tests import people_standing as standing
from tests.catalogue.runs_standing import DAY, HOUR, a_course, open_run
from tests.people_standing import CLI
from tests.web.leader.evening import Evening

SESSION = "/lead/sessions/{session_id:int}"
SOCIETY = "/lead/societies/{organisation_id:int}"


@dataclass(frozen=True)
class LeaderPages:
    """Ids of what the pages show; `off` is a session called off, with somebody to be called."""

    society: int
    run: int
    attendance: int
    off: int
    wang: int
    on_now: int
    host: int
    asked: int


async def make_leader_pages(evening: Evening) -> LeaderPages:
    """Wang is a member and was there; Li came besides; one with a landline has a seat in what is called off."""
    places, wang = evening.places, evening.wang.resident_id
    course = await a_course(places.community, title="合唱", kind="society", name="合唱社团")
    first = now() - timedelta(hours=3)
    sessions = tuple(Times(at, at + HOUR) for at in (first, first + 9 * DAY))
    run = await open_run(course, entry="members", seats=None, sessions=sessions, leaders=(evening.leader.id,))
    society: int = await value("SELECT organisation FROM course WHERE id = $1", course)
    await join(society, wang, by=CLI)
    sheet = await record_sheet(run.session_ids[0], [wang, evening.li.resident_id], by=CLI)
    called = await standing.resident(places.community, name="白二", phone="057186221234")
    lessons = await open_run(
        await a_course(places.community, title="剪纸", name="剪纸班"), seats=9, leaders=(evening.leader.id,)
    )
    await enrol(lessons.run_id, called.resident_id, "self", by=CLI)
    off = lessons.session_ids[0]
    await change_session(off, state="called_off", reason="台风", by=evening.leader.by("leader"))
    await ask_to_join(society, evening.li.resident_id, by=CLI)
    asked: int = await value("SELECT id FROM join_request")
    host: int = await value("SELECT organisation FROM course_run WHERE id = $1", evening.run_id)
    came = sheet.recorded[0].attendance_id
    return LeaderPages(society, run.run_id, came, off, wang, evening.on_now, host, asked)


def leader_stops(pages: LeaderPages) -> list[tuple[str, str]]:
    """Route and address."""
    now_at, off = f"/lead/sessions/{pages.on_now}", f"/lead/sessions/{pages.off}"
    what = f"title=Tea&kind=activity&organisation_id={pages.host}"
    return [
        ("/lead/activities/new", "/lead/activities/new"),
        ("/lead/activities/when", f"/lead/activities/when?{what}"),
        ("/lead/runs", "/lead/runs"),
        ("/lead/runs", "/lead/runs?phase=over&q=nothing-like-it"),
        ("/lead/runs/{run_id:int}", f"/lead/runs/{pages.run}"),
        (SOCIETY, f"/lead/societies/{pages.society}"),
        (SOCIETY, f"/lead/societies/{pages.society}?left=yes"),
        (
            f"{SOCIETY}/members/{{resident_id:int}}/leave",
            f"/lead/societies/{pages.society}/members/{pages.wang}/leave",
        ),
        (f"{SESSION}/change", f"{now_at}/change"),
        (f"{SESSION}/change", f"{off}/change"),
        (f"{SESSION}/call-off", f"{now_at}/call-off?reason=weather"),
        (f"{SESSION}/call-off", f"{now_at}/call-off?other={'x' * 100}"),
        (f"{SESSION}/hold", f"{off}/hold?reason=settled"),
        (f"{SESSION}/move", f"{now_at}/move"),
        (f"{SESSION}/move/check", f"{now_at}/move/check?on=2027-02-28&starts=9:00&minutes=60&reason=room"),
        (f"{SOCIETY}/requests/{{request_id:int}}", f"/lead/societies/{pages.society}/requests/{pages.asked}"),
        (f"{SESSION}/told", f"{now_at}/told"),
        (f"{SESSION}/told", f"{off}/told"),
        (f"{SESSION}/told/numbers", f"{off}/told/numbers"),
        (f"{SESSION}/undo", f"{now_at}/undo"),
        ("/lead/attendances/{attendance_id:int}/undo", f"/lead/attendances/{pages.attendance}/undo"),
        (f"{SESSION}/walk-in", f"{now_at}/walk-in"),
        (f"{SESSION}/sheet", f"{now_at}/sheet"),
        (f"{SESSION}/names", f"{now_at}/names"),
        (f"{SESSION}/venue", f"{now_at}/venue"),
        (f"{SESSION}/venue", f"{off}/venue"),
        (f"{SESSION}/arrivals", f"{now_at}/arrivals"),
        (f"{SESSION}/arrivals", f"{off}/arrivals"),
        (f"{SESSION}/poster", f"{now_at}/poster"),
    ]


async def known_name(page: Page) -> None:
    """Somebody of a name on the list is written down: to the question whether it is she."""
    await page.locator("#f-name").fill("王秀英")
    await page.locator("#f-born_year").fill("1955")
    await page.locator("#f-told").check()
    await page.locator("main form button.main").click()
    await page.locator("button[name=same]").first.wait_for()
