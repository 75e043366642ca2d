"""Every verdict of the contract has its sentence."""

from __future__ import annotations

import pytest

from elderlearn.checkin.receive import ScanVerdict
from elderlearn.locale import speaking
from elderlearn.web.open.verdicts import spoken_verdict

VERDICTS = [
    ("recorded", None, "done"),
    ("recorded", "walk_in", "done"),
    ("same_scan", None, "done"),
    ("already_present", None, "done"),
    *(("flagged", reason, "wait") for reason in ("outside_window", "elsewhere", "card_replaced", "clock_off")),
    ("flagged", "called_off", "wait"),
    *(("refused", reason, "no") for reason in ("unreadable", "bad_signature", "unknown_session", "not_yours")),
    *(("refused", reason, "no") for reason in ("bad_time", "scan_id_reused")),
    ("retry", None, "no"),
]


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
@pytest.mark.parametrize(("verdict", "reason", "tone"), VERDICTS)
def test_every_verdict_is_said_in_its_tone_and_names_only_the_masked_name(
    verdict: str, reason: str | None, tone: str, lang: str
) -> None:
    with speaking(lang):
        sentence, told = spoken_verdict(ScanVerdict("1", verdict, reason, "王**"))
    assert told == tone
    assert "%" not in sentence and len(sentence) > 5


def test_without_a_name_the_sentence_still_reads_well() -> None:
    with speaking("en"):
        assert spoken_verdict(ScanVerdict("1", "recorded"))[0] == "This person is checked in."
