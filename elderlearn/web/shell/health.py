"""Probes for whoever runs this: alive, ready, and a few honest gauges."""

from __future__ import annotations

import hmac
import ipaddress
import os
from typing import Any

from litestar import MediaType, Request, Response, get

from elderlearn.ground.errors import Missing
from elderlearn.web.shell import readiness

NO_CSRF = {"exclude_from_csrf": True}


@get("/healthz", opt=NO_CSRF)
async def send_health() -> Response[dict[str, str]]:
    """200 while the process is up and the database answers, else 503."""
    is_up = await readiness.database_answers()
    return Response({"status": "ok" if is_up else "no database"}, status_code=200 if is_up else 503)


@get("/readyz", opt=NO_CSRF)
async def send_readiness() -> Response[dict[str, Any]]:
    """200 only when people can be let in; otherwise 503 and what is still missing."""
    missing = await readiness.missing()
    status = "starting" if missing else "ready"
    return Response({"status": status, "missing": missing}, status_code=503 if missing else 200)


@get("/metrics", opt=NO_CSRF)
async def send_metrics(request: Request[Any, Any, Any]) -> Response[str]:
    """Prometheus text, from the database and the queue: the same from every process and node.

    Answers on the loopback, or to `Authorization: Bearer $ELDERLEARN_METRICS_TOKEN`.
    """
    if not _may_see(request):
        raise Missing
    lines: list[str] = []
    for name, words, value in await readiness.gauges():
        lines += [
            f"# HELP elderlearn_{name} {words}",
            f"# TYPE elderlearn_{name} gauge",
            f"elderlearn_{name} {value:g}",
        ]
    return Response("\n".join(lines) + "\n", media_type=f"{MediaType.TEXT.value}; version=0.0.4; charset=utf-8")


def _may_see(request: Request[Any, Any, Any]) -> bool:
    token = os.environ.get("ELDERLEARN_METRICS_TOKEN", "")
    given = request.headers.get("authorization", "")
    if token and hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
        return True
    # Behind a proxy everybody comes from the loopback: then only the token counts.
    if "x-forwarded-for" in request.headers or "forwarded" in request.headers or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False
