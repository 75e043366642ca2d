"""Pure: heads of a table that sort it, for lists whose address is a `Look`."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from elderlearn.locale import _
from elderlearn.web.office.lines import Head
from elderlearn.web.shell.lists import Look


def sorted_heads(
    look: Look, titles: Mapping[str, str], order: str, *, words: Collection[str], rising: Collection[str]
) -> list[Head]:
    """Every column with the way to sort by it; `words` are columns without figures, `rising` ones go up."""
    return [
        Head(
            _(title),
            look.address(order=name, page=1),
            ("ascending" if name in rising else "descending") if name == order else None,
            name not in words,
        )
        for name, title in titles.items()
    ]
