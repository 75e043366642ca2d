"""Where data lies when nobody names a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from elderlearn.ground import files


def test_a_clone_keeps_its_data_inside() -> None:
    root = Path(__file__).parents[2]
    assert (files.checkout(), files.home_folder()) == (root, root / ".data")


@pytest.mark.parametrize(
    ("named", "home", "folder"),
    [
        (None, "/home/mei", "/home/mei/.local/share/elderlearn"),
        ("/srv/share", "/home/mei", "/srv/share/elderlearn"),
        ("a/relative/one", "/home/mei", "/home/mei/.local/share/elderlearn"),
        ("", "/home/mei", "/home/mei/.local/share/elderlearn"),
    ],
)
def test_an_installed_one_keeps_it_where_this_user_keeps_such_things_whatever_the_present_folder(
    named: str | None, home: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "INSIDE", tmp_path)  # there only in a wheel
    monkeypatch.setenv("HOME", home)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if named is not None:
        monkeypatch.setenv("XDG_DATA_HOME", named)
    monkeypatch.chdir(tmp_path)
    assert files.home_folder() == Path(folder)


def test_who_has_no_home_is_given_the_system_s_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(files, "INSIDE", tmp_path)
    monkeypatch.setattr(files.Path, "home", homeless)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert files.home_folder() == Path("/var/lib/elderlearn")
