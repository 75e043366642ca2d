"""Who may enrol when, and how seats are given: the same words on the form that plans it and on the public page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.conditions import Conditions, conditions_of
from elderlearn.catalogue.queries import RunCard
from elderlearn.catalogue.rounds import Round
from elderlearn.catalogue.run_rules import RunRules
from elderlearn.enrolment.share_queries import kept_shares
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.clock import now
from elderlearn.locale import N_, _, ngettext, spoken
from elderlearn.web.shell.dates import when

WHO = {
    "everyone": N_("everybody"),
    "returning": N_("people who had a seat here in the last two years"),
    "newcomers": N_("people who never had a seat here"),
    "own_village": N_("people from the same community"),
    "own_town": N_("people from the same town or street"),
}
UNTIL = N_("Until %(closes)s, %(who)s may enrol.")
KEPT = {
    "newcomers": N_("people who never had a seat here"),
    "desk": N_("people who enrol at the desk, by telephone or on paper"),
    "own_village": N_("people from the same community"),
}


@dataclass(frozen=True)
class WhoMay:
    """`sentence` says when and how, `asks` what is asked besides."""

    sentence: str
    asks: tuple[str, ...] = ()


def who_may(
    opens_at: datetime, closes_at: datetime, conditions: Conditions, shares: Sequence[WantedShare] = ()
) -> WhoMay:
    """In the language now spoken; days near today are said as such, rounds that are over not at all."""
    rounds = conditions.rounds or (Round("everyone", "everyone", opens_at, closes_at),)
    rounds = tuple(one for one in rounds if one.closes_at > now()) or rounds
    said = [_said(one, rounds[no + 1 : no + 2]) for no, one in enumerate(rounds)]
    moments = dict.fromkeys(one.falls_back_at for one in shares)
    said += [_kept([one for one in shares if one.falls_back_at == until]) for until in moments]
    said.append(_("Whoever asks first gets a seat; when all are taken, one waits in line."))
    return WhoMay(("" if spoken() == "zh_CN" else " ").join(said), tuple(_asks(conditions)))


async def who_may_enrol(run: RunCard) -> WhoMay | None:
    """Of a run that is there; none where nobody enrols."""
    if run.entry != "enrol" or run.opens_at is None or run.closes_at is None:
        return None
    return who_may(run.opens_at, run.closes_at, await conditions_of(run.id), await kept_shares(run.id))


def _said(one: Round, following: Sequence[Round]) -> str:
    values = {"who": _(WHO[one.audience]), "opens": when(one.opens_at), "closes": when(one.closes_at)}
    is_now, goes_on = one.opens_at <= now(), bool(following and following[0].opens_at == one.closes_at)
    if is_now:
        return _("Now %(who)s may enrol.", **values) if goes_on else _(UNTIL, **values)
    if goes_on:
        return _("From %(opens)s, %(who)s may enrol.", **values)
    return _("From %(opens)s until %(closes)s, %(who)s may enrol.", **values)


def _kept(shares: Sequence[WantedShare]) -> str:
    """Those that end at one moment, which is said once."""
    until, (first, *others) = when(shares[0].falls_back_at), shares
    if others:
        parts = [_("%(n)s for %(who)s", n=one.seats, who=_(KEPT[one.audience])) for one in shares]
        return _("Until %(until)s, seats are kept: %(parts)s.", until=until, parts=_("; ").join(parts))
    return ngettext(
        "Until %(until)s, %(n)s seat is kept for %(who)s.",
        "Until %(until)s, %(n)s seats are kept for %(who)s.",
        first.seats,
        until=until,
        who=_(KEPT[first.audience]),
    )


def _asks(conditions: Conditions) -> list[str]:
    rules = conditions.rules
    found = _ages(rules)
    if rules.first_time_only:
        found.append(_("Only for people who never had a seat here."))
    if conditions.prerequisite:
        found.append(_("For people who have completed “%(course)s”.", course=conditions.prerequisite))
    if rules.signature_from is not None:
        found.append(
            _("From %(age)s years on, a relative signs a paper at the desk first.", age=rules.signature_from)
        )
    if rules.needs_contact:
        found.append(_("We ask whom to ring in an emergency."))
    if rules.needs_health_notice:
        found.append(_("You read a notice about your health and agree to it."))
    return found


def _ages(rules: RunRules) -> list[str]:
    women, men = rules.women_from, rules.men_from
    if women is not None and men is not None:
        return [_("For women from %(women)s and men from %(men)s years.", women=women, men=men)]
    if women is not None:
        return [_("Women from %(women)s years.", women=women)]
    return [_("Men from %(men)s years.", men=men)] if men is not None else []
