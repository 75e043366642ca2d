"""Wang helps her mother, and has a daughter who helps her: what there is to see of it."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Page

from elderlearn.enrolment.enrol_for import enrol_both_for, enrol_for
from elderlearn.ground.actor import Actor
from elderlearn.people.care.confirm_care import confirm_at_desk
from elderlearn.people.consents import give
from elderlearn.people.register import Registered
from tests import people_standing as standing
from tests.browser.steps import Step, press
from tests.catalogue.runs_standing import a_course, open_run
from tests.people_standing import CLI, Places


@dataclass(frozen=True)
class FamilyPages:
    """`link` ties Wang to her mother, who has `enrolment`; in `run` nobody has asked yet; for `full` Wang and her
    mother wait as two."""

    wang: int
    link: int
    enrolment: int
    run: int
    full: int


async def make_family_pages(places: Places, wang: Registered, run: int) -> FamilyPages:
    """The mother waits in `run`, by the hand of Wang, who has agreed to older words about her data."""
    await give(wang.resident_id, "notice", "2026-10", "phone", by=CLI)
    mother = await standing.resident(places.community, name="周桂英")
    daughter = await standing.resident(places.other_community, name="欧阳美丽娜", phone="13700137555")
    link = await confirm_at_desk(mother.resident_id, wang.resident_id, by=CLI)
    await confirm_at_desk(wang.resident_id, daughter.resident_id, by=CLI)
    by_wang = Actor("resident", wang.resident_id, "resident")
    enrolled = await enrol_for(run, mother.resident_id, by=by_wang)
    free = await open_run(await a_course(places.next_community, title="合唱", name="合唱社"), seats=5)
    full = await open_run(await a_course(places.community, title="古筝", name="古筝社"), seats=1)
    await enrol_both_for(full.run_id, mother.resident_id, wang.resident_id, by=by_wang)
    return FamilyPages(wang.resident_id, link, enrolled.enrolment_id, free.run_id, full.run_id)


def family_stops(pages: FamilyPages) -> list[tuple[str, str, str, Step | None]]:
    """Route, who, address, and what to do there."""
    hers, one = "/my/family/{link_id:int}", f"/my/family/{pages.link}"
    withdrawal = "/enrolments/{enrolment_id:int}/withdrawal"
    desk, her_desk = "/desk/people/{resident_id:int}/family", f"/desk/people/{pages.wang}/family"
    family = "/courses/{run_id:int}/family"
    two, of_run = "/courses/{run_id:int}/together", f"/courses/{pages.run}/together"
    return [
        ("/courses/{run_id:int}", "resident", f"/courses/{pages.full}", None),
        ("/planning/runs/{run_id:int}/line", "officer", f"/planning/runs/{pages.full}/line", open_out_of_turn),
        (two, "resident", of_run, press("main form .main")),
        (two, "resident", of_run, type_partner),
        (two + "/agreement", "resident", f"{of_run}/agreement", None),
        ("/my/family", "resident", "/my/family", None),
        ("/my/family/new", "resident", "/my/family/new", press("form[action='/my/family/new'] .main")),
        ("/my/family/new", "resident", "/my/family/new", type_who),
        ("/my/family/new/agreement", "resident", "/my/family/new/agreement", None),
        (hers, "resident", one, None),
        (hers + withdrawal, "resident", f"{one}/enrolments/{pages.enrolment}/withdrawal", None),
        (family, "resident", f"/courses/{pages.run}/family", press("main form .main")),
        (desk, "desk", her_desk, press("main form button:not(.quiet)")),
        (desk + "/{link_id:int}/ending", "desk", f"{her_desk}/{pages.link}/ending", None),
    ]


async def type_who(page: Page) -> None:
    """To the screen where she agrees, with everything that can be wrong there."""
    await page.locator("#f-name").fill("欧阳美丽娜")
    await page.locator("#f-phone").fill("13900139444")
    await page.locator("form[action='/my/family/new'] .main").click()
    await page.locator("#f-card").wait_for()
    await page.locator("form[action='/my/family/new/agreement'] button").last.click()
    await page.locator("#errors").wait_for()


async def type_partner(page: Page) -> None:
    """To the screen for the digits, with everything that can be wrong there."""
    await page.locator("#f-name").fill("欧阳美丽娜")
    await page.locator("#f-phone").fill("13900139555")
    await page.locator("#f-phone").press("Enter")
    await page.locator("#f-code").wait_for()
    await page.locator("main form button").click()
    await page.locator("#errors").wait_for()


async def open_out_of_turn(page: Page) -> None:
    """Where the officer writes why."""
    await page.locator("main details summary").last.click()
