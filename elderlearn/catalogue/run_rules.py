"""Pure: what a run may ask for beyond its ages and places; each may be left out."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.errors import Refusal

OLDEST = 130


@dataclass(frozen=True)
class RunRules:
    """`women_from` and `men_from`: least ages by sex. `signature_from`: from this age on a relative's signature
    is on file (elder academies say 80, domain.md section 3). `first_time_only`: never had a seat at this
    organisation. `prerequisite_id`: a course she has completed. Contact and health notice: for physical courses.
    """

    women_from: int | None = None
    men_from: int | None = None
    signature_from: int | None = None
    first_time_only: bool = False
    prerequisite_id: int | None = None
    needs_contact: bool = False
    needs_health_notice: bool = False


NO_RULES = RunRules()


def check_rules(rules: RunRules) -> None:
    """Raises Refusal('invalid_ages') outside 0…130."""
    ages = (rules.women_from, rules.men_from, rules.signature_from)
    if any(age is not None and not 0 <= age <= OLDEST for age in ages):
        raise Refusal("invalid_ages")
