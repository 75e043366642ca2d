"""The real application in a process of its own, and Chromium in front of it.

    page = await open_page(width=360, size=30, lang="en", staff=leader, camera_film=path)
    await page.goto("/courses")

Chromium is found in ELDERLEARN_CHROMIUM or PATH; without one the tests fail, they are never skipped.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.async_api import Browser, Page, Playwright, async_playwright

from elderlearn.ground.embedded import Servers
from elderlearn.web.shell.viewer import COOKIE
from tests.conftest import Database
from tests.people_standing import StandingStaff
from tests.web.conftest import token_for

ROOT = Path(__file__).parents[2]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NO_CHROMIUM = "No Chromium: apt-get install chromium fonts-noto-cjk, or name one in ELDERLEARN_CHROMIUM."
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
FAKE_CAMERA = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
SLOWEST = 15_000  # ms; the computers that run this are shared

OpenPage = Callable[..., Awaitable[Page]]


@dataclass(frozen=True)
class Site:
    """Where the application of this test listens."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path

    @asynccontextmanager
    async def started_again(self, database: Database, servers: Servers) -> AsyncIterator[None]:
        """At the same address, after the process was killed."""
        process = _start(_command(self.url), _surroundings(self.url, database, servers), self.log)
        try:
            await _until_up(self.url, process, self.log)
            yield
        finally:
            process.kill()
            process.wait()


@pytest.fixture
async def site(servers: Servers, database: Database, tmp_path: Path) -> AsyncIterator[Site]:
    """One web process over the test's own database. Its log is shown when it does not start."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    url, log = f"http://127.0.0.1:{port}", tmp_path / "web.log"
    process = _start(_command(url), _surroundings(url, database, servers), log)
    try:
        await _until_up(url, process, log)
        yield Site(url, process, log)
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser, or a failure that says how to get one."""
    named = os.environ.get("ELDERLEARN_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, NAMES)), None)
    if not found or not Path(found).exists():
        pytest.fail(NO_CHROMIUM)
    return found


@pytest.fixture(scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    async with async_playwright() as running:
        yield running


@pytest.fixture(scope="session")
async def chromium(playwright: Playwright, chromium_path: str) -> AsyncIterator[Browser]:
    """One browser for the run; a camera film needs one of its own."""
    browser = await playwright.chromium.launch(executable_path=chromium_path, args=[*QUIET, *FAKE_CAMERA])
    yield browser
    await browser.close()


@pytest.fixture
async def open_page(
    site: Site, chromium: Browser, playwright: Playwright, chromium_path: str
) -> AsyncIterator[OpenPage]:
    """Makes pages: each in a context of its own, as one person with one telephone."""
    async with AsyncExitStack() as stack:

        async def enter(
            width: int = 360,
            size: int = 20,
            lang: str = "zh_CN",
            *,
            camera_film: Path | None = None,
            resident: int | None = None,
            staff: StandingStaff | None = None,
            javascript: bool = True,
            service_worker: bool = True,
        ) -> Page:
            browser = chromium
            if camera_film is not None:
                film = [*FAKE_CAMERA, f"--use-file-for-fake-video-capture={camera_film.resolve()}"]
                browser = await playwright.chromium.launch(executable_path=chromium_path, args=[*QUIET, *film])
                stack.push_async_callback(browser.close)
            context = await browser.new_context(
                base_url=site.url,
                viewport={"width": width, "height": 740 if width < 600 else 900},
                locale="zh-CN",
                timezone_id="Asia/Shanghai",
                permissions=["camera"],
                java_script_enabled=javascript,
                service_workers="allow" if service_worker else "block",
            )
            stack.push_async_callback(context.close)
            cookies = {"size": str(size), "lang": lang}
            if resident is not None or staff is not None:
                cookies[COOKIE] = await token_for(resident, staff)
            await context.add_cookies([{"name": n, "value": v, "url": site.url} for n, v in cookies.items()])
            page = await context.new_page()
            page.set_default_timeout(SLOWEST)
            return page

        yield enter


def _command(url: str) -> list[str]:
    command = [sys.executable, "-m", "uvicorn", "elderlearn.app:create_app", "--factory"]
    return [*command, "--port", url.rpartition(":")[2], "--log-level", "warning"]


def _surroundings(url: str, database: Database, servers: Servers) -> dict[str, str]:
    return {
        **os.environ,
        "PUBLIC_URL": url,
        "DATABASE_URL": database.url,
        "DATABASE_OWNER_URL": database.owner_url,
        "REDIS_URL": servers.redis_url,
    }


def _start(command: list[str], surroundings: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        return subprocess.Popen(command, cwd=ROOT, env=surroundings, stderr=file)


async def _until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    async with httpx.AsyncClient() as client:
        for _ in range(300):
            if process.poll() is not None:
                break
            with suppress(httpx.HTTPError):
                if (await client.get(f"{url}/healthz")).status_code == 200:
                    return
            await asyncio.sleep(0.1)
    pytest.fail(f"The web process did not start:\n{log.read_text(errors='replace')[-3000:]}")
