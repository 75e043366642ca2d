"""Whatever stands in a list of scans can be read."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elderlearn.checkin.items import LONGEST_CODE, LONGEST_NAME, moment_of, read_item, scan_id_of

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
FIELDS = ("scan_id", "session_id", "code", "scanned_at", "device_seq", "method", "name")


@given(ANYTHING | st.fixed_dictionaries(dict.fromkeys(FIELDS, ANYTHING)))
def test_nothing_a_phone_could_send_is_an_error(item: object) -> None:
    read = read_item(item)
    assert len(read.code) <= LONGEST_CODE
    assert "\0" not in read.code + (read.name or "")
    assert read.session_id is None or 0 <= read.session_id < 2**63
    (read.code + (read.name or "")).encode()


def test_a_whole_item_is_read_as_it_was_sent() -> None:
    read = read_item(
        {
            "scan_id": "0b8a8c1e-3a43-4a0e-9d0c-0c8f4f6f0a11",
            "session_id": "17",
            "code": " ABC ",
            "scanned_at": "2025-03-04T10:15:00+08:00",
            "device_seq": 3,
            "method": "typed",
            "name": " 王秀英 ",
        }
    )
    assert read.scan_id == UUID("0b8a8c1e-3a43-4a0e-9d0c-0c8f4f6f0a11")
    assert (read.session_id, read.code, read.device_seq, read.method, read.name) == (
        17,
        "ABC",
        3,
        "typed",
        "王秀英",
    )
    assert read.scanned_at == datetime(2025, 3, 4, 2, 15, tzinfo=UTC)


def test_any_short_text_is_a_scan_id_and_always_the_same_one() -> None:
    assert scan_id_of("phone-7/12") == scan_id_of("phone-7/12") != scan_id_of("phone-7/13")
    upper = scan_id_of("0B8A8C1E-3A43-4A0E-9D0C-0C8F4F6F0A11")
    assert upper == scan_id_of("0b8a8c1e-3a43-4a0e-9d0c-0c8f4f6f0a11")
    assert scan_id_of("") is None
    assert scan_id_of("x" * 101) is None


@pytest.mark.parametrize(
    "sent",
    ["2025-03-04T10:15:00", "2025-03-04", "soon", "", None, 5, "9999-12-31T23:59:59-12:00", "0001-01-01T00:00Z"],
)
def test_a_time_without_offset_or_sense_is_none(sent: object) -> None:
    assert moment_of(sent) is None


@pytest.mark.parametrize("sent", ["-1", "1.5", "１７", True, 2**63, "9" * 30, [1]])
def test_an_id_that_is_none_stays_empty(sent: object) -> None:
    assert read_item({"session_id": sent}).session_id is None


def test_a_long_name_is_cut_and_an_unknown_method_is_the_camera() -> None:
    read = read_item({"name": "王" * 500, "method": "telepathy"})
    assert len(read.name or "") <= LONGEST_NAME
    assert read.method == "camera"


@given(st.uuids(), st.sampled_from(("{}", "{{{}}}", "urn:uuid:{}", "-{}")))
def test_a_uuid_is_read_however_it_is_written_and_broken_text_is_no_error(one: UUID, written: str) -> None:
    read = scan_id_of(written.format(one))
    assert read == one
    assert scan_id_of(f"{str(one)[:-1]}\ud800") is not None
