"""A round through every page of the product, each as somebody it is for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from litestar import Litestar
from litestar.routes import HTTPRoute
from playwright.async_api import ConsoleMessage, Page

from elderlearn.enrolment.enrol import enrol
from elderlearn.enrolment.set_line import set_line
from elderlearn.enrolment.withdraw import withdraw
from elderlearn.ground.clock import now
from elderlearn.participation.targets import set_target
from elderlearn.places.population import put_population
from tests import people_standing as standing
from tests.browser.conflict_pages import ConflictPages, conflict_stops, make_conflict_pages
from tests.browser.conftest import OpenPage
from tests.browser.elders_pages import EldersPages, elders_stops, make_elders_pages
from tests.browser.family_pages import FamilyPages, family_stops, make_family_pages
from tests.browser.helping_pages import HelpingPages, hand_pass, helping_stops, make_helping_pages
from tests.browser.import_pages import ImportPages, import_stops, make_import_pages
from tests.browser.leader_pages import LeaderPages, known_name, leader_stops, make_leader_pages
from tests.browser.office_pages import OfficePages, make_office_pages, office_stops
from tests.browser.steps import Step, press
from tests.browser.venue_pages import say_here_by_poster, venue_stops
from tests.catalogue.runs_standing import a_course, open_run, weeks
from tests.people_standing import CLI, StandingStaff
from tests.web.leader.evening import Evening, make_evening
from tests.web.planning.stops import planning_stops
from tests.web.planning.world import World as Planning
from tests.web.planning.world import make_world as make_planning

# What browsers show as a page comes from these doors; the rest is files, probes, JSON.
PACKS = ("/lead/pack", "/helper/pack")
NO_PAGES = (*PACKS, "/sw.js", "/static/", "/manifest", "/healthz", "/readyz", "/metrics", "/api/")
PHONE = "13800138000"


@dataclass(frozen=True)
class Stop:
    """A page: its route, who looks, its address, what to do there to come to its next state, how it answers."""

    route: str
    who: str
    address: str
    step: Step | None = None
    status: int = 200


@dataclass
class World:
    """A class that is on now and one that is full, two people with one telephone, staff of every role."""

    evening: Evening
    full_run: int
    opening_run: int
    enrolment: int
    offered: int
    leading: LeaderPages
    office: OfficePages
    planning: Planning
    imports: ImportPages
    elders: EldersPages
    family: FamilyPages
    conflicts: ConflictPages
    helping: HelpingPages
    staff: dict[str, StandingStaff]

    async def enter(self, open_page: OpenPage, who: str, **options: object) -> Page:
        """A page in the hands of `who`."""
        if who == "nobody":
            return await open_page(**options)
        if who in self.helping.keys:
            page = await open_page(**options)
            await hand_pass(page, self.helping.keys[who])
            return page
        if who == "resident":
            return await open_page(resident=self.evening.wang.resident_id, **options)
        return await open_page(staff=self.staff[who], **options)


async def make_world() -> World:
    """Wang has a seat in the class and waits for the full one."""
    evening = await make_evening()
    places = evening.places
    for _ in range(2):
        await standing.resident(places.community, name="陈阿姨", phone=PHONE)
    run_course = await a_course(places.next_community, title="书法", name="书法社")
    run = await open_run(run_course, seats=1)
    await enrol(run.run_id, evening.li.resident_id, "self", by=CLI)
    enrolled = await enrol(run.run_id, evening.wang.resident_id, "self", by=CLI)
    opening = await open_run(run_course, opens_at=now() + timedelta(hours=2))
    last_year = [(one.code, 60) for pair in places.communities for one in pair]
    await put_population(year=2024, basis="resident", source="样例", lines=last_year, by=CLI)
    await set_target(places.district.id, 350, starts_on=date(2021, 1, 1), by=CLI)
    staff = {
        "leader": evening.leader,
        "officer": await standing.officer(places.street),
        "district": await standing.district_officer(places),
        "desk": await standing.desk(places.street),
    }
    leading = await make_leader_pages(evening)
    await say_here_by_poster(evening.on_now, evening.li)
    return World(
        evening=evening,
        full_run=run.run_id,
        opening_run=opening.run_id,
        enrolment=enrolled.enrolment_id,
        offered=await _offered(run_course, evening),
        leading=leading,
        office=await make_office_pages(evening, leading.host),
        planning=await make_planning(places),
        imports=await make_import_pages(staff["district"]),
        elders=await make_elders_pages(places),
        family=await make_family_pages(places, evening.wang, run.run_id),
        conflicts=await make_conflict_pages(evening),
        helping=await make_helping_pages(evening),
        staff=staff,
    )


async def _offered(course_id: int, evening: Evening) -> int:
    """Wang is offered the seat Li gave back."""
    run = await open_run(course_id, seats=1, sessions=weeks(1, start=now() + timedelta(days=40)))
    await set_line(run.run_id, "offer", by=CLI)
    first = await enrol(run.run_id, evening.li.resident_id, "self", by=CLI)
    enrolled = await enrol(run.run_id, evening.wang.resident_id, "self", by=CLI)
    await withdraw(first.enrolment_id, by=CLI)
    return enrolled.enrolment_id


def stops(world: World) -> list[Stop]:
    """In the order of the doors. A new page belongs here, or `routes_without_stop` names it."""
    evening, course = world.evening, "/courses/{run_id:int}"
    session, report = "/lead/sessions/{session_id:int}", "/office/participation"
    street, code = evening.places.street.code, evening.wang.card_code
    return [
        Stop("/", "nobody", "/"),
        Stop("/courses", "nobody", "/courses"),
        Stop("/courses", "resident", "/courses?words=nothing-like-it"),
        Stop(course, "nobody", f"/courses/{evening.run_id}"),
        Stop(course, "resident", f"/courses/{evening.run_id}"),
        Stop(course, "resident", f"/courses/{world.full_run}"),
        Stop(course, "resident", f"/courses/{world.opening_run}"),
        Stop(f"{course}/seats", "nobody", f"/courses/{world.opening_run}/seats"),
        Stop("/courses/{run_id:int}/enrolments", "resident", f"/courses/{evening.run_id}/enrolments"),
        Stop("/sign-in", "nobody", "/sign-in", press("form[action='/sign-in'] .main")),
        Stop("/sign-in", "nobody", "/sign-in?audience=leader", type_phone),
        Stop("/sign-in/code", "nobody", "/sign-in/code"),
        Stop("/sign-in/person", "nobody", "/sign-in/person"),
        Stop("/sign-in/card", "nobody", "/sign-in/card", press("form[action='/sign-in/card'] .main")),
        Stop("/sign-in/staff", "nobody", "/sign-in/staff", press("form[action='/sign-in/staff'] .main")),
        Stop("/sign-up", "nobody", "/sign-up", press("form[action='/sign-up'] .main")),
        Stop("/sign-up", "nobody", "/sign-up", search_home),
        Stop("/sign-up", "nobody", "/sign-up", sign_up_to_code),
        Stop("/sign-up/home", "nobody", "/sign-up/home"),
        Stop("/sign-up/homes", "nobody", "/sign-up/homes"),
        Stop("/sign-up/code", "nobody", "/sign-up/code"),
        Stop("/sign-up/desk", "nobody", "/sign-up/desk"),
        Stop("/data-use", "nobody", "/data-use"),
        Stop("/organisations", "nobody", "/organisations"),
        Stop("/organisations", "resident", "/organisations?words=nothing-like-it"),
        Stop("/organisations/{organisation_id:int}", "nobody", "/organisations/1"),
        Stop(course, "nobody", "/courses/999999", status=404),
        Stop("/C/{code:str}", "nobody", f"/C/{code}"),
        Stop("/c/{code:str}", "leader", f"/c/{code}"),
        *(Stop(*one) for one in venue_stops(evening)),
        Stop("/pretend", "nobody", "/pretend"),
        Stop("/my/home", "resident", "/my/home"),
        Stop("/my", "resident", "/my"),
        Stop("/my/code", "resident", "/my/code"),
        Stop("/my/details", "resident", "/my/details"),
        Stop("/my/details/phone", "resident", "/my/details/phone", press("main form .main")),
        Stop("/my/details/phone", "resident", "/my/details/phone", type_new_phone),
        Stop("/my/details/phone/code", "resident", "/my/details/phone/code"),
        Stop("/my/details/home", "resident", "/my/details/home", press("form[action='/my/details/home'] .main")),
        Stop("/my/before-class", "resident", "/my/before-class", press("main form .main")),
        Stop("/my/consents", "resident", "/my/consents"),
        Stop("/my/enrolments/{enrolment_id:int}/offer", "resident", f"/my/enrolments/{world.offered}/offer"),
        Stop(
            "/my/enrolments/{enrolment_id:int}/withdrawal", "resident",
            f"/my/enrolments/{world.enrolment}/withdrawal",
        ),
        Stop(
            "/my/societies/{organisation_id:int}/leaving", "resident",
            f"/my/societies/{world.leading.society}/leaving",
        ),
        Stop("/organisations/{organisation_id:int}", "resident", f"/organisations/{world.leading.society}"),
        Stop("/organisations/{organisation_id:int}", "nobody", f"/organisations/{world.leading.society}"),
        Stop("/lead", "leader", "/lead"),
        Stop(f"{session}/walk-in", "leader", f"/lead/sessions/{evening.on_now}/walk-in", known_name),
        Stop(session, "leader", f"/lead/sessions/{evening.on_now}"),
        Stop(f"{session}/scan", "leader", f"/lead/sessions/{evening.on_now}/scan", scan_by_hand),
        Stop("/lead/scan", "leader", "/lead/scan"),
        Stop(session, "leader", f"/lead/sessions/{evening.gone}"),
        Stop(session, "leader", f"/lead/sessions/{evening.coming}"),
        Stop("/lead/activities/when", "leader", "/lead/activities/when?title=&kind=x", status=422),
        *(Stop(route, "leader", address, empty(route)) for route, address in leader_stops(world.leading)),
        *(Stop(*one, empty(one[0])) for one in planning_stops(world.planning)),
        *(Stop(*one) for one in office_stops(world.office)),
        *(Stop(*one) for one in import_stops(world.imports)),
        *(Stop(*one) for one in elders_stops(world.elders)),
        *(Stop(*one) for one in conflict_stops(world.conflicts)),
        *(Stop(*one) for one in family_stops(world.family)),
        *(Stop(*one) for one in helping_stops(world.helping)),
        Stop("/office", "desk", "/office"),
        Stop("/office", "officer", "/office"),
        Stop(report, "district", f"{report}?period=2025"),
        Stop(report, "officer", f"{report}?place={street}&period=2025&order=place"),
        Stop(report, "district", f"{report}?place={evening.places.community.code}"),
        Stop("404", "nobody", "/no/such/page", status=404),
    ]  # fmt: skip


def routes_without_stop(app: Litestar, world: World) -> set[str]:
    """Pages nobody looks at here."""
    known = {one.route for one in stops(world)}
    pages = {one.path for one in app.routes if isinstance(one, HTTPRoute) and "GET" in one.methods}
    return {path for path in pages if not path.startswith(NO_PAGES)} - known


def empty(route: str) -> Step | None:
    """Where something new is written down, the form is sent as it is."""
    return (
        press("main form:not([role=search]) button:not(.quiet)") if route.endswith(("/new", "/walk-in")) else None
    )


async def scan_by_hand(page: Page) -> None:
    """A number that is none, to the big verdict; then the list of names."""
    modes = page.locator("[data-part=modes]")
    if await modes.is_visible():
        await modes.locator("[data-to=typed]").click()
    await page.locator("#f-code").fill("123")
    await page.locator("[data-part=typed] button").click()
    await page.wait_for_load_state()
    if await modes.is_visible():
        await page.locator("[data-part=last]").wait_for()
        await modes.locator("[data-to=names]").click()


async def type_phone(page: Page) -> None:
    """To the page that asks for the six digits."""
    await page.locator("#f-phone").fill(PHONE)
    await page.locator("form[action='/sign-in'] .main").click()
    await page.locator("#f-code").wait_for()


def complaints(page: Page) -> list[str]:
    """Fills up with what the browser complains of: errors, refusals by the security policy. A 4xx is none."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "responded with a status of 4" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


async def type_new_phone(page: Page) -> None:
    """To the six digits of a new number."""
    await page.locator("#f-phone").fill("13700137000")
    await page.locator("form[action='/my/details/phone'] .main").click()
    await page.locator("#f-code").wait_for()


async def search_home(page: Page) -> None:
    """To the second screen of signing up, with everything that can be wrong there, and two communities found."""
    await page.locator("#f-name").fill("\u8d75\u7f8e\u5170")
    await page.locator("#f-born_on").fill("19520214")
    await page.locator("#f-phone").fill("13900139000")
    await page.locator("form[action='/sign-up'] .main").click()
    await page.locator("#f-words").fill("1-")
    await page.locator("#f-document").fill("123")
    await page.locator("form[action='/sign-up/home'] .main").click()
    await page.locator("#errors").wait_for()


async def sign_up_to_code(page: Page) -> None:
    """To the third: the six digits."""
    await search_home(page)
    await page.locator("#f-document").fill("")
    await page.locator("#f-notice").check()
    await page.locator("[name=home]").first.check()
    await page.locator("form[action='/sign-up/home'] .main").click()
    await page.locator("#f-code").wait_for()
