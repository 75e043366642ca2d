"""A pile of paper forms: everybody asks for a seat of one run, in the order of the forms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from elderlearn.enrolment.enrol import Enrolled, enrol
from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal, Stale

MOST_FORMS = 60


@dataclass(frozen=True)
class PaperVerdict:
    """What became of one form: how she stands, or why not."""

    resident_id: int
    enrolled: Enrolled | None
    refusal: Refusal | None


async def enrol_papers(run_id: int, resident_ids: Sequence[int], *, by: Actor) -> list[PaperVerdict]:
    """Each by herself, so that one refusal keeps nobody else out; sent again, it changes nothing.

    Somebody named twice stands where her first form lay. Refusals beside those of `enrol`: unknown_person,
    try_again (nothing was written; the same pile may be sent once more). Raises Refusal('too_many_forms').
    """
    if len(resident_ids) > MOST_FORMS:
        raise Refusal("too_many_forms", most=MOST_FORMS)
    return [await _of_one(run_id, one, by) for one in dict.fromkeys(resident_ids)]


async def _of_one(run_id: int, resident_id: int, by: Actor) -> PaperVerdict:
    try:
        return PaperVerdict(resident_id, await enrol(run_id, resident_id, "paper", by=by), None)
    except Refusal as refusal:
        return PaperVerdict(resident_id, None, refusal)
    except Missing:
        return PaperVerdict(resident_id, None, Refusal("unknown_person"))
    except Stale:
        return PaperVerdict(resident_id, None, Refusal("try_again"))
