"""Who may enrol when, and what is asked of them: three usual ways and the rules besides, read from a form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from elderlearn.catalogue.conditions import Conditions
from elderlearn.catalogue.new_run import MOST_SEATS, OLDEST
from elderlearn.catalogue.rounds import Round, some_first
from elderlearn.catalogue.run_rules import NO_RULES, RunRules
from elderlearn.enrolment.shares import WantedShare
from elderlearn.locale import N_, _
from elderlearn.web.planning.moments import clock, moment, typed_clock, typed_day
from elderlearn.web.planning.words import options
from elderlearn.web.shell.forms import Form

WAYS = {
    "everyone": N_("Everyone, first come"),
    "first": N_("Returning first: some may enrol before the others"),
    "reserved": N_("Reserved seats: for newcomers, the desk, or the own village"),
}
FIRST_FOR = {
    "returning": N_("Those who had a seat here in the last two years"),
    "newcomers": N_("Those who never had a seat here"),
    "own_village": N_("People from the same community"),
    "own_town": N_("People from the same town or street"),
}
KEPT_FOR = {"newcomers": "newcomer_seats", "desk": "desk_seats", "own_village": "village_seats"}
AS_NOW = "as_now"
RULES = ("women_from", "men_from", "signature_from")
TICKS = ("first_time_only", "needs_contact", "needs_health_notice")


@dataclass(frozen=True)
class Giving:
    """What was chosen; `rounds` none when rounds and shares of now stay."""

    rounds: tuple[Round, ...] | None
    shares: tuple[WantedShare, ...]
    rules: RunRules
    prerequisite: str


NOTHING_GIVEN = Giving((), (), NO_RULES, "")


def is_asked(form: Form) -> bool:
    """Something stands in the folded part, so it is shown unfolded."""
    return any(form.value(name) for name in (*RULES, *TICKS, "prerequisite"))


def offered(courses: Sequence[tuple[str, str]], *, as_now: bool = False) -> dict[str, object]:
    """What can be chosen; `as_now` when the run has rounds of another shape."""
    ways = options(WAYS) + ([(AS_NOW, _("As it is now"))] if as_now else [])
    return {"ways": ways, "first_for": options(FIRST_FOR), "courses": list(courses)}


def read_giving(
    form: Form,
    opens_at: datetime | None,
    closes_at: datetime | None,
    courses: Sequence[tuple[str, str]],
    seats: int | None,
) -> Giving:
    """With all complaints. Where the window itself cannot be read its own complaint is enough."""
    way = form.value("giving") or "everyone"
    rounds: tuple[Round, ...] | None = ()
    shares: tuple[WantedShare, ...] = ()
    if way == AS_NOW:
        rounds = None
    elif way == "first":
        rounds = _read_first(form, opens_at, closes_at)
    elif way == "reserved":
        shares = _read_shares(form, opens_at, closes_at, seats)
    elif way not in WAYS:
        form.complain("giving", _("Please choose one of these."))
    titles = dict(courses)
    before = form.value("prerequisite") if form.value("prerequisite") in titles else ""
    ages = {name: form.number(name, low=0, high=OLDEST) for name in RULES}
    ticks = {name: form.ticked(name) for name in TICKS}
    rules = RunRules(**ages, **ticks, prerequisite_id=int(before) if before else None)  # type: ignore[arg-type]
    return Giving(rounds, shares, rules, titles.get(before, ""))


def _read_first(form: Form, opens_at: datetime | None, closes_at: datetime | None) -> tuple[Round, ...]:
    audience = form.choice("first_for", FIRST_FOR, need=_("Please choose who may enrol first."))
    everyone_at = _moment(form, "everyone", _("Please write from when everyone may enrol."))
    if not (audience and everyone_at and opens_at and closes_at) or closes_at <= opens_at:
        return ()
    if not opens_at < everyone_at < closes_at:
        form.complain("everyone_on", _("This must lie between the first and the last moment of enrolment."))
        return ()
    return some_first(audience, opens_at, everyone_at, closes_at)


def _read_shares(
    form: Form, opens_at: datetime | None, closes_at: datetime | None, seats: int | None
) -> tuple[WantedShare, ...]:
    kept = {audience: form.number(field, low=0, high=MOST_SEATS) for audience, field in KEPT_FOR.items()}
    until = _moment(form, "falls_back", _("Please write until when these seats are kept."))
    if not any(kept.values()) and form.errors.keys().isdisjoint(KEPT_FOR.values()):
        form.complain("newcomer_seats", _("Please write how many seats are kept, in one of these at least."))
    if seats is not None and sum(one or 0 for one in kept.values()) > seats:
        form.complain("desk_seats", _("There are only %(seats)s seats in all.", seats=seats))
    if until and opens_at and closes_at and opens_at < closes_at and not opens_at < until <= closes_at:
        form.complain("falls_back_on", _("This must lie between the first and the last moment of enrolment."))
    if until is None:
        return ()
    return tuple(WantedShare(audience, number, until) for audience, number in kept.items() if number)


def _moment(form: Form, name: str, need: str) -> datetime | None:
    on, at = form.day(f"{name}_on", need=need), clock(form, name, need=need)
    return moment(on, at) if on and at else None


def filled(conditions: Conditions, shares: Sequence[WantedShare]) -> dict[str, object]:
    """For the form, as the run is now."""
    rules, rounds = conditions.rules, conditions.rounds
    values: dict[str, object] = {name: getattr(rules, name) for name in RULES}
    values |= {name: "yes" if getattr(rules, name) else "" for name in TICKS}
    values["prerequisite"] = rules.prerequisite_id
    values["giving"] = way_of(conditions, shares)
    if values["giving"] == "first":
        at = rounds[1].opens_at
        values |= {"first_for": rounds[0].audience, "everyone_on": typed_day(at), "everyone": typed_clock(at)}
    kept = {one.audience: one.seats for one in shares}
    if shares:
        values |= {field: kept.get(audience) for audience, field in KEPT_FOR.items()}
        at = shares[0].falls_back_at
        values |= {"falls_back_on": typed_day(at), "falls_back": typed_clock(at)}
    return values


def way_of(conditions: Conditions, shares: Sequence[WantedShare]) -> str:
    """Which of the three ways it is; AS_NOW for rounds the form cannot show."""
    rounds = conditions.rounds
    if not rounds and not shares:
        return "everyone"
    if not rounds:
        usual = all(one.audience in KEPT_FOR for one in shares)
        return "reserved" if usual and len({one.falls_back_at for one in shares}) == 1 else AS_NOW
    is_first = (
        len(rounds) == 2
        and rounds[0].audience in FIRST_FOR
        and rounds[1].audience == "everyone"
        and rounds[0].closes_at == rounds[1].opens_at
    )
    return "first" if is_first and not shares else AS_NOW
