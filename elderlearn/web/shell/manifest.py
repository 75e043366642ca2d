"""What a telephone needs to put us on its home screen."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get

from elderlearn.locale import LANGUAGES, _, spoken
from elderlearn.web.shell.assets import static
from elderlearn.web.shell.reader import District


@get("/manifest.webmanifest", opt={"exclude_from_csrf": True})
async def send_manifest(request: Request[Any, Any, Any]) -> Response[dict[str, Any]]:
    """In the reader's language; opens where the person left off."""
    district: District = request.scope["state"].get("district", District())
    name = district.title or _("Elder learning")
    icons = [
        {"src": static(f"mark-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    return Response(
        {
            "name": name,
            "short_name": name[:12],
            "lang": LANGUAGES[spoken()],
            "start_url": "/",
            "display": "standalone",
            "background_color": "#fdfbf6",
            "theme_color": "#fdfbf6",
            "icons": [*icons, {"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml"}],
        },
        media_type="application/manifest+json",
    )
