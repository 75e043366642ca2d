"""The judgement the phone shares: the same file of facts and verdicts is run by static/scanner in Chromium."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from elderlearn.checkin.rules import Facts, Known, Meeting, Verdict, corrected, is_clock_off, judge
from elderlearn.people.codes import card_key, read_code, typed_number

VECTORS: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parents[1] / "vectors/judgement.json").read_text("utf-8")
)


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)


def facts(told: dict[str, Any]) -> Facts:
    known, meeting = told["known"], told["meeting"]
    return Facts(
        **told
        | {
            "at": moment(told["at"]),
            "received_at": moment(told["received_at"]),
            "known": known and Known(Verdict(known["verdict"], known["reason"]), known["is_same"]),
            "meeting": meeting
            and Meeting(**meeting | {name: moment(meeting[name]) for name in ("starts_at", "ends_at")}),
        }
    )


def test_the_server_judges_as_the_file_says() -> None:
    for one in VECTORS["judge"]:
        assert judge(facts(one["facts"])) == Verdict(one["verdict"], one["reason"]), one


def test_the_file_knows_every_verdict_and_reason() -> None:
    said = {(one["verdict"], one["reason"]) for one in VECTORS["judge"]}
    reasons = {reason for _, reason in said}
    assert {verdict for verdict, _ in said} == {"recorded", "same_scan", "already_present", "flagged", "refused"}
    assert reasons >= {"walk_in", "called_off", "card_replaced", "clock_off", "outside_window", "elsewhere"}
    assert reasons >= {"unreadable", "bad_signature", "bad_time", "unknown_session", "not_yours", "scan_id_reused"}


def test_clocks_are_put_right_as_the_file_says() -> None:
    for one in VECTORS["clocks"]:
        sent, received, at = moment(one["sent_at"]), moment(one["received_at"]), moment(one["at"])
        assert at is not None and received is not None
        assert corrected(at, sent_at=sent, received_at=received) == moment(one["corrected"])
        assert is_clock_off(sent, received) is one["is_clock_off"]


def test_codes_are_read_as_the_file_says() -> None:
    for one in VECTORS["codes"]:
        number = typed_number(one["text"]) if one["method"] == "typed" else None
        assert number == one["number"], one
        assert (None if number else read_code(one["text"])) == one["code"], one
    assert [card_key(one["code"]) for one in VECTORS["keys"]] == [one["card_key"] for one in VECTORS["keys"]]
