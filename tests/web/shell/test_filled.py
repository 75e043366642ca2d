"""A page that was drawn is filled in again as the browser had it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from elderlearn.web.shell.filled import filled, with_typing

PAGE = """<form method="get" action="/a"><input name="words" value=""></form>
<details class="x"><summary>s</summary>
<form method="post" action="/b"><input type="hidden" name="_csrf_token" value="T">
<input type="hidden" name="version" value="3">
<input id="f" name="words" type="search" value="old" maxlength="60"><input name="words" value="">
<input type="password" name="pin" value=""><input type="file" name="file">
<label><input type="checkbox" name="day" value="1" checked><span>1</span></label>
<input type="checkbox" name="day" value="2"><input type="radio" name="home" value="a&amp;b">
<select name="kind"><option value="">-</option><option value="x" selected>x</option>
<option value="y">y</option></select>
<textarea name="text" rows="4">
before</textarea></form></details>
<form method="post" action="/c"><input name="words" value=""></form>"""
TYPED = {
    "words": ["<b>\"'&", "second"], "pin": ["1234"], "file": ["f"], "version": ["1"], "day": ["2"],
    "home": ["a&b"], "kind": ["y"], "text": ["new\n</textarea>"], "_csrf_token": ["old"],
}  # fmt: skip


def test_every_kind_of_field_gets_its_value_and_nothing_hidden_does() -> None:
    page = filled(PAGE, "/b", TYPED) or ""
    assert (
        'maxlength="60" value="&lt;b&gt;&quot;&#x27;&amp;">' in page
        and '<input name="words" value="second">' in page
    )
    assert 'value="1"><span>' in page and 'name="day" value="2" checked>' in page
    assert 'value="a&amp;b" checked>' in page and '<option value="y" selected>' in page
    assert '<option value="x">' in page and "\nnew\n&lt;/textarea&gt;</textarea>" in page
    assert 'name="version" value="3"' in page and 'value="T"' in page and 'name="pin" value=""' in page
    assert '<details open class="x">' in page
    assert page.startswith(PAGE[:60]) and page.endswith(PAGE[-60:])  # the other forms stay as they were


def test_the_form_is_known_by_its_address_or_by_its_fields() -> None:
    assert '<form method="post" action="/c"><input name="words" value="x">' in (
        filled(PAGE, "/c", {"words": ["x"]}) or ""
    )
    assert 'value="x" maxlength' not in (filled(PAGE, "/c", {"words": ["x"]}) or "")
    assert "\nlong</textarea>" in (filled(PAGE, "", {"words": ["x"], "text": ["long"]}) or "")
    assert filled(PAGE, "/b", {"version": ["9"], "other": ["x"]}) is None


def test_the_first_form_to_type_into_goes_along_with_the_choices_at_the_foot() -> None:
    assert '<form id="typing" method="post" action="/b">' in with_typing(PAGE)
    assert with_typing(PAGE).count('id="typing"') == 1
    upload = (
        '<form method="post" enctype="multipart/form-data"><input type="file" name="f"><input name="n"></form>'
    )
    assert with_typing(upload) == upload


@given(st.text(max_size=40))
def test_whatever_was_typed_stays_text(typed: str) -> None:
    page = filled(PAGE, "/b", {"words": [typed], "text": [typed]}) or ""
    assert page.count("<") == PAGE.count("<") and page.count('"') == PAGE.count('"')


def test_only_the_folded_part_that_holds_something_typed_is_opened() -> None:
    field = '<input type="radio" name="home" value="{0}"><input name="more" value="">'
    fold = "<details><summary>{0}</summary>" + field + "</details>"
    page = f'<form method="post" action="/b">{fold.format("one")}{fold.format("two")}{fold.format("three")}</form>'
    shown = filled(page, "/b", {"home": ["two"], "more": ["", "", "word"]}) or ""
    assert "<details><summary>one" in shown
    assert "<details open><summary>two" in shown and "<details open><summary>three" in shown
