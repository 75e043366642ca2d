"""What the desk reads when somebody got no seat."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal
from elderlearn.locale import _
from elderlearn.web.desk.sentences import NO_BIRTH_DATE, NO_SEX, SENTENCES
from elderlearn.web.shell.refusals import sentence


def why_not(refusal: Refusal) -> str:
    """The sentence in the language now spoken: the reason, and what to do."""
    if refusal.values.get("is_unknown"):
        return _(NO_BIRTH_DATE)
    return _(NO_SEX) if refusal.values.get("is_sex_unknown") else sentence(refusal, SENTENCES)
