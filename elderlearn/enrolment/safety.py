"""Pure: what a physical course asks for, so that nobody comes to harm alone."""

from __future__ import annotations

from elderlearn.ground.errors import Refusal


def check_contact(needs_contact: bool, *, has_contact: bool) -> None:
    """Raises Refusal('contact_needed')."""
    if needs_contact and not has_contact:
        raise Refusal("contact_needed")


def check_health_notice(needs_health_notice: bool, *, has_agreed: bool) -> None:
    """Raises Refusal('health_notice_needed')."""
    if needs_health_notice and not has_agreed:
        raise Refusal("health_notice_needed")
