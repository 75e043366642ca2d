"""The door of a helper: one session's scanner, and nothing else."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.helper.scan import send_helper_pack, show_helper_scanner, take_helper_scans, type_helper_number
from elderlearn.web.helper.stop import stop_helping
from elderlearn.web.shell.helper_pass import PassNeeded, guard_helper, handle_pass_needed

router = Router(
    path="/helper",
    guards=[guard_helper],
    exception_handlers={PassNeeded: handle_pass_needed},
    route_handlers=[show_helper_scanner, send_helper_pack, take_helper_scans, type_helper_number, stop_helping],
)
