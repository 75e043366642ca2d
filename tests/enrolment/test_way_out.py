"""Every reason there can be for no seat has a way out, and a sentence at each door that asks for seats."""

from __future__ import annotations

from elderlearn.api.enrolments import REFUSES
from elderlearn.enrolment.way_out import OF_CODE, way_out
from elderlearn.ground.clock import now
from elderlearn.ground.errors import Refusal
from elderlearn.web.desk.sentences import SENTENCES as AT_THE_DESK
from elderlearn.web.resident.family.sentences import FOR_ANOTHER
from elderlearn.web.resident.sentences import SENTENCES as FOR_HERSELF


def test_no_reason_is_without_a_way_and_a_sentence() -> None:
    for code in REFUSES:
        assert way_out(Refusal(code)) != "none", code
        for said in (AT_THE_DESK, FOR_HERSELF, FOR_ANOTHER):
            assert code in said, code
    assert set(REFUSES) - {"line_over"} <= set(OF_CODE)


def test_what_staff_have_to_write_down_first_is_asked_of_them() -> None:
    assert way_out(Refusal("too_young", is_unknown=True)) == "call"
    assert way_out(Refusal("not_open", opens_at=None)) == "call"
    assert way_out(Refusal("not_open", opens_at=now())) == "wait_until"
    assert way_out(Refusal("invalid_channel")) == "none"
