"""Both languages, complete."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from types import ModuleType

import pytest

from elderlearn.locale import CATALOGUES, _, ngettext, speaking, spoken

ROOT = Path(__file__).parents[3]
CODE = """
drawn = f'<b>{_("in an f-string")}</b>'
ngettext("%(n)s one", "%(n)s many", n), pgettext("where", "what")
words = {"a": N_("a long " "sentence")}; _(words["a"])
"""


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


def test_messages_are_found_wherever_they_stand(messages: ModuleType) -> None:
    found = messages.from_python(ast.parse(CODE))
    ids = {(message.context, message.id) for message in found}
    assert ids == {
        (None, "in an f-string"),
        (None, ("%(n)s one", "%(n)s many")),
        ("where", "what"),
        (None, "a long sentence"),
    }


def test_an_f_string_as_message_is_refused(messages: ModuleType) -> None:
    with pytest.raises(ValueError, match="f-string"):
        messages.from_python(ast.parse('_(f"{n} seats")'))


@pytest.fixture(scope="module")
def messages() -> ModuleType:
    """bin/messages as a module."""
    loader = SourceFileLoader("bin_messages", str(ROOT / "bin/messages"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules[loader.name] = module
    loader.exec_module(module)
    return module
