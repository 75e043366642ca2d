"""The group of all commands: found by file name, loaded only when called, told apart when one is broken.

A file `draw_lots.py` in this folder holds the command `draw-lots` (a trailing `_` avoids Python's own
words); the first line of its docstring is its line in `--help`.
"""

from __future__ import annotations

import ast
import importlib
import os
import signal
from pathlib import Path
from types import FrameType
from typing import Any

import click

from elderlearn.cli._sentences import sentence_of
from elderlearn.ground.settings import forget

FOLDER = Path(__file__).parent
HIDDEN = {"web"}


class Commands(click.Group):
    """`--data DIR` is understood before and after the command; what rooms refuse becomes one sentence."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.params.append(_data_option())

    def list_commands(self, ctx: click.Context) -> list[str]:
        """By file name, without loading any."""
        return sorted(_name(path) for path in FOLDER.glob("[!_]*.py") if _name(path) not in HIDDEN)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Load one. Raises click.ClickException, with the reason, when its file is broken."""
        module = cmd_name.replace("-", "_")
        found = [name for name in (module, f"{module}_") if (FOLDER / f"{name}.py").is_file()]
        if not found or module.startswith("_"):
            return None
        loaded = importlib.import_module(f"elderlearn.cli.{found[0]}")
        for value in vars(loaded).values():
            if isinstance(value, click.Command) and value.name == cmd_name:
                return _with_data(value)
        raise click.ClickException(f"elderlearn/cli/{found[0]}.py holds no command named {cmd_name}.")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """One line each, read from the files as text: help stays quick and never breaks."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in self.list_commands(ctx)])

    def invoke(self, ctx: click.Context) -> Any:
        """A refusal ends with one sentence on stderr and exit code 1, a mistake of ours with its traceback."""
        signal.signal(signal.SIGTERM, _end_in_order)
        try:
            return super().invoke(ctx)
        except Exception as error:
            sentence = sentence_of(error)
            if sentence is None:
                raise
            raise click.ClickException(sentence) from error


def _end_in_order(how: int, frame: FrameType | None) -> None:
    """SIGTERM unwinds like Ctrl-C, so that held servers are let go; long runners set their own handler."""
    raise SystemExit(128 + how)


def _name(path: Path) -> str:
    return path.stem.rstrip("_").replace("_", "-")


def _first_line(name: str) -> str:
    module = name.replace("-", "_")
    path = next(path for path in (FOLDER / f"{module}.py", FOLDER / f"{module}_.py") if path.is_file())
    try:
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    except SyntaxError:
        return "(broken)"
    return text.partition("\n")[0].rstrip(".")


def _with_data(command: click.Command) -> click.Command:
    """Give the command, and those below it, the option `--data`."""
    if not any(option.name == "data" for option in command.params):
        command.params.append(_data_option())
    if isinstance(command, click.Group):
        for below in command.commands.values():
            _with_data(below)
    return command


def _data_option() -> click.Option:
    return click.Option(
        ["--data"],
        type=click.Path(file_okay=False, path_type=Path),
        metavar="DIR",
        is_eager=True,
        expose_value=False,
        callback=_name_data_folder,
        help="Data folder of the embedded servers (or ELDERLEARN_DATA).",
    )


def _name_data_folder(ctx: click.Context, option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        os.environ["ELDERLEARN_DATA"] = str(value.expanduser().resolve())
        forget()
