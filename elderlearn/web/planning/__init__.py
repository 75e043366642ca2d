"""Pages where learning is planned: organisations, venues, teachers, courses, runs and their sessions."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.shell.guards import guard_office

router = Router(path="/planning", guards=[guard_office], route_handlers=[])
