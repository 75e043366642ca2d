"""Every verdict and every way a camera fails has words, in both languages."""

from __future__ import annotations

import re

import pytest

from elderlearn.checkin import rules
from elderlearn.checkin.receive import ScanVerdict
from elderlearn.ground.files import static_folder
from elderlearn.locale import _, speaking
from elderlearn.web.leader.sentences import QUEUE, SCANNER, VERDICTS, verdict_in_words

VERDICT_WORDS = "recorded same_scan already_present flagged refused retry".split()
REASONS = re.findall(r"`(\w+)`", rules.__doc__ or "") + ["not_yours"]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_verdict_has_words(language: str) -> None:
    with speaking(language):
        for word in {*VERDICT_WORDS, *REASONS} - {"recorded"}:
            said = verdict_in_words(ScanVerdict("x", "refused", word))
            assert said
            assert (said == VERDICTS.get(word)) == (language == "en" and word in VERDICTS), word


def test_a_reason_without_words_of_its_own_falls_back_to_the_verdict() -> None:
    with speaking("en"):
        assert verdict_in_words(ScanVerdict("x", "flagged", "new_reason")) == VERDICTS["flagged"]


def test_all_that_the_scripts_say_is_given_to_them() -> None:
    scripts = {name: (static_folder() / "scanner" / f"{name}.js").read_text() for name in ("screen", "sender")}
    reasons = re.findall(r"cannot\('(\w+)'\)", (static_folder() / "scanner/camera.js").read_text())
    assert {f"cannot-{reason}" for reason in reasons} <= set(SCANNER)
    assert set(re.findall(r"say\('([\w]+)'\)", scripts["sender"])) <= set(QUEUE)
    assert {"problem-network", "problem-signin", "problem-server", "problem-none"} <= set(QUEUE)
    assert all(_(words) for words in {**SCANNER, **QUEUE}.values())
