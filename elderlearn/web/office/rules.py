"""The rule of a regular: the one in force, another one proposed and looked at, and who approved which."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.locale import _
from elderlearn.participation.approve_rule import approve_rule
from elderlearn.participation.propose_rule import propose_rule, withdraw_rule
from elderlearn.participation.rule_parameters import differences
from elderlearn.participation.rule_preview import count_preview
from elderlearn.participation.rule_queries import RuleVersion, parameters_in_force, rule_version, rule_versions
from elderlearn.people.roles import may
from elderlearn.web.office.rule_form import CHOICES, form_of, read_parameters
from elderlearn.web.office.rule_words import STATES, WHAT, complain, said_of, value_in_words
from elderlearn.web.shell.again import once, send_back, status_of, typed_before
from elderlearn.web.shell.forms import Form, read_form
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.ids import id_in_address
from elderlearn.web.shell.page import go, page

PATH = "/office/rules"
PATIENCE = 5  # seconds a page waits for the count of a proposal
AnyRequest = Request[Any, Any, Any]


@get("/rules")
async def list_rules(request: AnyRequest) -> Response[Any]:
    """The rule in words, and every version with who decided it."""
    district_id = _district(request, "read_reports")
    versions = await rule_versions(district_id)
    held = next((one for one in versions if one.state == "in_force"), None)
    return page(
        request,
        "office/rules/list.html",
        versions=versions,
        held=held,
        words=said_of(await parameters_in_force(district_id)),
        is_open=any(one.is_open for one in versions),
        may_change=may(signed_in(request).role, "change_rule"),
        states=STATES,
    )


@get("/rules/new")
async def ask_rule(request: AnyRequest) -> Response[Any]:
    """Every parameter, as it is now."""
    held = await parameters_in_force(_district(request, "change_rule"))
    form = typed_before(request)
    return once(request, _form(request, form if form.errors else form_of(held)))


@post("/rules/new", status_code=200)
async def take_rule(request: AnyRequest) -> Response[Any]:
    """Written down as a proposal; what it would change is counted before anybody can approve it."""
    district_id = _district(request, "change_rule")
    form = await read_form(request)
    asked = read_parameters(form)
    reason = form.text("reason", need=_("Please write why; it stays with the rule."))
    if asked is not None and form.is_good:
        try:
            rule_id = await propose_rule(district_id, asked, reason=reason, by=_by(request))
        except Refusal as refusal:
            complain(form, refusal)
        else:
            await _count_soon(rule_id)
            return go(request, f"{PATH}/{rule_id}")
    return send_back(request, f"{PATH}/new", form) or _form(request, form)


@get("/rules/{rule_id:int}")
async def show_rule(request: AnyRequest, rule_id: FromPath[int]) -> Response[Any]:
    """What is different, what it would change street by street, and how far it is."""
    found = await _hers(request, rule_id, "read_reports")
    return once(request, await _show(request, found, typed_before(request)))


@post("/rules/{rule_id:int}/approval", status_code=200)
async def approve_here(request: AnyRequest, rule_id: FromPath[int]) -> Response[Any]:
    """Decided by somebody who is named."""
    found = await _hers(request, rule_id, "change_rule")
    form = await read_form(request)
    try:
        await approve_rule(found.id, decision=form.text("decision"), by=_by(request))
    except Refusal as refusal:
        complain(form, refusal)
        return send_back(request, f"{PATH}/{found.id}", form) or await _show(request, found, form)
    return go(request, f"{PATH}/{found.id}", said=_("Approved. The figures are being counted by it."))


@post("/rules/{rule_id:int}/withdrawal", status_code=200)
async def withdraw_here(request: AnyRequest, rule_id: FromPath[int]) -> Response[Any]:
    """Not this one."""
    found = await _hers(request, rule_id, "change_rule")
    try:
        await withdraw_rule(found.id, by=_by(request))
    except Refusal as refusal:
        form = Form()
        complain(form, refusal)
        return send_back(request, f"{PATH}/{found.id}", form) or await _show(request, found, form)
    return go(request, PATH, said=_("Taken back. Nothing has changed."))


@get(["/rules/{rule_id:int}/approval", "/rules/{rule_id:int}/withdrawal"])
async def ask_rule_again(request: AnyRequest, rule_id: FromPath[int]) -> Response[Any]:
    """Where a reload lands."""
    return go(request, f"{PATH}/{rule_id}")


RULES = (list_rules, ask_rule, take_rule, show_rule, approve_here, withdraw_here, ask_rule_again)


async def _count_soon(rule_id: int) -> None:
    """At once in a small district; in a large one by the job, which tries every few seconds."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(PATIENCE):
            await count_preview(rule_id)


def _form(request: AnyRequest, form: Form) -> Response[Any]:
    choices = {name: [(one, _(said)) for one, said in options.items()] for name, options in CHOICES.items()}
    return page(request, "office/rules/new.html", status=status_of(request, form), form=form, choices=choices)


async def _show(request: AnyRequest, found: RuleVersion, form: Form) -> Response[Any]:
    held = await parameters_in_force(found.district_id)
    changed = differences(found.parameters, held) if found.is_open else []
    return page(
        request,
        "office/rules/show.html",
        status=status_of(request, form),
        rule=found,
        form=form,
        words=said_of(found.parameters),
        changed=[
            (_(WHAT[name]), value_in_words(held, name), value_in_words(found.parameters, name)) for name in changed
        ],
        state=_(STATES[found.state]),
        may_change=may(signed_in(request).role, "change_rule"),
    )


async def _hers(request: AnyRequest, rule_id: int, action: str) -> RuleVersion:
    """Raises Missing for a rule of another district."""
    found = await rule_version(id_in_address(rule_id))
    if found.district_id != _district(request, action):
        raise Missing
    return found


def _district(request: AnyRequest, action: str) -> int:
    """Raises Missing for everybody but the district's own people."""
    viewer = signed_in(request)
    if viewer.district_id is None or viewer.place_id != viewer.district_id or not may(viewer.role, action):
        raise Missing
    return viewer.district_id


def _by(request: AnyRequest) -> Actor:
    return Actor("staff", signed_in(request).id, "office")
