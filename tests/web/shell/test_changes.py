"""Every action a verb notes has words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from elderlearn.ground.trail_queries import Change
from elderlearn.locale import speaking
from elderlearn.web.shell.changes import ACTIONS, DOORS, what_changed, which_door, who_changed
from elderlearn.web.shell.environment import environment

CODE = Path(__file__).parents[3] / "elderlearn"
NOTING = {"note", "note_many", "_note", "note_registered"}


def noted() -> Iterator[tuple[str, str]]:
    """Every action written into the trail anywhere, with its file: the first argument of every note."""
    for path in sorted(CODE.rglob("*.py")):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(call, ast.Call) or not call.args:
                continue
            called = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if called in NOTING:
                yield from ((found, path.name) for found in words(call.args[0]))


def words(argument: ast.expr) -> Iterator[str]:
    branches = (argument.body, argument.orelse) if isinstance(argument, ast.IfExp) else (argument,)
    yield from (one.value for one in branches if isinstance(one, ast.Constant) and isinstance(one.value, str))


def a_change(**values: object) -> Change:
    facts = {"id": 1, "at": datetime(2026, 11, 23, 1, tzinfo=UTC), "action": "enrol", "subject": "enrolment"}
    facts |= {"subject_id": 1, "actor_kind": "staff", "actor_id": 1, "who": "mei", "door": "office", "detail": {}}
    return Change(**{**facts, **values})  # type: ignore[arg-type]  # mixed values


def test_every_action_a_verb_notes_is_said_in_words() -> None:
    found = set(noted())
    assert len(found) > 30
    assert sorted((action, file) for action, file in found if action not in ACTIONS) == []


def test_every_door_an_actor_comes_through_is_said_in_words() -> None:
    from typing import get_args

    from elderlearn.ground.actor import Door

    assert set(get_args(Door)) == set(DOORS)


def test_who_what_and_where_in_both_languages() -> None:
    with speaking("en"):
        assert (what_changed(a_change()), who_changed(a_change()), which_door(a_change())) == (
            "Enrolment asked for",
            "mei",
            "in the office",
        )
        assert who_changed(a_change(who=None, actor_kind="resident")) == "A resident"
        assert what_changed(a_change(action="never_heard_of")) == "never_heard_of"
    with speaking("zh_CN"):
        assert what_changed(a_change()) == "报名"


def test_the_macro_shows_reasons_and_says_when_nothing_happened() -> None:
    draw = environment().from_string(
        '{% from "layout/trail.html" import changes with context %}{{ changes(list) }}'
    )
    with speaking("en"):
        assert "Nothing has been changed yet." in draw.render(list=[])
        text = draw.render(list=[a_change(detail={"reason": "<ill>"})])
    assert "Reason: &lt;ill&gt;" in text
    assert "<strong>Enrolment asked for</strong>" in text
