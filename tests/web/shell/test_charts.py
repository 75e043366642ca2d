"""Bars: right lengths, words for everything, nothing unescaped."""

from __future__ import annotations

import re

from elderlearn.locale import speaking
from elderlearn.web.shell.charts import Bar, ranked_bars, share_bar


def widths(drawn: str) -> list[float]:
    return [float(width) for width in re.findall(r'class="bar \w+"[^>]*width="([\d.]+)%"', drawn)]


def test_the_highest_rate_stands_first_and_the_unknown_last() -> None:
    drawn = ranked_bars([Bar("none", None), Bar("low", 0.1), Bar("high", 0.3)], 0.2, title="Rates")
    assert re.findall(r'class="label">(\w+)<', drawn) == ["high", "low", "none"]
    assert widths(drawn) == sorted(widths(drawn), reverse=True)


def test_a_bar_that_reaches_the_target_ends_at_its_line() -> None:
    drawn = ranked_bars([Bar("a", 0.2), Bar("b", 0.4)], 0.2, title="Rates")
    line = float(re.findall(r'class="target" x1="([\d.]+)%"', drawn)[0])
    assert widths(drawn)[1] == line


def test_colour_is_never_alone() -> None:
    with speaking("en"):
        drawn = ranked_bars([Bar("a", 0.1), Bar("b", 0.3), Bar("c", None)], 0.2, title="Rates")
    assert drawn.count("below target") == drawn.count("bar miss") - 1 == 1  # c has no rate, so no verdict
    assert "10.0%" in drawn
    assert "target 20.0%" in drawn


def test_a_running_year_is_never_judged() -> None:
    with speaking("en"):
        drawn = ranked_bars([Bar("a", 0.1), Bar("b", 0.3)], 0.2, title="Rates", is_running=True)
    assert "below target" not in drawn
    assert '<span class="miss"' not in drawn
    assert "target 20.0%" in drawn


def test_what_was_decided_on_persons_stands_whatever_the_rate_rounds_to() -> None:
    with speaking("en"):
        drawn = ranked_bars([Bar("a", 0.2, is_reached=False), Bar("b", 0.2, is_reached=True)], 0.2, title="Rates")
    assert drawn.count("below target") == 1
    assert drawn.count("bar hit") == 1


def test_names_and_links_are_escaped() -> None:
    drawn = ranked_bars([Bar("<b>", 0.1, '/x?a="')], None, title='"><script>')
    assert "<b>" not in drawn
    assert "<script" not in drawn
    assert 'href="/x?a=&#34;"' in drawn


def test_bars_without_anything_to_show_are_still_drawn() -> None:
    assert ranked_bars([], None, title="Rates")
    assert ranked_bars([Bar("a", 0.0)], 0.0, title="Rates")


def test_no_inline_style_under_the_strict_policy() -> None:
    assert "style=" not in ranked_bars([Bar("a", 0.1, "/a")], 0.2, title="Rates") + share_bar(1, 3)


def test_a_share_never_leaves_its_bar() -> None:
    assert 'width="33.3%"' in share_bar(10, 30)
    assert 'width="100.0%"' in share_bar(31, 30)
    assert 'width="0.0%"' in share_bar(0, 0)
