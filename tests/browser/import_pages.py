"""Lists that are brought in, each in another state."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Page

from elderlearn.stewardship.imports.carry_out import carry_out_import
from elderlearn.stewardship.imports.start import confirm_import, start_import
from tests.browser.steps import Step, press
from tests.people_standing import StandingStaff

HEAD = "姓名,身份证号,性别,出生日期,社区,电话\n"
GOOD = HEAD + "孙玉兰,,女,1953-02-01,1-1社区,\n"
BAD = HEAD + "钱月英,330125195503080,女,1955-03-08,1-1社区,\n,3.30125E+17,女,1955-13-40,没有的社区,12\n"
TAKEN = "/office/imports/{import_id:int}"

Line = tuple[str, str, str, Step | None]


@dataclass(frozen=True)
class ImportPages:
    """Ids of the files: `wrong` and `right` were looked at, `done` is written, `waiting` is not looked at yet."""

    wrong: int
    right: int
    done: int
    waiting: int


async def make_import_pages(district: StandingStaff) -> ImportPages:
    """Four files of the district."""
    ids = [await _start(name, text, district) for name, text in
           (("wrong.csv", BAD), ("right.csv", GOOD), ("done.csv", GOOD), ("waiting.csv", GOOD))]  # fmt: skip
    wrong, right, done, waiting = ids
    for id in (wrong, right, done):
        await carry_out_import(id)
    await confirm_import(done, by=district.by())
    await carry_out_import(done)
    return ImportPages(wrong, right, done, waiting)


def import_stops(pages: ImportPages) -> list[Line]:
    """Route, who looks, address, and what to do there."""
    return [
        ("/office/imports", "district", "/office/imports", None),
        ("/office/imports", "officer", "/office/imports", None),
        ("/office/imports/new/{kind:str}", "officer", "/office/imports/new/residents", press("main form .main")),
        ("/office/imports/new/{kind:str}", "district", "/office/imports/new/attendances", None),
        (TAKEN, "district", f"/office/imports/{pages.wrong}", press("details.download summary")),
        (TAKEN, "district", f"/office/imports/{pages.right}", None),
        (TAKEN, "district", f"/office/imports/{pages.done}", None),
        (TAKEN, "district", f"/office/imports/{pages.waiting}", None),
        ("/office/population", "district", "/office/population", type_figures),
    ]


async def type_figures(page: Page) -> None:
    """Streets that do not add up to the district."""
    figures = page.locator(".typed input")
    for number in range(await figures.count()):
        await figures.nth(number).fill("900" if number == 0 else "100")
    await page.locator("#f-source").fill("sample")
    await page.locator("main form .main").click()
    await page.locator("#f-differs").wait_for()


async def _start(name: str, text: str, district: StandingStaff) -> int:
    return await start_import("residents", name, text.encode(), by=district.by())
