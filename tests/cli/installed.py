"""The wheel, and an empty virtual environment with nothing in it but the wheel and what the wheel asks for."""

from __future__ import annotations

import re
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]


def built_wheel(into: Path) -> Path:
    """By the locked hatchling, without a network."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(into)], check=True, cwd=ROOT
    )
    (wheel,) = into.glob("*.whl")
    return wheel


def installed(wheel: Path, home: Path) -> Path:
    """The virtual environment `home`: the wheel, its requirements by links; no pip, no tests, no checkout."""
    venv.create(home, symlinks=True)
    quiet = ["--quiet", "--no-index", "--no-deps", "--no-compile"]
    python = home / "bin" / "python"
    subprocess.run([sys.executable, "-m", "pip", "--python", python, "install", *quiet, wheel], check=True)
    (packages,) = home.glob("lib/python*/site-packages")
    for one in required(_metadata(wheel)):
        for top in {file.parts[0] for file in one.files or () if file.parts[0] not in ("..", "__pycache__")}:
            (packages / top).symlink_to(str(one.locate_file(top)))
    return home


def required(asked: list[str]) -> list[Distribution]:
    """Everything the requirements lead to, as it is installed here."""
    found: dict[str, Distribution | None] = {}
    waiting = [Requirement(one) for one in asked]
    while waiting:
        wanted = waiting.pop()
        name = re.sub(r"[-_.]+", "-", wanted.name).lower()
        extras = ["", *sorted(wanted.extras)]
        if name in found and extras == [""]:
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError as error:
            raise AssertionError(f"{name} is required by the wheel but not in the lock") from error
        waiting += [
            each
            for each in map(Requirement, found[name].requires or ())
            if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras)
        ]
    return list(filter(None, found.values()))


def _metadata(wheel: Path) -> list[str]:
    """What the wheel requires, the embedded servers included."""
    with zipfile.ZipFile(wheel) as opened:
        (name,) = (one for one in opened.namelist() if one.endswith(".dist-info/METADATA"))
        lines = opened.read(name).decode().split("\n\n", 1)[0].splitlines()
    asked = [line.partition(": ")[2] for line in lines if line.startswith("Requires-Dist: ")]
    return [
        one
        for one in asked
        if (marker := Requirement(one).marker) is None
        or any(marker.evaluate({"extra": extra}) for extra in ("", "embedded"))
    ]
