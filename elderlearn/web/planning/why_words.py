"""What was decided about a request for a seat, as a sentence one can read out on the telephone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from elderlearn.enrolment.queries import Standing
from elderlearn.enrolment.why import Decision
from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.shell import dates
from elderlearn.web.shell.refusals import sentence

REASONS = {
    "not_open": N_("Enrolment had not opened."),
    "closed": N_("Enrolment had ended."),
    "not_offered": N_("Seats of this run were not given out that way."),
    "too_young": N_("The run is for people of %(min_age)s and over, by the age on its first day."),
    "too_old": N_("The run is for people up to %(max_age)s, by the age on its first day."),
    "wrong_place": N_("The run is for people of other places."),
    "limit_reached": N_("She had %(limit)s courses in this term already, which is as many as the term allows."),
    "overlap": N_("She had a seat in another run that meets at the same time."),
    "removed_by_staff": N_("Staff had taken her off this run."),
    "not_your_round": N_("It was not her turn: others could enrol at that time."),
    "no_round_left": N_("The rounds for her were over."),
    "not_first_time": N_("The run is for people who never had a seat there, and she had one."),
    "prerequisite_missing": N_("She had not completed “%(course)s”, which comes first."),
    "signature_needed": N_("From %(from_age)s years on a relative signs first, and no signature was on file."),
    "contact_needed": N_("Nobody to ring in an emergency was written down for her."),
    "health_notice_needed": N_("She had not agreed to the health notice."),
    "line_over": N_("All %(seats)s seats were taken, and the waiting line had ended."),
}
NO_BIRTH_DATE = N_("The run has a lowest age, and her birth date was not written down.")
SHARES = {
    "newcomers": N_("She got one of the seats kept for new people."),
    "desk": N_("She got one of the seats kept for the desk."),
    "own_village": N_("She got one of the seats kept for the same community."),
}
STATES = {
    "seated": N_("She has a seat."),
    "withdrawn": N_("She had a seat or a place in line, and gave it back."),
    "removed": N_("Staff took her off this run."),
    "declined": N_("A seat was offered to her, and she did not want it."),
    "lapsed": N_("No seat came free for her, or she did not answer an offer in time."),
    "in_draw": N_("She takes part in the draw."),
}


def how_she_stands(seat: Standing | None, decisions: Sequence[Decision]) -> str:
    """The answer before the details."""
    if seat is None:
        return _("She did not get in: %(reason)s", reason=how_it_was(decisions[-1]))
    if seat.state == "waiting":
        return _("She is number %(position)s in line. The line is served in its order.", position=seat.position)
    if seat.state == "offered" and seat.offer_until:
        return _("A seat is offered to her until %(moment)s.", moment=dates.when(seat.offer_until))
    return _(STATES[seat.state])


def how_it_was(one: Decision) -> str:
    """What she got, and what decided it."""
    if one.outcome == "refused":
        return _why_refused(one)
    if one.outcome == "seated":
        share = one.facts.get("share")
        if share:
            return _(SHARES[share])
        return _("She got a seat: it was number %(taken)s of %(seats)s.", **_numbers(one, "taken", "seats"))
    said = _(
        "%(taken)s of %(seats)s seats were taken when she asked, so she became number %(place)s in line.",
        **_numbers(one, "taken", "seats", "place"),
    )
    kept = one.facts.get("kept")
    return f"{said} {_('%(kept)s of the seats were kept for others.', kept=kept)}" if kept else said


def _why_refused(one: Decision) -> str:
    if one.facts.get("is_unknown"):
        return _(NO_BIRTH_DATE)
    values = {name: _moment(value) for name, value in one.facts.items()}
    return sentence(Refusal(one.reason, **values), REASONS)


def _moment(value: object) -> object:
    """A moment was kept as text."""
    try:
        return datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return value


def _numbers(one: Decision, *names: str) -> dict[str, object]:
    return {name: one.facts.get(name, "?") for name in names}
