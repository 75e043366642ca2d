"""The list that the tests of sheets and cells read: three columns, two people."""

from __future__ import annotations

from elderlearn.ground.spreadsheets.layout import Column, Layout

LAYOUT = Layout(
    "test",
    (
        Column("name", ("姓名", "name"), required=True, example="(示例)王秀英"),
        Column("number", ("身份证号", "number"), is_secret=True, example="330125195503080025"),
        Column("on_date", ("日期", "date"), example="2025-09-01"),
    ),
    {"sex": {"女": "female"}},
    {},
)
GOOD = [["姓名", "身份证号", "日期"], ["王秀英", "330125195503080025", "2025-09-01"], ["李建国", "", ""]]
