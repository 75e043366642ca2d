"""Pure: the shell's look at a list, with an order of columns."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from elderlearn.locale import _
from elderlearn.web.shell.lists import A_PAGE, Look

__all__ = ["A_PAGE", "Asked", "Head"]


@dataclass(frozen=True)
class Head:
    """A column's title and the address that sorts by it, if one can; `sorted` when it is sorted so now."""

    title: str
    href: str
    sorted: bool
    is_figure: bool


class Asked(Look):
    """A look whose order stands in `order`."""

    def order(self, allowed: Collection[str], first: str) -> str:
        """The order asked for, or the first one."""
        return self.one_of("order", allowed, first)

    def heads(self, columns: Mapping[str, str], order: str, figures: Collection[str] = ()) -> list[Head]:
        """`columns` by order; a name that begins with an underscore cannot be sorted by."""
        return [
            Head(
                _(title),
                "" if name.startswith("_") else self.address(order=name),
                name == order,
                name in figures,
            )
            for name, title in columns.items()
        ]
