"""Pure: some of the people behind a figure: of an age, of a sex, who came to a kind of learning."""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.ground.errors import Missing
from elderlearn.participation.age_bands import bands
from elderlearn.participation.by_age import SEXES
from elderlearn.participation.by_kind import KINDS
from elderlearn.participation.counted import Counted


@dataclass(frozen=True)
class Narrowed:
    """Empty: everybody. `band` is the name of one of `age_bands.bands`."""

    band: str = ""
    sex: str = ""
    kind: str = ""

    def condition(self, counted: Counted) -> str:
        """SQL over one `known` person. Raises Missing for what is no band, sex or kind."""
        return " AND ".join(("true", *self._band(counted), *self._sex(), *self._kind(counted)))

    def _band(self, counted: Counted) -> list[str]:
        if not self.band:
            return []
        known = bands(counted.rule.elder_age, counted.reference_on)
        found = next((one for one in known if one.name == self.band), None)
        if found is None:
            raise Missing
        after = [f"born_on > '{found.born_after.isoformat()}'"] if found.born_after else []
        return [f"born_on <= '{found.born_until.isoformat()}'", *after]

    def _sex(self) -> list[str]:
        if not self.sex:
            return []
        if self.sex not in SEXES:
            raise Missing
        return [
            f"""EXISTS (SELECT FROM resident s WHERE s.id = known.resident
                AND coalesce(s.sex, 'unknown') = '{self.sex}')"""
        ]

    def _kind(self, counted: Counted) -> list[str]:
        if not self.kind:
            return []
        if self.kind not in KINDS:
            raise Missing
        return [
            f"""EXISTS (SELECT FROM tally_by_organisation o WHERE o.resident = known.resident
                AND o.period = {counted.period_id} AND o.kind = '{self.kind}' AND o.visits > 0)"""
        ]


EVERYBODY = Narrowed()
