"""Both languages, complete."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from elderlearn.locale import CATALOGUES, _, ngettext, speaking, spoken

ROOT = Path(__file__).parents[3]


def test_chinese_is_the_default_and_english_needs_no_file() -> None:
    assert spoken() == "zh_CN"
    assert _("tomorrow") == "明天"
    with speaking("en"):
        assert _("tomorrow") == "tomorrow"
    assert spoken() == "zh_CN"


def test_an_unknown_language_is_the_default() -> None:
    with speaking("tlh"):
        assert spoken() == "zh_CN"


def test_values_and_plurals() -> None:
    with speaking("en"):
        assert ngettext("%(n)s minute ago", "%(n)s minutes ago", 1) == "1 minute ago"
        assert ngettext("%(n)s minute ago", "%(n)s minutes ago", 2) == "2 minutes ago"
        assert _("target %(rate)s", rate="20%") == "target 20%"
    assert ngettext("%(n)s minute ago", "%(n)s minutes ago", 2) == "2 分钟前"


@pytest.mark.parametrize("name", CATALOGUES)
def test_every_message_of_a_door_is_translated_and_used(name: str) -> None:
    asked = subprocess.run(
        [sys.executable, str(ROOT / "bin/messages"), "check", name], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stdout + asked.stderr


def test_vendored_files_are_as_recorded() -> None:
    asked = subprocess.run([sys.executable, str(ROOT / "bin/vendor"), "check"], capture_output=True, text=True)
    assert asked.returncode == 0, asked.stdout
