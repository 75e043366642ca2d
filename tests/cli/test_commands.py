"""The command line itself: found by file, broken ones told apart, refusals as one sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from elderlearn.cli import _commands, main
from elderlearn.ground.errors import Refusal
from elderlearn.ground.servers import ServersFailed
from elderlearn.ground.settings import forget, settings

ROOT = Path(__file__).parents[2]


def test_help_lists_every_command_without_loading_any() -> None:
    code = "import sys; from elderlearn.cli import main\ntry: main(['--help'])\nfinally: print(*sys.modules)"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    for name in ("demo", "migrate", "serve", "work"):
        assert f"\n  {name} " in said
    for heavy in ("piccolo", "litestar", "elderlearn.cli.demo", "elderlearn.ground.embedded"):
        assert heavy not in said.split()


def test_a_broken_command_does_not_break_the_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken.py").write_text('"""Never parsed."""\ndef (')
    (tmp_path / "migrate.py").write_text('"""Fine."""')
    monkeypatch.setattr(_commands, "FOLDER", tmp_path)
    said = CliRunner().invoke(main, ["--help"]).output
    assert "(broken)" in said
    assert "Fine" in said


@pytest.mark.parametrize("order", [["--data", "{}", "migrate"], ["migrate", "--data", "{}"]])
def test_the_data_folder_is_named_before_or_behind_the_command(
    order: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ELDERLEARN_DATA", "elsewhere")
    seen = []
    monkeypatch.setattr("elderlearn.cli.migrate.migrate_now", lambda: seen.append(settings().data) or "done")
    result = CliRunner().invoke(main, [word.format(tmp_path) for word in order])
    assert (result.output, result.exit_code, seen) == ("done\n", 0, [tmp_path])
    monkeypatch.undo()
    forget()


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (Refusal("too_young", age=12), "Error: Refused: too young (age 12).\n"),
        (ServersFailed("No room here."), "Error: No room here.\n"),
        (ConnectionRefusedError(111, "Connection refused"), "Error: The database does not answer"),
    ],
)
def test_a_refusal_is_one_sentence_and_exit_code_1(
    error: Exception, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> str:
        raise error

    monkeypatch.setattr("elderlearn.cli.migrate.migrate_now", refuse)
    result = CliRunner().invoke(main, ["migrate"])
    assert result.exit_code == 1
    assert result.stderr.startswith(sentence)
    assert result.stderr.count("\n") == 1


def test_a_mistake_of_ours_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elderlearn.cli.migrate.migrate_now", lambda: 1 / 0)
    assert isinstance(CliRunner().invoke(main, ["migrate"]).exception, ZeroDivisionError)


def test_an_unknown_command_is_a_usage_error() -> None:
    assert CliRunner().invoke(main, ["dance"]).exit_code == click.UsageError("").exit_code


def test_named_servers_are_taken_as_they_are_and_nothing_embedded_is_imported() -> None:
    code = (
        "import sys; from elderlearn.ground.servers import servers_at_hand\n"
        "with servers_at_hand() as servers: print(servers, 'elderlearn.ground.embedded' in sys.modules)"
    )
    named = {"DATABASE_URL": "postgresql://there/elderlearn", "REDIS_URL": "redis://there"}
    environment = {name: value for name, value in os.environ.items() if name != "ELDERLEARN_EMBEDDED"} | named
    said = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert said.stdout.split() == ["None", "False"]
