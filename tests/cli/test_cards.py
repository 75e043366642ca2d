"""elderlearn cards blank, as somebody types it."""

from __future__ import annotations

from pathlib import Path

from tests import people_standing as standing
from tests.cli.test_staff import typed
from tests.conftest import Database


async def test_a_sheet_of_blank_cards_is_written_and_printed_again(database: Database, tmp_path: Path) -> None:
    await standing.place_tree()
    file = tmp_path / "blank.pdf"
    done = typed("cards", "blank", "--count", "11", str(file))
    assert done.returncode == 0, done.stderr
    assert "11 cards" in done.stdout and file.read_bytes().startswith(b"%PDF")
    batch = await database.value("SELECT max(id) FROM blank_batch")
    again = typed("cards", "blank", "--batch", str(batch), str(tmp_path / "again.pdf"))
    assert again.returncode == 0 and (tmp_path / "again.pdf").is_file()
    assert await database.value("SELECT count(*) FROM card WHERE state = 'blank'") == 11
    for wrong in (["--batch", "999"], [], ["--count", "1", "--batch", "1"], ["--count", "1", "--place", "999"]):
        refused = typed("cards", "blank", *wrong, str(tmp_path / "no.pdf"))
        assert refused.returncode and "Traceback" not in refused.stderr, wrong
    assert not (tmp_path / "no.pdf").exists()
