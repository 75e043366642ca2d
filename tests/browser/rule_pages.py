"""Pages of the rule: one in force, one that was taken back, one looked at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from elderlearn.ground.clock import today
from elderlearn.participation.propose_rule import propose_rule, withdraw_rule
from elderlearn.participation.rule_parameters import DEFAULTS, Parameters
from elderlearn.participation.rule_preview import count_previews
from elderlearn.participation.rule_versions import ensure_rule
from elderlearn.participation.rules import Rule
from tests.browser.steps import Step, press
from tests.people_standing import CLI, Places

RULE = "/office/rules/{rule_id:int}"


@dataclass(frozen=True)
class RulePages:
    """Ids of versions."""

    withdrawn: int
    looked_at: int


async def make_rule_pages(places: Places) -> RulePages:
    """After people came, so that another rule changes something."""
    district = places.district.id
    await ensure_rule(district, by=CLI)
    asked = Parameters(Rule(days=1, hours_minutes=None, elder_age=55), str(today().year))
    withdrawn = await propose_rule(district, replace(DEFAULTS, basis="registered"), reason="a question", by=CLI)
    await withdraw_rule(withdrawn, by=CLI)
    looked_at = await propose_rule(district, asked, reason="the city asks for it", by=CLI)
    await count_previews()
    return RulePages(withdrawn, looked_at)


def rule_stops(pages: RulePages) -> list[tuple[str, str, str, Step | None]]:
    """Route, who looks, address, and what to do there."""
    rule = f"/office/rules/{pages.looked_at}"
    return [
        ("/office/rules", "district", "/office/rules", None),
        ("/office/rules/new", "district", "/office/rules/new", press("main form .main")),
        ("/office/targets", "district", "/office/targets", press("main form button")),
        ("/office/conflicts/days", "district", "/office/conflicts/days", press("main form button")),
        (RULE, "district", f"/office/rules/{pages.withdrawn}", None),
        (RULE, "district", rule, press("main .key button")),
        (f"{RULE}/approval", "district", f"{rule}/approval", None),
        (f"{RULE}/withdrawal", "district", f"{rule}/withdrawal", None),
    ]
