"""Every verdict and all that the scanner's scripts say has words, in both languages."""

from __future__ import annotations

import re

import pytest

from elderlearn.checkin import rules
from elderlearn.checkin.receive import ScanVerdict
from elderlearn.ground.files import static_folder
from elderlearn.locale import _, speaking
from elderlearn.web.shell.scan_words import QUEUE, SCANNER, VERDICTS, verdict_in_words

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


def script(name: str) -> str:
    return (static_folder() / f"scanner/{name}.js").read_text()


def test_all_that_the_scripts_say_is_given_to_them() -> None:
    said = {name.replace("_", "-") for name in SCANNER}
    for name in ("screen", "names"):
        asked = re.findall(r"word\(([^()]*)\)", script(name))
        words = {word for one in asked for word in re.findall(r"'([\w-]+)'", one)}
        assert {word.replace("_", "-") for word in words - {"cannot-"}} <= said
    assert {
        f"cannot-{reason}" for reason in re.findall(r"'(refused|none|decode|photo)'", script("camera"))
    } <= said
    reasons = re.findall(r"reason: '(\w+)'", script("screen"))
    assert reasons and {one.replace("_", "-") for one in reasons} <= said
    problems = set(re.findall(r"return '(\w+)'|problem: '(\w+)'", script("queue"))[0])
    assert {"network", "signin", "ended", "server", "stuck", "none"} | (problems - {""}) <= {
        name.removeprefix("problem_") for name in QUEUE
    }
    assert set(re.findall(r"say\('(\w+)'\)", script("sender") + script("leaving"))) <= set(QUEUE)
    assert all(_(words) for words in {**SCANNER, **QUEUE}.values())
