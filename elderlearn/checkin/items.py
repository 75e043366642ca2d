"""Pure: one scan as a phone or another system sent it, read with patience: what is broken stays empty."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Meta, Struct

from elderlearn.ground.quick_uuid import quick_uuid

METHODS = ("camera", "typed", "photo", "link", "usb", "tick")  # tick: by name, a card_key as code
LONGEST_ID = 100
LONGEST_CODE = 301  # one more than `people.codes` reads: what was cut never becomes readable by it
LONGEST_NAME = 60
BIGGEST = 2**63 - 1


class RawScan(Struct, frozen=True, gc=False):
    """`shown_id` goes back as it came; without a usable `scan_id` nothing can be kept.

    `session_id`, `scanned_at` are None when they were missing or made no sense. Times are aware.
    """

    shown_id: str
    scan_id: UUID | None
    session_id: int | None
    code: str
    scanned_at: datetime | None
    device_seq: int | None = None
    method: str = "camera"
    name: str | None = None

    def __repr__(self) -> str:
        """Without code and name: nobody finds them in a log."""
        return f"RawScan({self.shown_id!r}, session_id={self.session_id}, scanned_at={self.scanned_at})"


class PlainScan(Struct, gc=False):
    """A scan whose parts are all of the kind they should be, as it is decoded in one pass."""

    scan_id: str
    session_id: str
    code: str
    scanned_at: Annotated[datetime, Meta(tz=True)]
    device_seq: int | None = None
    method: str | None = None
    name: str | None = None


def read_plain(sent: PlainScan) -> RawScan:
    """The same as `read_item` makes of it, quicker."""
    return RawScan(
        sent.scan_id,
        scan_id_of(sent.scan_id),
        _whole(sent.session_id),
        _line(sent.code, LONGEST_CODE) or "",
        moment_of(sent.scanned_at),
        _whole(sent.device_seq),
        _method(sent.method),
        _line(sent.name, LONGEST_NAME),
    )


def read_item(item: object) -> RawScan:
    """Whatever stands in the list of scans: never an error, each broken part gets its own verdict later."""
    sent: Mapping[str, object] = item if isinstance(item, dict) else {}
    shown_id = sent.get("scan_id")
    shown_id = shown_id if isinstance(shown_id, str) else ""
    return RawScan(
        shown_id=shown_id,
        scan_id=scan_id_of(shown_id),
        session_id=_whole(sent.get("session_id")),
        code=_line(sent.get("code"), LONGEST_CODE) or "",
        scanned_at=moment_of(sent.get("scanned_at")),
        device_seq=_whole(sent.get("device_seq")),
        method=_method(sent.get("method")),
        name=_line(sent.get("name"), LONGEST_NAME),
    )


def scan_id_of(text: str) -> UUID | None:
    """Phones send a UUID; any other text of up to 100 characters stands for one, always the same."""
    if not 0 < len(text) <= LONGEST_ID:
        return None
    try:
        return quick_uuid(text)  # the usual way to write one, thirty times as quick
    except (ValueError, UnicodeError):
        return _unusual(text)


def _unusual(text: str) -> UUID:
    """In braces, with other strokes, or no UUID at all."""
    try:
        return UUID(text)
    except ValueError:
        return uuid5(NAMESPACE_URL, f"scan:{text.encode('utf-8', 'replace').decode()}")


def moment_of(sent: object) -> datetime | None:
    """RFC 3339 with an offset, or none."""
    if isinstance(sent, datetime):
        found = sent
    else:
        try:
            found = datetime.fromisoformat(sent) if isinstance(sent, str) else None  # type: ignore[assignment]  # none
        except ValueError:
            return None
    # Years at the very ends cannot be moved by an offset; they make no more sense than none.
    is_usable = found is not None and found.tzinfo is not None and 1 < found.year < 9999
    return found.astimezone(UTC) if found is not None and is_usable else None


def _whole(sent: object) -> int | None:
    if isinstance(sent, bool):
        return None
    if isinstance(sent, str) and len(sent) <= 19 and sent.isascii() and sent.isdigit():
        sent = int(sent)
    return sent if isinstance(sent, int) and 0 <= sent <= BIGGEST else None


def _method(sent: object) -> str:
    return sent if isinstance(sent, str) and sent in METHODS else METHODS[0]


def _line(sent: object, longest: int) -> str | None:
    """One line without controls and lone surrogates: PostgreSQL takes neither NUL nor those."""
    if not isinstance(sent, str):
        return None
    kept = sent[:longest]
    if not (kept.isascii() and kept.isprintable()):  # nearly every code is plain
        kept = "".join(one for one in kept if unicodedata.category(one) not in ("Cc", "Cs"))
    kept = kept.strip()
    return kept or None
