from __future__ import annotations

from datetime import UTC, datetime

import pytest

from elderlearn.ground.languages import gettext_for, known, moment_in_words
from elderlearn.notices.wording import NEEDED, SENTENCES, SHORTER, check_wording, worded

WHEN = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
ALL = {"code": "123456", "title": "太极拳", "position": 3, "when": WHEN, "reason": "停电"} | {
    "carer": "李**",
    "how_many": 7,
    "elder": "王**",
    "partner": "王**",
    "where": "星桥文化礼堂",
}


def test_a_moment_is_said_on_the_clock_of_shanghai() -> None:
    assert moment_in_words(WHEN, "zh_CN") == "11月24日 星期二 上午9:00"
    assert moment_in_words(WHEN, "en") == "Tuesday, 24 November, 9:00"


@pytest.mark.parametrize("language", [None, "fr", "zh_CN"])
def test_an_unknown_language_is_the_default(language: str | None) -> None:
    assert known(language) == "zh_CN"


@pytest.mark.parametrize("kind", sorted(SENTENCES))
def test_every_kind_is_said_in_both_languages_with_all_its_values(kind: str) -> None:
    chinese, english = worded(kind, ALL, "zh_CN"), worded(kind, ALL, "en")
    assert chinese != english and "%(" not in chinese + english
    for name in NEEDED[kind] - {"when"}:
        assert str(ALL[name]) in chinese and str(ALL[name]) in english
    if "when" in NEEDED[kind]:
        assert "11月24日 星期二 上午9:00" in chinese and "Tuesday, 24 November, 9:00" in english


@pytest.mark.parametrize("sentence", [*SENTENCES.values(), *SHORTER.values()])
def test_every_sentence_is_translated(sentence: str) -> None:
    assert gettext_for("zh_CN").gettext(sentence) != sentence


def test_a_copy_for_a_carer_says_for_whom_and_then_the_same() -> None:
    for language in ("zh_CN", "en"):
        copy = worded("seated", ALL | {"whose": "王**"}, language)
        assert "王**" in copy and copy.removesuffix("】").endswith(worded("seated", ALL, language))


def test_a_moment_from_the_outbox_is_text_and_said_the_same() -> None:
    stored = ALL | {"when": WHEN.isoformat()}
    assert worded("session_changed", stored, "zh_CN") == worded("session_changed", ALL, "zh_CN")


@pytest.mark.parametrize("kind", sorted(SHORTER))
def test_a_run_without_meetings_or_a_step_without_reason_is_worded_too(kind: str) -> None:
    said = worded(kind, {"title": "太极拳", "when": None}, "zh_CN")
    assert "太极拳" in said and "None" not in said and "%(" not in said


def test_a_percent_sign_in_a_title_is_only_a_percent_sign() -> None:
    assert "100%(x)s" in worded("withdrawn", {"title": "100%(x)s"}, "en")


@pytest.mark.parametrize(
    ("kind", "values"), [("gossip", {}), ("waiting", {"title": "a"}), ("seated", {"title": None})]
)
def test_what_cannot_be_worded_is_our_mistake(kind: str, values: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="cannot be worded"):
        check_wording(kind, values)
