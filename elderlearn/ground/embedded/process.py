"""Starting and stopping a server process that outlives us and that nobody's Ctrl-C can hit."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from elderlearn.ground.embedded.account import Account
from elderlearn.ground.embedded.folders import belong_to_folder
from elderlearn.ground.servers import ServersFailed

ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}
LOG_LIMIT = 20_000_000
TRIES = 40
PATIENCE = 5.0

_ours: list[subprocess.Popen[bytes]] = []


@dataclass(frozen=True)
class Server:
    """One server: how to start it, where it runs, how it shows that it lives and that it answers."""

    name: str
    program: str
    command: list[str]
    folder: Path
    log: Path
    account: Account
    pid: Callable[[], int | None]
    answers: Callable[[], bool]

    def is_alive(self) -> bool:
        """The process exists; it may still be recovering."""
        pid = self.pid()
        return pid is not None and is_running(pid, self.program)

    def bring_up(self, forget_dead: Callable[[], None]) -> None:
        """Return when it answers. Patient with a long recovery; gives up when it keeps dying.

        `forget_dead` removes what a killed server left behind; a server just killed may still hold
        shared memory for a moment, hence the many tries.
        """
        for _ in range(TRIES):
            ours = None
            if not self.is_alive():
                forget_dead()
                ours = start_detached(self.command, folder=self.folder, log=self.log, account=self.account)
            if self._wait_until_it_answers(ours):
                return
            time.sleep(0.25)
        raise ServersFailed(f"{self.name} does not start:\n{tail(self.log)}")

    def stop(self, *, by: signal.Signals, at_last: signal.Signals, within: float) -> None:
        """Ask it to end, and wait; after `within` seconds insist.

        It is the process we wait for: a server removes the file with its number a moment before it is gone.
        """
        pid = self.pid()
        if pid is None:
            return
        for how in (by, at_last):
            if not is_running(pid, self.program):
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, how)
            end = time.monotonic() + within
            while is_running(pid, self.program) and time.monotonic() < end:
                time.sleep(0.02)

    def _wait_until_it_answers(self, ours: subprocess.Popen[bytes] | None) -> bool:
        """False once the process is gone: the one we just started, or the one we found."""
        began, told = time.monotonic(), False
        while True:
            if self.answers():
                return True
            if not (ours.poll() is None if ours else self.is_alive()):
                return False
            if not told and time.monotonic() - began > PATIENCE:
                told = True
                print(f"{self.name} is recovering, please wait …", file=sys.stderr, flush=True)
            time.sleep(0.03)


def start_detached(command: list[str], *, folder: Path, log: Path, account: Account) -> subprocess.Popen[bytes]:
    """Start in a process session of its own, in `folder`, as `account`, writing to `log`."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.replace(log.with_suffix(".1"))
    with log.open("ab") as output:
        belong_to_folder(log)
        process: subprocess.Popen[bytes] = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=ENVIRONMENT,
            **other_user(account),
        )
    _ours.append(process)
    return process


def other_user(account: Account) -> dict[str, Any]:
    """What `subprocess` needs to become that user; nothing when it is us."""
    if not account.is_other:
        return {}
    return {"user": account.uid, "group": account.gid, "extra_groups": []}


def is_running(pid: int, program: str) -> bool:
    """A live process of that program; a zombie or a stranger with a reused number is not one."""
    for process in _ours:
        process.poll()  # a child of ours that died stays a zombie until we look
    try:
        found = psutil.Process(pid)
        return bool(found.status() != psutil.STATUS_ZOMBIE and found.name().startswith(program))
    except psutil.Error:
        return False


def tail(log: Path, lines: int = 8) -> str:
    """The end of a log, for a message."""
    if not log.exists():
        return "(no log)"
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:])
