"""Scans sent by the page: the same verb as for everybody else, JSON in, verdicts out."""

from __future__ import annotations

from litestar import Response, post

from elderlearn.web.leader.hers import leader
from elderlearn.web.shell.guards import signed_in
from elderlearn.web.shell.page import AnyRequest
from elderlearn.web.shell.scanning import scans_answer


@post("/scans", status_code=200)
async def take_scans(request: AnyRequest) -> Response[str]:
    """A verdict for each scan; 401 when the phone's page was made for another leader."""
    return await scans_answer(request, by=leader(request), who=f"staff:{signed_in(request).id}")
