"""The rules of the house that no linter knows. A rule here has a reason in CONTRIBUTING or the README."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ROOT / "elderlearn"
DOORS = {"web", "api", "jobs", "cli"}
MEASURES_DOORS = {"bench"}  # no room: its floors are bare web routes, its client knows nothing else
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
NOT_IN_ROOMS = {"litestar", "jinja2", "arq", "click", "uvicorn", "starlette"}
NOT_IN_PURE = {"piccolo", "asyncpg", "redis", "litestar", "jinja2", "arq"}
NO_MEANING = {"utils", "util", "helpers", "services", "service", "managers", "manager", "base", "common", "misc"}
# Data, catalogues and the sample district speak Chinese; code and templates carry message ids. A docstring
# or a comment may name the Chinese term it is about.
MAY_SPEAK_CHINESE = {"locale", "sample", "data"}
UNDERSTANDS_CHINESE = {  # reads what people type; says nothing itself
    "elderlearn/web/shell/forms.py",
    "elderlearn/ground/spreadsheets/days.py",
    "elderlearn/ground/spreadsheets/read_sheet.py",
    "elderlearn/places/find_places.py",
}
CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
FORBIDDEN_IN_TEMPLATES = {
    "hx-on": re.compile(r"\bhx-on"),
    "hx-vals or hx-headers with js:": re.compile(r"hx-(vals|headers|vars)=.{0,3}(js|javascript):"),
    "hx-trigger filter": re.compile(r"""hx-trigger=("[^"]*\[|'[^']*\[)"""),
    "inline style": re.compile(r"\sstyle\s*=|<style\b"),
    "inline script": re.compile(r"<script\b(?![^>]*\bsrc=)"),
    "inline handler": re.compile(r"\son[a-z]+\s*=(?!=)"),
    "foreign host": re.compile(r"""\b(src|href|action)=["'](https?:)?//"""),
}


@cache
def modules() -> dict[Path, ast.Module]:
    """All files of the package, parsed."""
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(CODE.rglob("*.py"))}


def rooms() -> dict[Path, ast.Module]:
    """Files of rooms and of the ground floor."""
    return {
        path: tree
        for path, tree in modules().items()
        if len(path.relative_to(CODE).parts) > 1 and path.relative_to(CODE).parts[0] not in DOORS | MEASURES_DOORS
    }


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(tree: ast.AST) -> set[str]:
    """First words of everything a file imports, wherever the import stands."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.partition(".")[0])
    return names


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    """Every string the program works with: docstrings left out."""
    spoken = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def assert_none(offences: list[str]) -> None:
    assert not offences, "\n" + "\n".join(offences)


def test_a_file_is_read_in_one_sitting() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert_none([f"{name(path)}: {n} lines" for path, n in lengths.items() if n > LONGEST_FILE])


def test_a_function_fits_on_a_screen() -> None:
    assert_none(
        [
            f"{name(path)}:{found.lineno} {found.name}: {found.end_lineno - found.lineno + 1} lines"
            for path, tree in modules().items()
            for found in functions(tree)
            if found.end_lineno and found.end_lineno - found.lineno + 1 > LONGEST_FUNCTION
        ]
    )


def test_rooms_have_never_heard_of_the_web() -> None:
    found = {path: imported(tree) & NOT_IN_ROOMS for path, tree in rooms().items()}
    assert_none([f"{name(path)} imports {', '.join(names)}" for path, names in found.items() if names])


def test_pure_files_know_no_database() -> None:
    pure = {path: tree for path, tree in modules().items() if (ast.get_docstring(tree) or "").startswith("Pure")}
    found = {path: imported(tree) & NOT_IN_PURE for path, tree in pure.items()}
    assert_none([f"{name(path)} imports {', '.join(names)}" for path, names in found.items() if names])


def test_every_file_is_named_after_something_in_the_domain() -> None:
    paths = [*modules(), *(path for path in CODE.rglob("*") if path.is_dir())]
    assert_none([name(path) for path in paths if path.stem in NO_MEANING])


def test_code_and_templates_carry_message_ids_not_chinese() -> None:
    code = [
        f"{name(path)}:{node.lineno} {node.value}"
        for path, tree in modules().items()
        if not MAY_SPEAK_CHINESE & set(path.relative_to(CODE).parts) and name(path) not in UNDERSTANDS_CHINESE
        for node in texts(tree)
        if CHINESE.search(str(node.value))
    ]
    templates = [
        f"{name(path)}:{number} {line.strip()}"
        for path in sorted((ROOT / "templates").rglob("*.*"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if CHINESE.search(line)
    ]
    assert_none(code + templates)


@pytest.mark.parametrize("what", FORBIDDEN_IN_TEMPLATES)
def test_templates_run_under_a_strict_content_security_policy(what: str) -> None:
    assert_none(
        [
            f"{name(path)}:{number} {line.strip()}"
            for path in sorted((ROOT / "templates").rglob("*.html"))
            for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
            if FORBIDDEN_IN_TEMPLATES[what].search(line)
        ]
    )


def test_every_public_function_of_a_room_says_what_it_promises() -> None:
    assert_none(
        [
            f"{name(path)}:{node.lineno} {node.name}"
            for path, tree in rooms().items()
            for node in tree.body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and not node.name.startswith("_")
            and not ast.get_docstring(node)
        ]
    )


def test_every_file_says_what_it_is() -> None:
    assert_none([name(path) for path, tree in modules().items() if tree.body and not ast.get_docstring(tree)])


def test_lock_files_name_no_host() -> None:
    for lock in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / lock).read_text("utf-8")
        assert "--hash=sha256:" in text
        assert not re.search(r"https?:|file:|--index|--find-links", text), lock
