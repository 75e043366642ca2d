"""Every exception becomes problem+json: what the rooms raise, what Litestar raises, and our own mistakes."""

from __future__ import annotations

import logging
import traceback
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.exceptions import (
    ClientException,
    HTTPException,
    InternalServerException,
    MethodNotAllowedException,
    NotAuthorizedException,
    NotFoundException,
    PermissionDeniedException,
    ValidationException,
)

from elderlearn.api.problems import MEDIA_TYPE, FieldError, Problem, problem
from elderlearn.enrolment.way_out import NO_WAY, way_out
from elderlearn.ground.errors import Missing, Refusal, Stale
from elderlearn.ground.transient import is_transient

PREFIX = "/api/v1"
SEATS = f"{PREFIX}/enrolments"  # what is refused here has a way out
RETRY_SECONDS = "2"
BY_STATUS = {400: "bad_request", 401: "no_token", 403: "not_allowed", 404: "not_found", 405: "wrong_method"}
BY_STATUS |= {409: "stale", 413: "too_large", 415: "not_json"}

log = logging.getLogger("elderlearn.api")


class Unusable(Exception):
    """A body or query that cannot be read; `code` is bad_body, bad_query, not_json or too_large."""

    def __init__(self, code: str, *errors: FieldError) -> None:
        super().__init__(code)
        self.code = code
        self.errors = list(errors)


class NoToken(Exception):
    """No token, a wrong one, or one that was ended."""


class NotAllowed(Exception):
    """The role of this token never does this; said before anything is looked up."""


def answer_error(request: Request[Any, Any, Any], mistake: Exception) -> Response[bytes]:
    """The problem+json answer for any exception; never shows anything of the inside."""
    told = _problem_for(mistake)
    if isinstance(mistake, Refusal) and request.url.path == SEATS and way_out(mistake) != NO_WAY:
        told = msgspec.structs.replace(told, way=way_out(mistake))
    if told.status == 500:
        _write_down(request, mistake)
    return Response(
        msgspec.json.encode(told), status_code=told.status, media_type=MEDIA_TYPE, headers=_headers(told, mistake)
    )


# Each by name and number: what the app registers for one of these would otherwise be nearer than Exception.
EXCEPTION_HANDLERS: dict[int | type[Exception], Any] = dict.fromkeys(
    (
        Exception,
        HTTPException,
        ClientException,
        ValidationException,
        NotFoundException,
        MethodNotAllowedException,
        NotAuthorizedException,
        PermissionDeniedException,
        InternalServerException,
        Refusal,
        Missing,
        Stale,
        Unusable,
        NoToken,
        NotAllowed,
        *BY_STATUS,
        500,
    ),
    answer_error,
)


def problem_under_api(otherwise: Any) -> Any:
    """`otherwise`, an exception handler of the app, except that addresses under /api get problem+json.

    Litestar answers an unknown address or method before any router: only the app's handlers see those.
    """

    def handle(request: Request[Any, Any, Any], mistake: Exception) -> Any:
        is_ours = request.scope["path"].startswith("/api/")
        return answer_error(request, mistake) if is_ours else otherwise(request, mistake)

    return handle


def _problem_for(mistake: Exception) -> Problem:
    if isinstance(mistake, Refusal):
        return problem(mistake.code, _where(mistake), **mistake.values)
    if isinstance(mistake, Unusable):
        return problem(mistake.code, mistake.errors)
    if isinstance(mistake, HTTPException):
        return problem(
            BY_STATUS.get(mistake.status_code, "internal" if mistake.status_code >= 500 else "bad_request")
        )
    if is_transient(mistake):
        return problem("unavailable")
    plain = {Missing: "not_found", Stale: "stale", NoToken: "no_token", NotAllowed: "not_allowed"}
    return problem(next((code for kind, code in plain.items() if isinstance(mistake, kind)), "internal"))


def _where(refusal: Refusal) -> list[FieldError]:
    """The field a refusal is about, when the room knows it: its own name is the name in the body."""
    field, number = refusal.values.get("field"), refusal.values.get("number")
    if refusal.code == "invalid_sessions" and isinstance(number, int):
        field = f"sessions[{number}]"
    return [FieldError(field, refusal.code)] if isinstance(field, str) else []


def _headers(told: Problem, mistake: Exception) -> dict[str, str]:
    headers = {"Cache-Control": "no-store"}
    if told.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="elderlearn"'
    if told.status == 503:
        headers["Retry-After"] = RETRY_SECONDS
    given = {name.lower(): value for name, value in (getattr(mistake, "headers", None) or {}).items()}
    return headers | ({"Allow": given["allow"]} if "allow" in given else {})


def _write_down(request: Request[Any, Any, Any], mistake: Exception) -> None:
    """Kind and place only: the text of a database error may quote a row, and logs show no person."""
    walked = traceback.extract_tb(mistake.__traceback__)
    frames = "".join(traceback.format_list([one for one in walked if "elderlearn" in one.filename]))
    log.error("%s at %s %r\n%s", type(mistake).__name__, request.method, request.url.path, frames)
