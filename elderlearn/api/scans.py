"""POST /scans: what phones collected, in batches of 1 to 500."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from litestar import post
from msgspec import UNSET, Meta, Struct, UnsetType

from elderlearn.api.bodies import AnyRequest, read_plainly
from elderlearn.api.call import call
from elderlearn.api.guard import actor
from elderlearn.api.words import ONE_LINE, Id, Moment
from elderlearn.checkin.items import PlainScan, read_item, read_plain
from elderlearn.checkin.receive import MOST, ScanVerdict, receive

Kind = Literal["recorded", "same_scan", "already_present", "flagged", "refused", "retry"]


class ScanBody(Struct):
    """One scan. Read with patience: whatever is wrong with it gets a verdict, never an error."""

    scan_id: str
    session_id: Id
    code: str
    scanned_at: Moment
    device_seq: int | None = None
    method: Literal["camera", "typed", "photo", "link"] = "camera"
    name: str | None = None


class ScansBody(Struct):
    """1 to 500 scans; `sent_at` is the phone's clock now, which corrects `scanned_at`."""

    scans: Annotated[list[ScanBody], Meta(min_length=1, max_length=MOST)]
    device: Annotated[str, Meta(min_length=1, max_length=60, pattern=ONE_LINE)] | None = None
    sent_at: Moment | None = None


class VerdictAnswer(Struct):
    """`name` is masked; `attendance_id` where one stands behind the verdict."""

    scan_id: str
    verdict: Kind
    reason: str | UnsetType = UNSET
    name: str | UnsetType = UNSET
    attendance_id: str | UnsetType = UNSET


class VerdictsAnswer(Struct):
    verdicts: list[VerdictAnswer]


class Envelope(Struct):
    """What must be right for a batch to be looked at; the items may be anything."""

    scans: Annotated[list[Any], Meta(min_length=1, max_length=MOST)]
    device: Annotated[str, Meta(min_length=1, max_length=60, pattern=ONE_LINE)] | None = None
    sent_at: Moment | None = None


class PlainEnvelope(Struct):
    """The same when all items are as they should be, which is what phones send."""

    scans: Annotated[list[PlainScan], Meta(min_length=1, max_length=MOST)]
    device: Annotated[str, Meta(min_length=1, max_length=60, pattern=ONE_LINE)] | None = None
    sent_at: Moment | None = None


@post("/scans", status_code=200, opt=call("scan", {200: VerdictsAnswer}, takes=ScansBody))
async def receive_scans(request: AnyRequest) -> VerdictsAnswer:
    """A verdict for each scan, in the order sent. Only a broken envelope is 400.

    A scan_id is a UUID; another text of at most 100 signs stands for one. An item without a usable scan_id,
    or that is no object, is refused as `unreadable`. When the database is away nothing was kept and
    every scan is told `retry`.
    """
    envelope = await read_plainly(request, PlainEnvelope, Envelope)
    if isinstance(envelope, Envelope):
        scans = [read_item(one) for one in envelope.scans]
    else:
        scans = [read_plain(one) for one in envelope.scans]
    verdicts = await receive(scans, by=actor(request), sent_at=envelope.sent_at, device=envelope.device)
    return VerdictsAnswer([_answer(one) for one in verdicts])


def _answer(one: ScanVerdict) -> VerdictAnswer:
    return VerdictAnswer(
        scan_id=one.scan_id.encode("utf-8", "replace").decode(),  # a lone surrogate cannot be sent back
        verdict=one.verdict,  # type: ignore[arg-type]  # one of the contract's words
        reason=one.reason or UNSET,
        name=one.name or UNSET,
        attendance_id=str(one.attendance_id) if one.attendance_id else UNSET,
    )
