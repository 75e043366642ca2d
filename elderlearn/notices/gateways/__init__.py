"""Ways out of the house, one file each; `gateway()` is the one this installation uses."""

from __future__ import annotations

from typing import Protocol

from elderlearn.ground.settings import settings
from elderlearn.notices.gateways.pretend import Pretend
from elderlearn.notices.gateways.webhook import Webhook
from elderlearn.notices.outcomes import Outcome

IDEMPOTENT = sorted(kind.name for kind in (Pretend, Webhook) if kind.is_idempotent)


class Gateway(Protocol):
    """`batch` notices are claimed and sent together; `is_idempotent`: the same id twice is delivered once.

    `keeps_text`: what was sent is stored and shown on the page of pretended messages.
    """

    name: str
    batch: int
    is_idempotent: bool
    keeps_text: bool

    async def send(self, *, notice_id: int, address: str, text: str) -> Outcome:
        """Within `outcomes.CLAIM_LASTS` for a whole batch. Raises nothing a caller must know."""
        ...


def gateway(chosen: str | None = None) -> Gateway:
    """By the setting ELDERLEARN_GATEWAY: `pretend`, or `webhook:https://…`. Raises ValueError for another."""
    kind, _, target = (chosen or settings().gateway).partition(":")
    if kind == Pretend.name:
        return Pretend()
    if kind == Webhook.name:
        return Webhook(target)
    raise ValueError(f"ELDERLEARN_GATEWAY: there is no gateway {kind!r}; choose pretend or webhook:https://…")
