"""The pages of the street office and the district: the desk, accounts, messages, and the people behind figures."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Page

from elderlearn.enrolment.enrol import enrol
from elderlearn.ground.clock import today
from elderlearn.stewardship.take_out import take_out
from tests import people_standing as standing
from tests.browser.duplicate_pages import DuplicatePages, duplicate_stops, make_duplicate_pages
from tests.browser.rule_pages import RulePages, make_rule_pages, rule_stops
from tests.browser.steps import Step, press
from tests.browser.unusual_pages import UnusualPages, make_unusual_pages, unusual_stops
from tests.participation.nearly import come, one
from tests.people_standing import CLI, Places, id_number
from tests.web.leader.evening import Evening

HERS = "/desk/people/{resident_id:int}"
ON_FILE = ("papers", "contact", "contact/number", "health-notice")
ACCOUNT = "/desk/staff/{staff_id:int}"
BEHIND = "/office/people"
HELD = "/office/organisers"
MAKEUP = "/office/participation/makeup"
NEEDED = "/office/participation/needed"
RARE = "𪚥"  # the printer's font does not know it

Line = tuple[str, str, str, Step | None]


@dataclass(frozen=True)
class OfficePages:
    """Ids of what the pages show; `ping` has everything on file and a seat, `gone` has died."""

    places: Places
    ping: int
    seat: int
    gone: int
    rare: int
    wang: int
    organiser: int
    leader: int
    other_leader: int
    run: int
    duplicates: DuplicatePages
    rules: RulePages
    unusual: UnusualPages


async def make_office_pages(evening: Evening, organiser: int) -> OfficePages:
    """After the leader's pages, so that somebody was somewhere this year."""
    places = evening.places
    ping = await standing.resident(
        places.community, name="王小萍", phone="13800001111", document=id_number(serial=4)
    )
    seat = await enrol(evening.run_id, ping.resident_id, "window", by=CLI)
    gone = await standing.resident(places.community, name="钱老太")
    await take_out(gone.resident_id, "died", today(), by=CLI)
    rare = await standing.resident(places.community, name=f"王{RARE}")
    near = await one(places.community, "金近", "13800002222")
    await come(places.community, [near])
    return OfficePages(
        places, ping.resident_id, seat.enrolment_id, gone.resident_id, rare.resident_id,
        evening.wang.resident_id, organiser, evening.leader.id, evening.other_leader.id, evening.run_id,
        await make_duplicate_pages(places), await make_rule_pages(places),
        await make_unusual_pages(places, organiser),
    )  # fmt: skip


def office_stops(pages: OfficePages) -> list[Line]:
    """Route, who looks, address, and what to do there."""
    return [
        *_desk(pages),
        *duplicate_stops(pages.duplicates),
        *rule_stops(pages.rules),
        *unusual_stops(pages.unusual),
        *_papers(pages),
        *_records(pages),
        *_figures(pages),
    ]


def _desk(pages: OfficePages) -> list[Line]:
    ping, gone = f"/desk/people/{pages.ping}", f"/desk/people/{pages.gone}"
    return [
        ("/desk/people", "desk", "/desk/people", search("王")),
        ("/desk/people", "desk", "/desk/people?words=nothing-like-it&gone=1", None),
        ("/desk/people/search", "desk", "/desk/people/search", None),
        ("/desk/people/new", "desk", "/desk/people/new", press("main form .main")),
        ("/desk/people/new", "desk", "/desk/people/new", register_namesake),
        (HERS, "desk", ping, None),
        (HERS, "desk", f"{ping}?new=1", None),
        (HERS, "officer", ping, show_numbers),
        (HERS, "desk", gone, None),
        (f"{HERS}/numbers", "officer", f"{ping}/numbers", None),
        (f"{HERS}/edit", "desk", f"{ping}/edit", press("main form[action$='/edit'] button")),
        (f"{HERS}/home", "desk", f"{ping}/home", None),
        (f"{HERS}/document", "desk", f"/desk/people/{pages.wang}/document", None),
        *((f"{HERS}/{one}", "desk", f"{ping}/{one}", None) for one in ON_FILE),
        (f"{HERS}/on-file", "desk", f"{ping}/on-file", press("form[action$='/contact'] button")),
        (f"{HERS}/card", "desk", f"{ping}/card", press("form[action$='/blank-card'] button")),
        (f"{HERS}/card", "desk", f"/desk/people/{pages.rare}/card", None),
        (f"{HERS}/card/new", "desk", f"{ping}/card/new", None),
        (f"{HERS}/blank-card", "desk", f"{ping}/blank-card", None),
        ("/desk/cards", "desk", "/desk/cards", press("main form[action='/desk/cards'] button")),
        ("/desk/cards/{batch_id:int}/sheet", "desk", "/desk/cards/1/sheet", None),
        (f"{HERS}/enrolments", "desk", f"{ping}/enrolments", None),
        (f"{HERS}/enrolments", "desk", f"{ping}/enrolments?words=nothing-like-it", None),
        (
            f"{HERS}/enrolments/{{run_id:int}}/together", "desk",
            f"{ping}/enrolments/{pages.run}/together", press("main form[action$='/together'] .main"),
        ),
        (
            f"{HERS}/enrolments/{{enrolment_id:int}}/withdrawal", "desk",
            f"{ping}/enrolments/{pages.seat}/withdrawal", None,
        ),
        (f"{HERS}/leaving", "desk", f"{ping}/leaving", press("main form .danger")),
        (f"{HERS}/leaving", "desk", f"{gone}/leaving", press("form[action$='/return'] button")),
        (f"{HERS}/return", "desk", f"{gone}/return", None),
    ]  # fmt: skip


def _papers(pages: OfficePages) -> list[Line]:
    papers, hers = "/desk/papers/{run_id:int}", f"/desk/papers/{pages.run}"
    return [
        ("/desk/papers", "desk", "/desk/papers", None),
        ("/desk/papers", "desk", "/desk/papers?words=nothing-like-it", None),
        (papers, "desk", hers, press("main form[action$='/people'] button")),
        (f"{papers}/people", "officer", f"{hers}/people", type_forms),
        (f"{papers}/enrolments", "desk", f"{hers}/enrolments", enrol_forms),
    ]


def _records(pages: OfficePages) -> list[Line]:
    leader, other = f"/desk/staff/{pages.leader}", f"/desk/staff/{pages.other_leader}"
    return [
        ("/desk/notices", "desk", "/desk/notices", None),
        ("/desk/notices", "desk", "/desk/notices?show=all", None),
        ("/desk/notices/calls", "officer", "/desk/notices/calls", press("main details summary")),
        ("/desk/staff", "officer", "/desk/staff", None),
        ("/desk/staff", "district", "/desk/staff", press("details.download summary")),
        ("/desk/staff/new", "officer", "/desk/staff/new", press("main form .main")),
        (ACCOUNT, "officer", leader, None),
        (ACCOUNT, "officer", other, new_password),
        (f"{ACCOUNT}/phone", "officer", f"{leader}/phone", None),
        (f"{ACCOUNT}/password", "officer", f"{leader}/password", None),
        ("/desk/trail", "district", "/desk/trail", None),
        ("/desk/trail", "district", "/desk/trail?what=issue_card&on=2020-01-01", None),
    ]


def _figures(pages: OfficePages) -> list[Line]:
    street, district = pages.places.street.code, pages.places.district.code
    asked = f"place={district}&period={today().year}&figure=learners"
    return [
        (BEHIND, "district", f"{BEHIND}?{asked}", press("details.download summary")),
        (BEHIND, "officer", f"{BEHIND}?figure=regulars&period=2025", None),
        (f"{BEHIND}/{{resident_id:int}}", "district", f"{BEHIND}/{pages.wang}?{asked}", None),
        (f"{BEHIND}/{{resident_id:int}}", "officer", f"{BEHIND}/{pages.ping}", None),
        (MAKEUP, "district", f"{MAKEUP}?place={district}&period={today().year}", None),
        (NEEDED, "district", NEEDED, None),
        (NEEDED, "officer", NEEDED, press("main details summary")),
        (NEEDED, "officer", f"{NEEDED}?place={pages.places.community.code}", None),
        (f"{NEEDED}/calls", "officer", NEEDED, open_calls),
        (f"{NEEDED}/calls", "officer", f"{NEEDED}/calls", None),
        (f"{NEEDED}/invitations", "officer", f"{NEEDED}/invitations", None),
        (HELD, "district", HELD, None),
        (HELD, "officer", f"{HELD}?place={street}&order=name", None),
        (f"{HELD}/{{organisation_id:int}}", "officer", f"{HELD}/{pages.organiser}", None),
    ]


def search(words: str) -> Step:
    """Somebody, by the one field at the top."""

    async def step(page: Page) -> None:
        await page.locator("#f-words").fill(words)
        await page.locator("form[action='/desk/people/search'] button").click()
        await page.wait_for_load_state()

    return step


async def register_namesake(page: Page) -> None:
    """To the question whether it is one of those on the register."""
    await page.locator("#f-name").fill("王小萍")
    await page.locator("#f-born").fill("19550308")
    await page.locator("#f-home").fill("1-1")
    await page.locator("#f-notice").check()
    await page.locator("main form .main").click()
    await page.locator("#errors").wait_for()


async def type_forms(page: Page) -> None:
    """To the page that shows who is who: one is clear, one a namesake, one nobody, one said twice."""
    await page.locator("#f-lines").fill("王小萍\n王\n没有这个人\n王小萍")
    await page.locator("main form[action$='/people'] button").click()
    await page.locator("form[action$='/enrolments']").wait_for()


async def enrol_forms(page: Page) -> None:
    """And on to what became of them."""
    await type_forms(page)
    await page.locator("form[action$='/enrolments'] button").click()
    await page.locator("main ol.rows").wait_for()


async def show_numbers(page: Page) -> None:
    """The full numbers of one person, with a reason."""
    await page.locator("main details summary").first.click()
    await page.locator("#f-reason").fill("the trip is off")
    await page.locator("form[action$='/numbers'] button").click()
    await page.wait_for_load_state()


async def open_calls(page: Page) -> None:
    """Names and telephones of those who need a few days more, for a purpose."""
    await page.locator("main details summary").first.click()
    await page.locator("#f-purpose").fill("invite them to the lecture")
    await page.locator("form[action*='/calls'] button").click()
    await page.locator("table.calls").wait_for()


async def new_password(page: Page) -> None:
    """Shown once, on the page of the account."""
    await page.locator("form[action$='/password'] button").click()
    await page.locator(".secret").wait_for()
