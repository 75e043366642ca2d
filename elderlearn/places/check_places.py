"""Pure: which lines of a list of places are good, and what is wrong with the others."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.places.codes import DISTRICT, LEVELS, is_code, level_of, parent_of

COLUMNS = ("code", "level", "name", "parent_code")
LONGEST_NAME = 100


@dataclass(frozen=True)
class PlaceLine:
    """One good line; `parent_code` is '' for a district."""

    line: int
    code: str
    level: str
    name: str
    parent_code: str


def check_places(
    numbered: Iterable[tuple[int, Mapping[str, str]]], known: Collection[str]
) -> tuple[list[PlaceLine], list[Fault]]:
    """Good lines, parents before children, and every fault. `known` holds the codes already on file.

    Reasons: empty, too_long, hidden_characters, not_a_code, written_as_number, unknown_level,
    level_does_not_fit, parent_does_not_fit, unknown_parent, code_twice.
    """
    good: list[PlaceLine] = []
    bad: list[Fault] = []
    first_seen: dict[str, int] = {}
    for line, values in numbered:
        texts = {column: str(values.get(column) or "").strip() for column in COLUMNS}
        faults = [Fault(line, column, texts[column], reason) for column, reason in _faults(texts, first_seen)]
        first_seen.setdefault(texts["code"], line)
        bad.extend(faults)
        if not faults:
            good.append(PlaceLine(line, name=unicodedata.normalize("NFC", texts.pop("name")), **texts))
    good.sort(key=lambda one: (LEVELS.index(one.level), one.code))
    return _with_parents(good, bad, set(known))


def codes_named(numbered: Iterable[tuple[int, Mapping[str, str]]]) -> set[str]:
    """All well-formed codes of the list, own and parents': what has to be looked up."""
    texts = (str(values.get(column) or "").strip() for _, values in numbered for column in ("code", "parent_code"))
    return {one for one in texts if is_code(one)}


def _faults(texts: Mapping[str, str], first_seen: Mapping[str, int]) -> list[tuple[str, str]]:
    """(column, reason) of one line, the first fault of each column."""
    found = [("name", _fault_of_name(texts["name"]))]
    code, level, parent = texts["code"], texts["level"], texts["parent_code"]
    if not is_code(code):
        return [*_present(found), ("code", _fault_of_code(code))]
    if code in first_seen:
        found.append(("code", "code_twice"))
    if level not in LEVELS:
        found.append(("level", "unknown_level"))
    elif level != level_of(code):
        found.append(("level", "level_does_not_fit"))
    if parent != parent_of(code):
        found.append(("parent_code", "parent_does_not_fit"))
    return _present(found)


def _present(found: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(column, reason) for column, reason in found if reason]


def _fault_of_code(code: str) -> str:
    if not code:
        return "empty"
    # What Excel makes of twelve digits in a narrow column: 3.30113E+11
    return "written_as_number" if "E+" in code.upper() else "not_a_code"


def _fault_of_name(name: str) -> str:
    if not name:
        return "empty"
    if len(name) > LONGEST_NAME:
        return "too_long"
    # Cc control, Cf invisible and direction marks, Cs halves, Zl Zp line ends, Co private ones that print as boxes
    hidden = any(unicodedata.category(one) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Co"} for one in name)
    return "hidden_characters" if hidden else ""


def _with_parents(good: list[PlaceLine], bad: list[Fault], known: set[str]) -> tuple[list[PlaceLine], list[Fault]]:
    """Without the lines whose parent is nowhere; a child of a bad line is bad itself."""
    kept: list[PlaceLine] = []
    for one in good:
        if one.level == DISTRICT or one.parent_code in known:
            kept.append(one)
            known.add(one.code)
        else:
            bad.append(Fault(one.line, "parent_code", one.parent_code, "unknown_parent"))
    return kept, sorted(bad, key=lambda one: one.line)
