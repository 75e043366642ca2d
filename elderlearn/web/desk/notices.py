"""What was sent to the people of a place, what did not arrive, and whom somebody has to call."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from litestar import Response, get, post
from litestar.params import FromPath

from elderlearn.ground.errors import Refusal
from elderlearn.locale import N_, _, spoken
from elderlearn.notices.settle import settle
from elderlearn.notices.wording import SECRET, SENTENCES, worded
from elderlearn.people.notice_list import NOT_REACHED, STATES, SentNotice, notice_within, notices_of
from elderlearn.people.numbers import see_phones
from elderlearn.places.queries import place_by_id
from elderlearn.web.desk.person_forms import complain
from elderlearn.web.desk.reach import able, by, place_and_district
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.ids import BIGGEST_ID, id_in_address
from elderlearn.web.shell.page import AnyRequest, go, page
from elderlearn.web.shell.shown_once import go_and_show, shown, to_show

A_PAGE, A_LIST = 25, 300
CALLS = "/desk/notices/calls"
SHOWN = {
    "look": (N_("Not arrived"), NOT_REACHED),
    "wait": (N_("Waiting to be sent"), ("due", "claimed")),
    "sent": (N_("Sent"), ("sent", "by_carer")),
    "all": (N_("All messages"), STATES),
}
WHEN_SENT = N_("A message goes out when a seat is given, and when a course changes or is called off.")
NOTHING = {
    "look": (N_("Everything arrived"), N_("Here stands what could not be sent, and who has no telephone.")),
    "wait": (N_("Nothing waits"), N_("Messages go out within a minute; when the line is broken they wait here.")),
    "sent": (N_("Nothing was sent yet"), WHEN_SENT),
    "all": (N_("No messages yet"), WHEN_SENT),
}
STATES_SAID = {
    "due": N_("Waiting to be sent"),
    "claimed": N_("Being sent"),
    "sent": N_("Sent"),
    "unknown": N_("Nobody knows whether it arrived"),
    "failed": N_("Could not be sent"),
    "unreachable": N_("No telephone: please tell her"),
    "by_carer": N_("No telephone: her carer has it"),
    "cancelled": N_("Given up: died or moved away"),
}
KINDS_SAID = {
    "sign_in_code": N_("Sign-in code"),
    "seated": N_("A seat"),
    "waiting": N_("A place in line"),
    "promoted": N_("A seat came free"),
    "withdrawn": N_("Left a course"),
    "session_called_off": N_("Called off"),
    "session_changed": N_("Changed"),
    "session_restored": N_("Takes place after all"),
    "run_changed": N_("Course changed"),
    "removed": N_("Taken off a course"),
    "care_code": N_("Digits for a carer"),
    "couple_code": N_("Digits for two who enrol as one"),
    "care_begun": N_("Carer from now on"),
    "care_ended": N_("No carer any more"),
    "care_ended_for": N_("No longer a carer"),
    "join_accepted": N_("Taken into a society"),
    "join_declined": N_("Not taken into a society now"),
    "society_ended": N_("The society has ended"),
    "invitation": N_("An invitation"),
    "scans_unclear": N_("Unclear scans"),
}
TONES = {"sent": "done", "by_carer": "done", "cancelled": "plain", "due": "plain", "claimed": "plain"} | {
    "unreachable": "wait"
}


@dataclass(frozen=True)
class Message:
    """One line: whom, what in words (never a sign-in code), how it stands."""

    notice: SentNotice
    text: str
    state_said: str
    tone: str
    may_send_again: bool


@dataclass(frozen=True)
class CallGroup:
    """All who have to be told the same; `numbers` by resident when they were asked for with a reason."""

    text: str
    notices: list[SentNotice]


@get("/notices")
async def list_notices(request: AnyRequest) -> Response[Any]:
    """The latest first; at first what did not arrive."""
    place_id, district_id = place_and_district(request, "read_notices")
    form = read_query(request)
    shown = form.value("show") if form.value("show") in SHOWN else "look"
    kind = form.value("kind") if form.value("kind") in SENTENCES else ""
    found = await notices_of(
        place_id, district_id, states=SHOWN[shown][1], kind=kind,
        before_id=form.number("before", low=1, high=BIGGEST_ID), limit=A_PAGE + 1,
    )  # fmt: skip
    more = f"&before={found[A_PAGE - 1].id}" if len(found) > A_PAGE else ""
    address = f"/desk/notices?show={shown}&kind={kind}"
    return page(
        request,
        "desk/notices/list.html",
        form=form,
        messages=[message(one) for one in found[:A_PAGE]],
        chips=[(_(said), f"/desk/notices?show={one}", one == shown) for one, (said, _states) in SHOWN.items()],
        shown=shown,
        nothing=[_(one) for one in NOTHING[shown]],
        kinds=[(one, _(KINDS_SAID[one])) for one in SENTENCES if one in KINDS_SAID],
        later=address + more if more else "",
        earlier=address if form.value("before") else "",
        may_settle=able(request, "change_resident"),
        may_take=able(request, "read_lists"),
        place=await place_by_id(place_id),
    )


@post("/notices/{notice_id:int}/settlement", status_code=200)
async def settle_notice(request: AnyRequest, notice_id: FromPath[int]) -> Response[Any]:
    """Send it once more, or take it as told by telephone."""
    place_id, district_id = place_and_district(request, "change_resident")
    found = await notice_within(id_in_address(notice_id), place_id, district_id)
    again = (await read_form(request)).value("how") == "again"
    await settle(found.id, send_again=again, by=by(request))
    said = _("It is sent once more.") if again else _("Noted: she has been told.")
    return go(request, "/desk/notices", said=said)


@get("/notices/calls")
async def show_calls(request: AnyRequest) -> Response[Any]:
    """Whom to tell what, one list for each change; numbers masked, but for those just asked for, this once."""
    form = typed_before(request)
    form.typed |= read_query(request).typed
    numbers = {int(one): number for one, number in to_show(request, CALLS).get("numbers", {}).items()}
    return shown(request, once(request, await _calls(request, form, numbers)), CALLS)


@post("/notices/calls", status_code=200)
async def show_calls_with_numbers(request: AnyRequest) -> Response[Any]:
    """To the same with the full numbers, to be printed; each look stays in the trail with its reason."""
    place_and_district(request, "see_numbers")
    form = await read_form(request)
    place_id, district_id = place_and_district(request, "read_notices")
    listed = (await _to_call(form, place_id, district_id))[:A_LIST]
    people = {one.resident_id for one in listed if one.resident_id is not None}
    query = f"?before={before}" if (before := form.number("before", low=1, high=BIGGEST_ID)) else ""
    try:
        numbers = await see_phones(people, reason=form.text("reason"), by=by(request))
    except Refusal as refusal:
        complain(form, refusal, "reason")
        return send_back(request, CALLS, form, query) or await _calls(request, form, {})
    return go_and_show(request, CALLS + query, {"numbers": numbers})


async def _calls(request: AnyRequest, form: Form, numbers: Mapping[int, str]) -> Response[Any]:
    place_id, district_id = place_and_district(request, "read_notices")
    groups: dict[str, list[SentNotice]] = defaultdict(list)
    found = await _to_call(form, place_id, district_id)
    for one in found[:A_LIST]:
        groups[_text(one)].append(one)
    return page(
        request,
        "desk/notices/calls.html",
        status=status_of(request, form),
        form=form,
        groups=[CallGroup(text, those) for text, those in groups.items()],
        numbers=numbers,
        may_see=able(request, "see_numbers"),
        before=form.value("before"),
        later=f"/desk/notices/calls?before={found[A_LIST - 1].id}" if len(found) > A_LIST else "",
        earlier="/desk/notices/calls" if form.value("before") else "",
        place=await place_by_id(place_id),
    )


async def _to_call(form: Form, place_id: int, district_id: int) -> list[SentNotice]:
    """A sheet of them and one more, if there is one. Nobody is called about a sign-in code, so nobody's number
    is looked at for one."""
    before = form.number("before", low=1, high=BIGGEST_ID)
    return await notices_of(
        place_id, district_id, states=NOT_REACHED, without=SECRET, only_residents=True, before_id=before,
        limit=A_LIST + 1,
    )  # fmt: skip


def message(one: SentNotice) -> Message:
    """In the language now spoken."""
    return Message(
        one, _text(one), _(STATES_SAID[one.state]), TONES.get(one.state, "no"),
        may_send_again=one.state in ("unknown", "failed") and one.kind not in SECRET,
    )  # fmt: skip


def _text(one: SentNotice) -> str:
    """What it says, in the language now spoken; a sign-in code is nobody's business."""
    if one.kind in SECRET:
        return _(KINDS_SAID[one.kind])
    try:
        return worded(one.kind, one.values, spoken())
    except ValueError:
        return _(KINDS_SAID.get(one.kind, one.kind))
