"""Paper sheets typed in, and attendances taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from litestar import post
from litestar.params import FromPath
from msgspec import Meta, Struct

from elderlearn.api.bodies import AnyRequest, read_body
from elderlearn.api.call import call
from elderlearn.api.guard import actor
from elderlearn.api.words import Id, Reason, read_id
from elderlearn.checkin.sheet import MOST, record_sheet
from elderlearn.checkin.void import void
from elderlearn.ground.clock import local


class SheetBody(Struct):
    resident_ids: Annotated[list[Id], Meta(min_length=1, max_length=MOST)]
    source: Literal["paper"] = "paper"


class RecordedLine(Struct):
    resident_id: str
    attendance_id: str


class RefusedLine(Struct):
    resident_id: str
    reason: str


class SheetAnswer(Struct):
    recorded: list[RecordedLine]
    already_present: list[str]
    refused: list[RefusedLine]


class VoidBody(Struct):
    reason: Reason


class VoidedAnswer(Struct):
    attendance_id: str
    session_id: str
    resident_id: str
    voided_at: datetime
    reason: str


@post(
    "/sessions/{session_id:str}/attendances",
    status_code=200,
    opt=call("type_sheet", {200: SheetAnswer}, takes=SheetBody),
)
async def record_a_sheet(request: AnyRequest, session_id: FromPath[str]) -> SheetAnswer:
    """A sheet sent twice records nobody twice. A line that cannot be recorded never spoils the others."""
    id = read_id(session_id)
    body = await read_body(request, SheetBody)
    ids = [read_id(one) for one in body.resident_ids]
    done = await record_sheet(id, ids, source=body.source, by=actor(request))
    return SheetAnswer(
        recorded=[RecordedLine(str(one.resident_id), str(one.attendance_id)) for one in done.recorded],
        already_present=[str(one) for one in done.already_present],
        refused=[RefusedLine(str(one.resident_id), one.reason) for one in done.refused],
    )


@post(
    "/attendances/{attendance_id:str}/void",
    status_code=200,
    opt=call("void", {200: VoidedAnswer}, takes=VoidBody, refuses=("reason_needed",)),
)
async def void_an_attendance(request: AnyRequest, attendance_id: FromPath[str]) -> VoidedAnswer:
    """It counts nothing from now on; asked again, the first answer again."""
    id = read_id(attendance_id)
    body = await read_body(request, VoidBody)
    done = await void(id, reason=body.reason, by=actor(request))
    return VoidedAnswer(
        str(done.attendance_id), str(done.session_id), str(done.resident_id), local(done.voided_at), done.reason
    )
