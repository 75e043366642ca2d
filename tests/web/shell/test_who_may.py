"""The sentence who may enrol when, at every moment of a run's rounds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from elderlearn.catalogue.conditions import Conditions
from elderlearn.catalogue.rounds import some_first
from elderlearn.enrolment.shares import WantedShare
from elderlearn.ground.clock import SHANGHAI
from elderlearn.locale import speaking
from elderlearn.web.shell import who_may as shown
from elderlearn.web.shell.who_may import who_may

NINE = datetime(2027, 3, 1, 9, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
ROUNDS = some_first("returning", NINE, NINE + 30 * DAY, NINE + 60 * DAY)
RETURNING = "people who had a seat here in the last two years"
LINE = "Whoever asks first gets a seat; when all are taken, one waits in line."
AT = {
    -DAY: (
        f"From Monday, 1 March 2027, 9:00, {RETURNING} may enrol. "
        "From Wednesday, 31 March 2027, 9:00 until Friday, 30 April 2027, 9:00, everybody may enrol."
    ),
    timedelta(0): (
        f"Now {RETURNING} may enrol. "
        "From Wednesday, 31 March 2027, 9:00 until Friday, 30 April 2027, 9:00, everybody may enrol."
    ),
    30 * DAY: "Until Friday, 30 April 2027, 9:00, everybody may enrol.",
}


@pytest.mark.parametrize("passed", AT)
def test_rounds_that_are_over_are_not_read_out(monkeypatch: pytest.MonkeyPatch, passed: timedelta) -> None:
    monkeypatch.setattr(shown, "now", lambda: NINE + passed)
    with speaking("en"):
        said = who_may(NINE, NINE + 60 * DAY, Conditions(ROUNDS))
    assert said.sentence == f"{AT[passed]} {LINE}"


def test_kept_seats_are_named_with_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "now", lambda: NINE - DAY)
    shares = (WantedShare("desk", 1, NINE + 5 * DAY), WantedShare("own_village", 4, NINE + 5 * DAY))
    with speaking("zh_CN"):
        said = who_may(NINE, NINE + 9 * DAY, Conditions(), shares).sentence
    assert (
        "有些名额先留着：" in said and "的人 1 个；本村（社区）居民 4 个。" in said and said.endswith("排队等候。")
    )
