"""Headers of every answer: pages, files, errors. Set just before sending, so that 404s have them too."""

from __future__ import annotations

from litestar.datastructures import MutableScopeHeaders
from litestar.types import Message, Scope

from elderlearn.ground.settings import settings

# 'wasm-unsafe-eval' lets the scanner compile its decoder; nothing else may be evaluated anywhere.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
A_YEAR = 31536000


async def security_headers(message: Message, scope: Scope) -> None:
    """Litestar's `before_send`. Workers and the service worker obey the policy of their own file's answer."""
    if message["type"] != "http.response.start":
        return
    message.setdefault("headers", [])
    headers = MutableScopeHeaders.from_message(message)
    headers["Content-Security-Policy"] = CONTENT_SECURITY_POLICY
    headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if settings().is_https:
        headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    if headers.get("content-type", "").startswith("text/html"):
        headers.extend_header_value("vary", "HX-Request")
        headers.setdefault("Cache-Control", "no-store")
    elif not scope["path"].startswith("/static/"):
        headers.setdefault("Cache-Control", "no-store")
