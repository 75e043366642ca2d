"""The line through the months: right heights, words at the ends of their lines, nothing unescaped."""

from __future__ import annotations

import re

from elderlearn.web.shell.lines import HIGH, WIDE, Curve, month_line

MONTHS = [str(one) for one in range(1, 13)]
NOW = Curve([(0, 0), (0.5, 50), (0.75, 100)], "now 100")
BEFORE = Curve([(0, 0), (0.5, 80), (1, 90)], "then 90")


def points(drawn: str, kind: str) -> list[tuple[float, float]]:
    [found] = re.findall(rf'<polyline class="{kind}" points="([^"]+)"', drawn)
    return [(float(x), float(y)) for x, y in (one.split(",") for one in found.split())]


def test_twice_the_figure_stands_twice_as_high_and_time_runs_to_the_right() -> None:
    drawn = month_line(NOW, BEFORE, None, MONTHS, title="Regulars")
    (x0, y0), (x1, y1), (x2, y2) = points(drawn, "now")
    assert (x0, x1, x2) == (0, WIDE / 2, WIDE * 3 / 4)
    assert round((y0 - y2) / (y0 - y1), 2) == 2
    assert 0 < y2 < y1 < y0 < HIGH


def test_a_line_that_reaches_the_target_ends_at_its_height() -> None:
    drawn = month_line(NOW, None, (100, "target: 100"), MONTHS, title="Regulars")
    [height] = re.findall(r'class="target"[^>]* y1="([\d.]+)"', drawn)
    assert float(height) == points(drawn, "now")[-1][1]
    assert "target: 100" in drawn and '"then"' not in drawn


def test_the_words_of_two_lines_stand_on_different_sides() -> None:
    drawn = month_line(NOW, BEFORE, None, MONTHS, title="Regulars")
    sides = dict(re.findall(r'<text class="(now|then)"[^>]* dy="(-?)', drawn))
    assert sides["now"] != sides["then"]


def test_words_are_escaped_and_a_reader_hears_the_title() -> None:
    drawn = month_line(Curve([(0, 0), (1, 0)], "<b>"), None, None, ["<i>"], title='a "title" <x>')
    assert "<b>" not in drawn and "<i>" not in drawn and "<x>" not in drawn
    assert 'role="img"' in drawn and "a &#34;title&#34;" in drawn


def test_words_just_below_the_target_stand_above_its_line() -> None:
    drawn = month_line(NOW, None, (105, "target: 105"), MONTHS, title="Regulars")
    heights = dict(re.findall(r'<text class="(now|goalname)" x="[^"]+" y="([\d.]+)%"', drawn))
    assert heights["now"] == heights["goalname"]
