from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elderlearn.places.csv_file import BadRow, read_csv

COLUMNS = ("code", "name")
TEXT = "code,name\n1,丁山湖\n2,塘栖\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_what_office_programs_save_is_read(encoding: str) -> None:
    read = read_csv(TEXT.encode(encoding), COLUMNS)
    assert read.rows == [{"code": "1", "name": "丁山湖"}, {"code": "2", "name": "塘栖"}]
    assert read.lines == [2, 3] and not read.bad


def test_a_row_after_a_field_of_several_lines_knows_its_own_line() -> None:
    read = read_csv(b'code,name\n"1\n",a\n\n,\n2,b\n', COLUMNS)
    assert read.lines == [2, 6]


def test_further_columns_and_another_order_do_no_harm() -> None:
    assert read_csv(b"name, code ,note\r\na,1,x\r\n", COLUMNS).rows == [{"code": "1", "name": "a"}]


@pytest.mark.parametrize(
    ("data", "bad"),
    [
        (b"", [BadRow(1, "code", "", "missing_column"), BadRow(1, "name", "", "missing_column")]),
        (b"code,code,name\n", [BadRow(1, "code", "code", "column_twice")]),
        (b"code,name\n1\n", [BadRow(2, "", "1", "too_few_fields")]),
        (b"code,name\n1,2,3\n", [BadRow(2, "", "1,2,3", "too_many_fields")]),
        (b'code,name\n1,a\n2,"b\n3,c\n', [BadRow(3, "", "", "broken_quotes")]),
        (b"PK\x03\x04\xff\xff\xff", [BadRow(1, "", "", "not_text")]),
        (b"\xff\xfe\x00", [BadRow(1, "", "", "not_text")]),
    ],
)
def test_a_broken_file_is_told_by_line(data: bytes, bad: list[BadRow]) -> None:
    assert read_csv(data, COLUMNS).bad == bad


@settings(max_examples=150)
@given(st.binary(max_size=200))
def test_hostile_bytes_never_raise(data: bytes) -> None:
    read = read_csv(b"code,name\n" + data, COLUMNS)
    assert len(read.rows) == len(read.lines)
    assert all(set(one) == set(COLUMNS) for one in read.rows)
