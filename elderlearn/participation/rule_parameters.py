"""Pure: everything a district may decide about the rule of a regular, checked, and as it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from elderlearn.ground.errors import Refusal
from elderlearn.participation.rules import CLASS_HOUR, DEFAULT_RULE, Rule
from elderlearn.places.labels import span_of

KINDS = ("class", "lecture", "activity", "meeting")  # online alone does not make a regular (domain.md section 2)
BASES = ("resident", "registered")
WEIGHTS = (10, 200)  # per cent
LIMITS = {
    "elder_age": (50, 90),
    "day_cap_minutes": (CLASS_HOUR, 24 * 60),
    "hours_minutes": (CLASS_HOUR, 1000 * CLASS_HOUR),
    "hours_days": (1, 366),
    "days": (1, 366),
    "online_most_minutes": (0, 1000 * CLASS_HOUR),
    "completed_minutes": (CLASS_HOUR, 1000 * CLASS_HOUR),
}


@dataclass(frozen=True)
class Parameters:
    """`from_period` is the first year counted so. Age and home are asked for on `reference` of it (month, day)."""

    rule: Rule
    from_period: str
    basis: str = "resident"
    reference: tuple[int, int] = (12, 31)

    @property
    def reference_on(self) -> date:
        """The day within the first year."""
        return reference_on(self.from_period, self.reference)


DEFAULTS = Parameters(DEFAULT_RULE, "2025")


def check_parameters(asked: Parameters) -> None:
    """Raises Refusal with `field`: 'out_of_range' (least, most), 'nothing_switched_on', 'no_kind',
    'invalid_basis', 'invalid_reference', 'invalid_period'."""
    rule = asked.rule
    for field, (least, most) in LIMITS.items():
        found = getattr(rule, field)
        if found is not None and not least <= found <= most:
            raise Refusal("out_of_range", field=field, least=least, most=most)
    if rule.hours_minutes is None and rule.days is None and rule.completed_minutes is None:
        raise Refusal("nothing_switched_on", field="hours_minutes")
    if not rule.kinds or set(rule.kinds) - set(KINDS):
        raise Refusal("no_kind", field="kinds")
    if rule.weights is not None:
        if len(rule.weights) != len(rule.kinds):
            raise Refusal("no_kind", field="kinds")
        if not all(WEIGHTS[0] <= one <= WEIGHTS[1] for one in rule.weights):
            raise Refusal("out_of_range", field="weights", least=WEIGHTS[0], most=WEIGHTS[1])
    if asked.basis not in BASES:
        raise Refusal("invalid_basis", field="basis")
    span_of(asked.from_period)
    try:
        reference_on(asked.from_period, asked.reference)
    except ValueError:
        raise Refusal("invalid_reference", field="reference") from None


def reference_on(label: str, reference: tuple[int, int]) -> date:
    """The month and day within the twelve months of the label. Raises ValueError for a day there is not."""
    span = span_of(label)
    month, day = reference
    first = date(span.starts_on.year, month, day)
    return first if first >= span.starts_on else date(span.starts_on.year + 1, month, day)


def as_json(asked: Parameters) -> dict[str, Any]:
    """As it is kept; read again by `from_json`."""
    return {**asdict(asked.rule), "basis": asked.basis, "reference": list(asked.reference)}


def from_json(kept: Mapping[str, Any], from_period: str) -> Parameters:
    """Rules kept before there was a choice of basis and reference have the defaults."""
    rule = {name: value for name, value in kept.items() if name not in ("basis", "reference")}
    month, day = kept.get("reference", DEFAULTS.reference)
    return Parameters(
        Rule(**rule | {"kinds": tuple(rule["kinds"]), "weights": tuple(rule.get("weights") or ()) or None}),
        from_period,
        kept.get("basis", DEFAULTS.basis),
        (month, day),
    )


def differences(one: Parameters, other: Parameters) -> list[str]:
    """Names of what is different, in the order of the form."""
    mine, theirs = as_json(one), as_json(other)
    return [name for name in mine if mine[name] != theirs[name]]
