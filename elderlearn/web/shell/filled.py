"""Pure: a drawn page with a form filled in again, as the browser would have it; works on HTML that we wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

FORM = re.compile(r"<form\b([^>]*)>(.*?)</form>", re.DOTALL)
INPUT = re.compile(r"<input\b[^>]*>")
TEXTAREA = re.compile(r"(<textarea\b[^>]*>)(.*?)(?=</textarea>)", re.DOTALL)
SELECT = re.compile(r"(<select\b[^>]*>)(.*?)(?=</select>)", re.DOTALL)
OPTION = re.compile(r"<option\b[^>]*>")
DETAILS = re.compile(r"<details\b[^>]*>.*?</details>", re.DOTALL)
ATTRIBUTE = re.compile(r'\s([a-z-]+)(?:="([^"]*)")?')
UNSEEN = ("hidden", "submit", "button", "file", "password", "image", "reset")
TYPING = "typing"
Typed = Mapping[str, list[str]]


def filled(html: str, action: str, typed: Typed) -> str | None:
    """The page with `typed` in the form that was sent to `action`, else the one with the most of its fields.

    None when no form on it has a field of these names. Hidden fields, files and passwords stay as they are.
    """
    best, most = None, (0, False)
    for found in FORM.finditer(html):
        about = _attributes(found[1])
        if about.get("method") != "post" or about.get("id") == "reading":
            continue
        shared = len(_names(found[2]) & typed.keys())
        if shared and (shared, about.get("action") == action) > most:
            best, most = found, (shared, about.get("action") == action)
    if best is None:
        return None
    before = _opened(html[: best.start(2)])
    return before + _fill(best[2], {name: list(values) for name, values in typed.items()}) + html[best.end(2) :]


def with_typing(html: str) -> str:
    """The first form to type into gets the id that the buttons at the foot of the page send along (`form=`).

    So what was typed goes with a choice of size or language, also without JavaScript.
    """
    for found in FORM.finditer(html):
        about = _attributes(found[1])
        if about.get("method") == "post" and "id" not in about and "enctype" not in about and _names(found[2]):
            return html[: found.start(1)] + f' id="{TYPING}"' + html[found.start(1) :]
    return html


def _names(inner: str) -> set[str]:
    fields = [*INPUT.findall(inner), *(one[0] for one in TEXTAREA.findall(inner) + SELECT.findall(inner))]
    abouts = [_attributes(one) for one in fields]
    return {one["name"] for one in abouts if one.get("name") and one.get("type") not in UNSEEN}


def _fill(inner: str, left: dict[str, list[str]]) -> str:
    """In the order of the page: several fields of one name get their values one after another."""

    def next_of(name: str) -> str | None:
        return left[name].pop(0) if left.get(name) else None

    def put_input(found: re.Match[str]) -> str:
        tag, about = found[0], _attributes(found[0])
        name, kind = about.get("name", ""), about.get("type", "text")
        if kind in UNSEEN or not name:
            return tag
        if kind in ("checkbox", "radio"):
            return _marked(tag, "checked", about.get("value", "on") in left.get(name, []))
        value = next_of(name)
        return tag if value is None else re.sub(r' value="[^"]*"', "", tag)[:-1] + f' value="{escape(value)}">'

    def put_text(found: re.Match[str]) -> str:
        value = next_of(_attributes(found[1]).get("name", ""))
        return found[0] if value is None else f"{found[1]}\n{escape(value)}"

    def put_choice(found: re.Match[str]) -> str:
        chosen = left.get(_attributes(found[1]).get("name", ""))
        if chosen is None:
            return found[0]
        pick = lambda one: _marked(one[0], "selected", _attributes(one[0]).get("value", "") in chosen)  # noqa: E731
        return found[1] + OPTION.sub(pick, found[2])

    return _opened_where_changed(
        inner, SELECT.sub(put_choice, TEXTAREA.sub(put_text, INPUT.sub(put_input, inner)))
    )


def _marked(tag: str, mark: str, is_so: bool) -> str:
    bare = re.sub(rf"\s{mark}(?:=\"[^\"]*\")?(?=[\s>])", "", tag)
    return f"{bare[:-1]} {mark}>" if is_so else bare


def _opened_where_changed(before: str, after: str) -> str:
    """What was typed inside a closed <details> is seen; the other ones stay closed, a page of them is long."""
    drawn = iter(DETAILS.findall(before))

    def open_it(found: re.Match[str]) -> str:
        is_shut = not re.match(r"<details[^>]*\sopen", found[0])
        changed = _state(next(drawn)) != _state(found[0])
        return "<details open" + found[0][len("<details") :] if is_shut and changed else found[0]

    return DETAILS.sub(open_it, after)


def _state(inner: str) -> list[object]:
    """What the fields in it hold; an empty value is as good as none."""
    fields = [_attributes(one) for one in INPUT.findall(inner)]
    texts = [one.strip() for _, one in TEXTAREA.findall(inner) + SELECT.findall(inner)]
    return [{name: value for name, value in one.items() if value or name != "value"} for one in fields] + texts


def _opened(before: str) -> str:
    """A form inside a closed <details> is opened with it."""
    at = before.rfind("<details")
    is_inside = at >= 0 and "</details>" not in before[at:] and not before[at:].startswith("<details open")
    return before[:at] + "<details open" + before[at + len("<details") :] if is_inside else before


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in ATTRIBUTE.findall(tag)}
