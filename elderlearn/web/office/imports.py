"""Bringing in lists: what can be brought in, a file for each, and how earlier ones went."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath

from elderlearn.ground.actor import Actor
from elderlearn.ground.errors import Missing, Refusal
from elderlearn.ground.spreadsheets.template import template_csv, template_xlsx
from elderlearn.locale import _
from elderlearn.people.roles import may
from elderlearn.stewardship.imports.carry_out import carry_out_import
from elderlearn.stewardship.imports.kinds import KINDS
from elderlearn.stewardship.imports.queries import import_runs
from elderlearn.stewardship.imports.start import start_import
from elderlearn.web.office.import_words import KINDS as WORDS
from elderlearn.web.office.import_words import STATES
from elderlearn.web.shell.downloads import MEDIA, disposition
from elderlearn.web.shell.forms import Form, read_form, read_query
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.lists import A_PAGE, Look
from elderlearn.web.shell.page import go, page

PATH = "/office/imports"
A_MEGABYTE = 1024 * 1024
MOST_MEGABYTES = 20  # 200,000 rows are 15 MB
AT_ONCE = 100 * 1024  # a file of this size is looked at before the page is drawn
PATIENCE = 10  # seconds the page waits for it


@get("/imports")
async def list_imports(request: Request[Any, Any, Any]) -> Response[str]:
    """What she may bring in, and what was brought in; `page`."""
    look = Look.of(PATH, read_query(request), ())
    found = await import_runs(by=by(request), limit=A_PAGE + 1, offset=look.offset)
    return page(
        request,
        "office/imports/list.html",
        kinds=[(kind, WORDS[kind]) for kind in _hers(request)],
        may_type=may(signed_in(request).role, "put_population"),
        runs=found[:A_PAGE],
        words=WORDS,
        states=STATES,
        look=look,
        later=look.later(look.offset + len(found)),
    )


@get("/imports/new/{kind:str}")
async def ask_file(request: Request[Any, Any, Any], kind: FromPath[str]) -> Response[str]:
    """What the file must look like, a template, and the field for it."""
    return _ask(request, kind, Form())


@post("/imports/new/{kind:str}", status_code=200, request_max_body_size=(MOST_MEGABYTES + 1) * A_MEGABYTE)
async def take_file(request: Request[Any, Any, Any], kind: FromPath[str]) -> Response[Any]:
    """Taken and looked at; nothing is written before she has seen what was found."""
    _check(request, kind)
    form, file = Form(), (await request.form()).get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        form.complain("file", _("Please choose a file."))
        return _ask(request, kind, form)
    data = await file.read()
    if len(data) > MOST_MEGABYTES * A_MEGABYTE:
        form.complain(
            "file", _("The file is larger than %(most)s MB. Please send it in parts.", most=MOST_MEGABYTES)
        )
        return _ask(request, kind, form)
    try:
        id = await start_import(kind, file.filename, data, by=by(request))
    except Refusal:
        form.complain("file", _("This file cannot be taken. Please save the list again and send that file."))
        return _ask(request, kind, form)
    await carry_out_small(id, len(data))
    return go(request, f"{PATH}/{id}")


@post("/imports/new/{kind:str}/template", status_code=200)
async def give_template(request: Request[Any, Any, Any], kind: FromPath[str]) -> Response[bytes]:
    """The headings and a sample row, to be filled in; `as` is xlsx or csv."""
    _check(request, kind)
    ending = "csv" if (await read_form(request)).value("as") == "csv" else "xlsx"
    layout = KINDS[kind].layout
    made = template_csv(layout) if ending == "csv" else template_xlsx(layout)
    name = _("Template: %(what)s", what=_(WORDS[kind].title)).replace(":", "")
    headers = {"Content-Disposition": disposition(f"{name}.{ending}")}
    return Response(made, media_type=MEDIA[ending], headers=headers)


async def carry_out_small(id: int, size: int) -> None:
    """A small file is done at once; when a long one is before it, the worker goes on with it later."""
    if size <= AT_ONCE:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await carry_out_import(id)


def by(request: Request[Any, Any, Any]) -> Actor:
    """Who does it. Raises Missing for those who bring in nothing."""
    if not _hers(request):
        raise Missing
    return Actor("staff", signed_in(request).id, "office")


def _hers(request: Request[Any, Any, Any]) -> list[str]:
    return [kind for kind in WORDS if may(signed_in(request).role, KINDS[kind].action)]


def _check(request: Request[Any, Any, Any], kind: str) -> None:
    if kind not in _hers(request):
        raise Missing


def _ask(request: Request[Any, Any, Any], kind: str, form: Form) -> Response[str]:
    _check(request, kind)
    columns = KINDS[kind].layout.columns
    return page(
        request,
        "office/imports/new.html",
        status=422 if form.errors else 200,
        kind=kind,
        words=WORDS[kind],
        form=form,
        columns=[(one.names[0], one.names[-1], one.required, one.example) for one in columns],
        most=MOST_MEGABYTES,
    )
