"""An activity today, in three screens: what; when and where; the scanner."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from litestar import Request, Response, get, post

from elderlearn.catalogue.activities import hosts_of, last_activities, venues_around
from elderlearn.catalogue.open_activity import KINDS, NewActivity, open_activity
from elderlearn.catalogue.wording import LONGEST_NAME, normal_title
from elderlearn.checkin.rules import EARLY
from elderlearn.ground.clock import now, today
from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _
from elderlearn.web.leader.clock_fields import begun, filled, lengths, read_times
from elderlearn.web.leader.hers import leader, session_path
from elderlearn.web.leader.refusals import REFUSALS
from elderlearn.web.shell.again import once, send_back, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_sent
from elderlearn.web.shell.page import go, page
from elderlearn.web.shell.refusals import sentence

AnyRequest = Request[Any, Any, Any]
NEW, WHEN = "/lead/activities/new", "/lead/activities/when"
KIND_WORDS = {
    "lecture": N_("Lecture"),
    "activity": N_("Activity, outing, game, film"),
    "meeting": N_("Meeting of a group"),
}


@get("/activities/new")
async def ask_what(request: AnyRequest) -> Response[str]:
    """Screen one; what she led last is one touch."""
    return once(request, await _what(request, typed_before(request)))


@get("/activities/when")
async def ask_when(request: AnyRequest) -> Response[Any]:
    """Screen two, filled for now. What was chosen stands in the address, so that going back loses nothing."""
    form = read_query(request)
    if not form.typed:
        return go(request, NEW)
    await _read_what(request, form)
    if not form.is_good:
        return await _what(request, form, status=422)
    before = typed_before(request)
    form.typed = Form.of(**filled(begun(now()))).typed | before.typed | form.typed
    form.errors = before.errors
    return once(request, await _when(request, form))


@post("/activities")
async def open_today(request: AnyRequest) -> Response[Any]:
    """Screen three is the session itself. Sent twice it is opened once (see the verb)."""
    form = await read_form(request)
    what = await _read_what(request, form)
    if what is None:
        return send_back(request, NEW, form) or await _what(request, form, status=422)
    times = read_times(form)
    venue_id = id_sent(form.value("venue_id"))
    if times is None or not form.is_good:
        return _again(request, form, what)
    organisation_id, title, kind = what
    try:
        opened = await open_activity(
            NewActivity(organisation_id, title, kind, times, venue_id), by=leader(request)
        )
    except Refusal as refusal:
        form.complain("venue_id" if refusal.code == "unknown_venue" else "starts", sentence(refusal, REFUSALS))
        return _again(request, form, what)
    is_on = times.starts_at - EARLY <= now()
    said = (
        _("It is open. Check in whoever comes.") if is_on else _("It is planned. Check-in opens one hour before.")
    )
    return go(request, session_path(opened.session_id, "scan" if is_on else ""), said=said)


def _again(request: AnyRequest, form: Form, what: tuple[int, str, str]) -> Response[Any]:
    """To screen two with what was typed; what was chosen before stands in its address."""
    organisation_id, title, kind = what
    sent = send_back(request, WHEN, form)
    address = f"{WHEN}?{urlencode(_again_at(title, kind, organisation_id))}"
    if sent is None:
        return go(request, address, said=next(iter(form.errors.values())), tone="no")
    sent.headers["Location"] = address
    return sent


def _day(form: Form) -> date:
    """The day that will be kept: the page may stay open over midnight."""
    try:
        return date.fromisoformat(form.value("on"))
    except ValueError:
        return today()


async def _read_what(request: AnyRequest, form: Form) -> tuple[int, str, str] | None:
    title = form.text("title", limit=LONGEST_NAME, need=_("Please write what it is."))
    kind = form.choice("kind", KINDS, need=_("Please choose one of these."))
    organisation_id = id_sent(form.value("organisation_id"))
    if organisation_id not in {one.id for one in await hosts_of(signed_in(request).id)}:
        form.complain("organisation_id", _("Please choose one of these."))
    try:
        title = normal_title(title) if title else title
    except Refusal as refusal:
        form.complain("title", sentence(refusal, REFUSALS))
    if not form.is_good or kind is None or organisation_id is None:
        return None
    return organisation_id, title, kind


async def _what(request: AnyRequest, form: Form, *, status: int = 200) -> Response[str]:
    staff_id = signed_in(request).id
    hosts = await hosts_of(staff_id)
    form.typed.setdefault("kind", ["activity"])
    if len(hosts) == 1:
        form.typed["organisation_id"] = [str(hosts[0].id)]
        form.errors.pop("organisation_id", None)
    elif hosts:
        form.typed.setdefault("organisation_id", [str(hosts[0].id)])
    return page(
        request,
        "leader/activities/what.html",
        status=status,
        form=form,
        hosts=hosts,
        kinds=[(kind, _(words)) for kind, words in KIND_WORDS.items()],
        suggestions=[
            (one, _(KIND_WORDS[one.kind]), urlencode(_again_at(one.title, one.kind, one.organisation_id)))
            for one in await last_activities(staff_id)
        ],
    )


def _again_at(title: str, kind: str, organisation_id: int) -> dict[str, object]:
    return {"title": title, "kind": kind, "organisation_id": organisation_id}


async def _when(request: AnyRequest, form: Form, *, status: int = 200) -> Response[str]:
    organisation_id = int(form.value("organisation_id"))
    hosts = {one.id: one for one in await hosts_of(signed_in(request).id)}
    return page(
        request,
        "leader/activities/when.html",
        status=status,
        form=form,
        host=hosts[organisation_id],
        kind=_(KIND_WORDS[form.value("kind")]),
        day=_day(form),
        lengths=lengths(),
        venues=await venues_around(organisation_id),
        back=urlencode(_again_at(form.value("title"), form.value("kind"), organisation_id)),
    )
