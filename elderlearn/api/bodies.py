"""Reading what a client sends: strict, and with the path of the field that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any, TypeVar

import msgspec
from litestar import Request

from elderlearn.api.errors import Unusable
from elderlearn.api.problems import FieldError
from elderlearn.api.words import AN_ID

LARGEST_BODY = 2_000_000  # bytes; 500 scans are about 150 kB, 20,000 lines of population 1 MB
LONGEST_NUMBER = 40  # signs; more are no number anybody means
FIRST_YEAR, LAST_YEAR = 1900, 2200
WHERE = re.compile(r"(?P<what>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
MISSING = re.compile(r"Object missing required field `(?P<field>.+)`")

Shape = TypeVar("Shape")
Plain = TypeVar("Plain", bound=msgspec.Struct)
AnyRequest = Request[Any, Any, Any]


async def read_body(request: AnyRequest, shape: type[Shape]) -> Shape:
    """The JSON body as `shape`, nothing guessed: "5" is no number, a time needs its offset.

    Unknown fields are ignored, so that clients of a later version work too. Raises Unusable.
    """
    body = await _json_bytes(request)
    return _checked(lambda: msgspec.json.decode(body, type=shape))


async def read_patiently(request: AnyRequest, shape: type[Shape]) -> Shape:
    """The same for a body whose parts of type Any may hold whatever they like.

    Wrong bytes, lone surrogates, endless numbers in one item must not make the whole unreadable.
    """
    body = await _json_bytes(request)
    return _checked(lambda: msgspec.convert(_leniently(body), shape))


async def read_plainly(request: AnyRequest, plain: type[Plain], shape: type[Shape]) -> Plain | Shape:
    """As `plain` in one pass where everything is as it should be, in all its parts; else patiently as `shape`.

    Of the moments only those of the envelope itself are looked at; those inside are judged one by one.
    """
    body = await _json_bytes(request)
    try:
        found = msgspec.json.decode(body, type=plain)
    except (ValueError, RecursionError):
        return await read_patiently(request, shape)
    own = (value for value in msgspec.structs.astuple(found) if isinstance(value, datetime))
    return await read_patiently(request, shape) if any(_impossible_times(list(own), "")) else found


def read_query(request: AnyRequest, shape: type[Shape]) -> Shape:
    """The query string as `shape`; empty parameters count as left out. Raises Unusable."""
    given = {name: value for name, value in request.query_params.items() if value != ""}
    try:
        return msgspec.convert(given, shape, strict=False)
    except msgspec.ValidationError as wrong:
        raise Unusable("bad_query", field_error(str(wrong))) from None


async def _json_bytes(request: AnyRequest) -> bytes:
    kind = request.headers.get("content-type", "application/json").partition(";")[0].strip().lower()
    if kind != "application/json" and not (kind.startswith("application/") and kind.endswith("+json")):
        raise Unusable("not_json")
    return await request.body()


def _leniently(body: bytes) -> Any:
    return json.loads(body.decode("utf-8", "replace"), parse_int=_number, parse_float=_fraction)


def _number(digits: str) -> int | None:
    return int(digits) if len(digits) <= LONGEST_NUMBER else None


def _fraction(digits: str) -> float | None:
    return float(digits) if len(digits) <= LONGEST_NUMBER else None


def _checked(decode: Callable[[], Shape]) -> Shape:
    try:
        found = decode()
    except msgspec.ValidationError as wrong:
        raise Unusable("bad_body", field_error(str(wrong))) from None
    except (ValueError, RecursionError):
        raise Unusable("bad_body", FieldError("", "is not JSON that can be read")) from None
    wrong_times = [FieldError(path, "is out of range") for path in _impossible_times(found, "")]
    if wrong_times:
        raise Unusable("bad_body", *wrong_times)
    return found


def field_error(said: str) -> FieldError:
    """The field and the reason out of what msgspec says."""
    found = WHERE.fullmatch(said)
    what, path = (found["what"], found["path"] or "") if found else (said, "")
    missing = MISSING.fullmatch(what)
    if missing:
        return FieldError(f"{path}.{missing['field']}".lstrip("."), "is missing")
    return FieldError(path, _plainly(what))


def _plainly(what: str) -> str:
    if AN_ID in what:
        return "is not an id this system gave"
    if "matching regex" in what:
        return "has not the form this field needs, or holds signs that are not allowed"
    return what.replace("Expected", "expected", 1).replace("`", "")


def _impossible_times(found: Any, path: str) -> Iterator[str]:
    if isinstance(found, datetime):
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            yield path
    elif isinstance(found, list):
        for at, one in enumerate(found):
            yield from _impossible_times(one, f"{path}[{at}]")
    elif isinstance(found, msgspec.Struct):
        for name in found.__struct_fields__:
            yield from _impossible_times(getattr(found, name), f"{path}.{name}".lstrip("."))
