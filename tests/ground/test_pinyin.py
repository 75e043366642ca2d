"""Names and titles as people spell them."""

from __future__ import annotations

import pytest

from elderlearn.ground.pinyin import spelled, spelled_name, typed_letters


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("王秀英", "wang xiu ying"),
        ("单曾解", "shan ceng jie"),
        ("曾仇", "zeng chou"),
        ("仇解放", "qiu jie fang"),
        ("区单", "ou dan"),
        ("查盖", "zha gai"),
        ("盖叫天", "ge jiao tian"),
        ("朴区", "piao qu"),
        ("解长根", "xie chang gen"),
        ("尉迟恭", "yu chi gong"),
        ("吕女士", "lv nv shi"),
        ("阿依古丽·买买提", "a yi gu li mai mai ti"),
        ("Anna Smith", "anna smith"),
        ("王\ue000", "wang"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str | None, letters: str) -> None:
    assert spelled_name(name) == letters


@pytest.mark.parametrize(
    ("title", "letters"),
    [
        ("音乐欣赏（初级）", "yin yue xin shang chu ji"),
        ("长乐社区 24式太极", "chang le she qu 24 shi tai ji"),
        ("重阳 ２号厅", "chong yang 2 hao ting"),
        ("Tai-chi A班", "tai chi a ban"),
    ],
)
def test_titles_are_spelled_with_their_words(title: str, letters: str) -> None:
    assert spelled(title) == letters


def test_only_spelling_counts_as_letters() -> None:
    assert [typed_letters(one) for one in ("WXY", "Wang Xiu", "xi'an", "lü", "王x", "13800", "a%", "")] == [
        "wxy", "wangxiu", "xian", "lv", "", "", "", "",
    ]  # fmt: skip
