"""What every door shares: the look, languages, who is here, errors, headers. See `page.py` first."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.shell.assets import send_static
from elderlearn.web.shell.health import send_health, send_metrics, send_readiness
from elderlearn.web.shell.manifest import send_manifest
from elderlearn.web.shell.preferences import set_preferences
from elderlearn.web.shell.service_worker import send_service_worker

router = Router(
    path="/",
    route_handlers=[
        *(send_static, send_service_worker, send_manifest, set_preferences),
        *(send_health, send_readiness, send_metrics),
    ],
)
