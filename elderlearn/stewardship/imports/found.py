"""Pure: what a run keeps of an outcome: all counts, the first faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from elderlearn.ground.spreadsheets.faults import Fault
from elderlearn.ground.spreadsheets.outcome import Outcome

MOST_KEPT = 500


@dataclass(frozen=True)
class Found:
    """`faults` and `remarks` are the first 500; `faults_count` and `remarks_count` are all of them.

    `may_skip`: the good rows may be written without the bad ones. `stopped_by` says why a run failed:
    mistake (ours), given_up (its worker died three times). `first` rows below their `headings`, numbers masked.
    """

    rows: int = 0
    counts: Mapping[str, int] | None = None
    faults: tuple[Fault, ...] = ()
    faults_count: int = 0
    remarks: tuple[Fault, ...] = ()
    remarks_count: int = 0
    is_written: bool = False
    may_skip: bool = False
    sheet_name: str = ""
    other_sheets: tuple[str, ...] = ()
    stopped_by: str = ""
    headings: tuple[str, ...] = ()
    first: tuple[tuple[str, ...], ...] = ()


def found_of(outcome: Outcome) -> Found:
    """The first of everything."""
    return Found(
        rows=outcome.rows,
        counts=dict(outcome.counts),
        faults=outcome.faults[:MOST_KEPT],
        faults_count=len(outcome.faults),
        remarks=outcome.remarks[:MOST_KEPT],
        remarks_count=len(outcome.remarks),
        is_written=outcome.is_written,
        may_skip=outcome.may_skip,
        sheet_name=outcome.sheet_name,
        other_sheets=outcome.other_sheets,
        headings=outcome.headings,
        first=outcome.first,
    )


def found_as_json(found: Found) -> dict[str, Any]:
    """Fit for a jsonb column."""
    return asdict(found)


def found_from(told: Mapping[str, Any]) -> Found:
    """Back from the column."""
    return Found(
        **{
            **told,
            "faults": tuple(Fault(**one) for one in told["faults"]),
            "remarks": tuple(Fault(**one) for one in told["remarks"]),
            "other_sheets": tuple(told["other_sheets"]),
            "headings": tuple(told.get("headings", ())),
            "first": tuple(tuple(one) for one in told.get("first", ())),
        }
    )
