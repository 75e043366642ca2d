"""Pure: the first line of a report: the rate, the target, and what lies between them, in persons."""

from __future__ import annotations

from markupsafe import Markup, escape

from elderlearn.locale import _
from elderlearn.participation.lines import RatesLine
from elderlearn.participation.rules import persons_missing
from elderlearn.web.shell.numbers import percent, points, thousands

STRONG = Markup("<strong>{}</strong>")
HIT, MISS = Markup('<span class="hit">{}</span>'), Markup('<span class="miss">{}</span>')


def sentence_of(total: RatesLine, per_mille: int | None, *, is_running: bool) -> Markup:
    """A year that still runs is never judged: it says how many persons are to come."""
    if total.elders == 0:
        said = _("%(regulars)s people take part regularly. 0 elders are written down here, so there is no rate.")
        return _say(said, regulars=STRONG.format(thousands(total.regulars)))
    if not total.elders:
        return _say(
            _(
                "%(regulars)s people take part regularly. How many elders live here is not filled in, "
                "so there is no rate."
            ),
            regulars=STRONG.format(thousands(total.regulars)),
        )
    share = total.regulars / total.elders
    said = _so_far() if is_running else _("%(rate)s of the elders take part regularly.")
    rate = _say(said, rate=STRONG.format(percent(share)))
    missing = persons_missing(total.regulars, total.elders, per_mille)
    if per_mille is None or missing is None:
        return rate
    goal = _goal(missing, share, per_mille, is_running=is_running)
    return _say(_("%(first)s %(second)s"), first=rate, second=goal)


def _so_far() -> str:
    return _("%(rate)s of the elders take part regularly so far.")


def _goal(missing: int, share: float, per_mille: int, *, is_running: bool) -> Markup:
    target, away = percent(per_mille / 1000), points(share - per_mille / 1000)
    if missing == 0:
        return HIT.format(_("The target of %(target)s is reached (%(away)s points).", target=target, away=away))
    persons = thousands(missing)
    if is_running:
        said = _("Still %(persons)s to go to the target of %(target)s.", persons=persons, target=target)
        return escape(said)
    said = _("The target of %(target)s was missed by %(persons)s persons (%(away)s points).",
             target=target, persons=persons, away=away)  # fmt: skip
    return MISS.format(said)


def _say(sentence: str, **values: Markup) -> Markup:
    return escape(sentence) % values
