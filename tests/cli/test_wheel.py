"""The wheel: whole, and enough for a demo and a service where there is no clone, from any folder."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from elderlearn.ground.embedded import reset
from tests.cli.demo_process import PATIENCE, Demo, surroundings, wait_until
from tests.cli.installed import ROOT, built_wheel, installed

pytestmark = pytest.mark.kill
INSIDE = {"elderlearn": "elderlearn"} | {
    name: f"elderlearn/_data/{name}" for name in ("templates", "static", "migrations")
}


@pytest.fixture(scope="module")
def wheel() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="el-wheel-", dir="/tmp"))
    yield built_wheel(folder)
    shutil.rmtree(folder)


class Anywhere:
    """Somebody who installed the wheel and stands in an empty folder, with an empty home."""

    def __init__(self, root: Path, wheel: Path) -> None:
        self.home, self.here = root / "home", root / "here"
        self.home.mkdir(mode=0o700)
        self.here.mkdir()
        self.venv = installed(wheel, root / "venv")
        self.program = str(self.venv / "bin" / "elderlearn")
        self.data = self.home / ".local" / "share" / "elderlearn"
        self.env = surroundings(HOME=str(self.home))
        self.env.pop("XDG_DATA_HOME", None)
        self.started: list[subprocess.Popen[bytes]] = []

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, capture_output=True, text=True, cwd=self.here, env=self.env)

    def start(self, *command: str) -> Path:
        """One of our commands until the end of the test; where it says what."""
        log = self.home / f"{command[0]}.log"
        with log.open("wb") as file:
            self.started.append(
                subprocess.Popen([self.program, *command], cwd=self.here, env=self.env, stdout=file, stderr=file)
            )
        return log

    def stop(self) -> None:
        for one in self.started:
            one.send_signal(signal.SIGTERM)
        for one in self.started:
            one.wait(PATIENCE)
        self.started.clear()


@pytest.fixture
def anywhere(wheel: Path) -> Iterator[Anywhere]:
    root = Path(tempfile.mkdtemp(prefix="el anywhere ", dir="/tmp")).resolve()
    root.chmod(0o755)
    somebody = Anywhere(root, wheel)
    yield somebody
    somebody.stop()
    for demo in Demo.started:
        if demo.process.poll() is None:
            demo.stop()
    Demo.started.clear()
    if somebody.data.exists():
        reset(somebody.data)
    shutil.rmtree(root)


def test_the_wheel_is_complete_and_holds_nothing_else(wheel: Path) -> None:
    files = {
        f"{inside}/{path.relative_to(ROOT / name).as_posix()}": path
        for name, inside in INSIDE.items()
        for path in (ROOT / name).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as opened:
        held = {name for name in opened.namelist() if ".dist-info/" not in name}
        assert held == set(files)
        assert [name for name, path in files.items() if opened.read(name) != path.read_bytes()] == []
    kinds = {Path(name).suffix for name in held}
    assert {".py", ".po", ".otf", ".csv", ".json", ".html", ".css", ".js", ".wasm", ".png", ".svg"} <= kinds


def test_installed_where_there_is_no_clone_everything_runs_from_any_folder(anywhere: Anywhere) -> None:
    python = str(anywhere.venv / "bin" / "python")
    origin = anywhere.run(python, "-c", "import elderlearn; print(elderlearn.__file__)").stdout
    assert origin.startswith(f"{anywhere.venv}/lib/")
    assert "No module named 'pytest'" in anywhere.run(python, "-c", "import pytest").stderr

    demo = Demo(
        None,
        "--workers",
        "1",
        log=anywhere.home / "demo.log",
        program=[anywhere.program],
        cwd=anywhere.here,
        env=anywhere.env,
    )
    assert demo.is_ready()
    beside = anywhere.run(anywhere.program, "migrate")  # in the same data, though nobody named a folder
    assert "No migrations need" in beside.stdout, beside.stderr
    assert f"Data: {anywhere.data}\n" in demo.log.read_text()
    _look_around(str(demo.address()), demo.log.read_text())
    demo.stop()
    assert anywhere.data.stat().st_mode & 0o077 == 0

    said = anywhere.start("serve", "--port", "0")
    anywhere.start("work")
    wait_until(lambda: "Serving at" in said.read_text() or not _run_all(anywhere))
    (address,) = re.findall(r"Serving at (\S+)", said.read_text())
    wait_until(lambda: _is_ready(address) or not _run_all(anywhere))
    assert _run_all(anywhere), [log.read_text() for log in anywhere.home.glob("*.log")]
    assert list(anywhere.here.iterdir()) == []


def _look_around(address: str, printed: str) -> None:
    """A page with all it names, in Chinese; a card, drawn with our own font."""
    with httpx.Client(base_url=address, follow_redirects=True, timeout=PATIENCE) as browser:
        front = browser.get("/").text
        assert '<html lang="zh-CN"' in front
        named = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', front))
        assert {one.rpartition(".")[2] for one in named} >= {"css", "js", "png"}
        assert {browser.get(one).status_code for one in named} == {200}
        (name, password) = re.findall(r"^ +desk +(\S+) +.*?(\S+)$", printed, re.M)[-1]
        form = {"name": name, "password": password, "_csrf_token": browser.cookies["csrftoken"]}
        assert browser.post("/sign-in/staff", data=form).status_code == 200
        somebody = re.findall(r'"(/desk/people/\d+)"', browser.get("/desk/people").text)[0]
        assert 'src="data:image/png;base64,' in browser.get(f"{somebody}/card").text


def _run_all(anywhere: Anywhere) -> bool:
    return all(one.poll() is None for one in anywhere.started)


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
