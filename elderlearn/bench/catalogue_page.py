"""The list of courses as a stranger's phone asks for it."""

from __future__ import annotations

from elderlearn.bench.hall import Hall, put
from elderlearn.bench.measured import Measured, in_turns
from elderlearn.bench.web_processes import Web

LOOKS_PER_SECOND = 1000
CONNECTIONS = 16
WHOLE = b"</html>"


async def catalogue_page(hall: Hall) -> Measured:
    """Pages in a second; the floor draws the same template with the same data, without asking anybody."""

    async def pages(web: Web, path: str) -> float:
        sent = [hall.request("GET", path)] * int(LOOKS_PER_SECOND * hall.sizes.seconds)
        found = await put(
            web, sent, status=200, seconds=hall.sizes.seconds, connections=CONNECTIONS, expected=(WHOLE,)
        )
        return found.per_second

    return Measured(
        "catalogue_page", "pages/s",
        *await in_turns(lambda: pages(hall.product, "/courses"), lambda: pages(hall.floor, "/floor/courses")),
    )  # fmt: skip
