"""The picture of a code."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from elderlearn.checkin.picture import code_svg
from elderlearn.people.codes import card_url

CODE = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


def test_a_host_of_24_letters_stays_within_version_4() -> None:
    drawn = code_svg(card_url(CODE, "https://" + "h" * 24), said="code")
    assert 'viewBox="0 0 41 41"' in drawn  # 33 modules of version 4 and 4 white ones on each side


def test_the_picture_says_in_words_what_it_is() -> None:
    root = ElementTree.fromstring(code_svg("HTTP://A/C/X", said='the "code" of <Wang>'))
    assert root.get("role") == "img"
    assert root.get("aria-label") == 'the "code" of <Wang>'


def test_the_picture_is_black_on_its_own_white_ground_and_has_no_inline_style_or_id() -> None:
    drawn = code_svg("HTTP://A/C/X", said="code")
    assert 'fill="white"' in drawn and 'fill="#000000"' in drawn
    assert not re.search(r"\b(style|id)=", drawn)


def test_another_code_gives_another_picture_and_the_same_code_the_same() -> None:
    first = code_svg("HTTP://A/C/X", said="code")
    assert first == code_svg("HTTP://A/C/X", said="code")
    assert first != code_svg("HTTP://A/C/Y", said="code")


def test_a_text_that_does_not_fit_capitals_is_refused() -> None:
    with pytest.raises(ValueError, match="can not be represented"):
        code_svg("http://a/c/x", said="code")
