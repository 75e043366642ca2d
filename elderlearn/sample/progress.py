"""What is being done, for the person who waits: a bar on a terminal, one line a step anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Tell = Callable[[int], None]


def _unheard(_: int) -> None:
    """Nobody waits."""


@dataclass(frozen=True)
class Progress:
    """By default silent; the command line hands in what prints."""

    step: Callable[[str], None] = lambda _: None
    many: Callable[[int, str], Iterator[Tell]] | None = None

    @contextmanager
    def bar(self, length: int, what: str) -> Iterator[Tell]:
        """Yields what to call with how many are done."""
        if self.many is None:
            yield _unheard
            return
        with contextmanager(self.many)(length, what) as tell:
            yield tell


SILENT = Progress()
