"""The figures of elders on the page of the report: in one line that something does not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request

from elderlearn.participation.elders_on_file import open_alarms
from elderlearn.people.roles import may
from elderlearn.web.office.report import Report
from elderlearn.web.shell.guards import signed_in


@dataclass(frozen=True)
class EldersLine:
    """`alarms` of the whole district, for its own people only; in `over` places of this report the rate is above
    100 %. `href` where both are looked at, empty for others.
    """

    alarms: int
    over: int
    href: str


async def elders_line(request: Request[Any, Any, Any], report: Report) -> EldersLine:
    """Only figures are compared, nothing is counted, so that the report stays quick."""
    viewer = signed_in(request)
    over = {one.code for one in (*report.lines, report.whole) if one.rate is not None and one.rate > 1}
    if viewer.district_id is None or viewer.place_id != viewer.district_id or not may(viewer.role, "read_reports"):
        return EldersLine(0, len(over), "")
    alarms = await open_alarms(viewer.district_id) if report.place.level == "district" else []
    return EldersLine(len(alarms), len(over), "/office/population/history")
