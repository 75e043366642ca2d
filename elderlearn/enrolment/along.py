"""What goes along with a seat or a place in line, in the statement that gives it: the trail, and the notice.

A wanted run is held from that statement until its commit, and all others wait: each trip less is a seat sooner.
"""

from __future__ import annotations

from dataclasses import dataclass

from elderlearn.enrolment.asking import Asking
from elderlearn.enrolment.facts import Applicant, Asked
from elderlearn.ground import trail
from elderlearn.ground.languages import known
from elderlearn.notices import write

# Expects `place` with the enrolment's id, and `position`, SQL; $1 to $7 are those of Asking, $8 to $13 of Along.
ALONG = f"""noted AS (
    INSERT INTO trail ({trail.COLUMNS})
    SELECT $4, $5, $6, $9, 'enrol', 'enrolment', place.id, $8, jsonb_build_object(
        'run', $1::bigint, 'resident', $2::bigint, 'state', '{{outcome}}', 'channel', $3::text) FROM place),
told AS (
    INSERT INTO notice ({write.COLUMNS})
    SELECT '{{outcome}}', $10::text::jsonb || {{more}}, $2, $8, $11, $12, $4, $4,
        CASE WHEN $11::bytea IS NULL THEN 'unreachable' ELSE 'due' END, 0 FROM {{source}} WHERE $13::boolean)"""


@dataclass(frozen=True)
class Along:
    """About the run and the applicant. Somebody who is cared for is told apart, for her carers get copies."""

    asked: Asked
    applicant: Applicant

    def values(self, asking: Asking, kind: str) -> tuple[object, ...]:
        """$1 to $13 of the statement that gives this kind of answer. Raises ValueError: no wording for it."""
        more: dict[str, object] = {"when": self.asked.when} if kind == "seated" else {"position": 0}
        return (
            *asking.values,
            self.asked.district_id,
            asking.by.door,
            write.kept_values(kind, {"title": self.asked.title, **more}),
            self.applicant.address_cipher,
            known(self.applicant.language),
            not self.applicant.is_cared_for,
        )
