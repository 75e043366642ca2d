"""Pages of the desk: people, their cards, staff accounts, what was sent, what was changed."""

from __future__ import annotations

from litestar import Router

from elderlearn.web.shell.guards import guard_office

router = Router(path="/desk", guards=[guard_office], route_handlers=[])
