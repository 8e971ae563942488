"""A real browser, servers in processes of their own, and the index of the shipped plan."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from queue import Empty, Queue
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant.factory import Assistant, build_assistant
from assistant.settings import AssistantSettings, RootSettings
from vectorstore.settings import VectorStoreSettings

ROOT = Path(__file__).parents[2]
CHROMIUM_ARGUMENTS = [
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
START_TIMEOUT_S = 90
COMMAND_TIMEOUT_S = 120
IN_TIME = date(2025, 7, 1)
"""A day before the deadline for comments on the shipped plan."""


def free_port() -> int:
    """Return a port of this machine that nothing uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _read_lines(process: subprocess.Popen[str], lines: Queue[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        lines.put(line.rstrip("\n"))
    lines.put("(the process has ended)")


@contextmanager
def served(arguments: list[str], port: int, **environment: str) -> Iterator[str]:
    """Run `python ARGUMENTS` until the block ends; yield the address once it has printed that it is ready."""
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    lines: Queue[str] = Queue()
    reader = threading.Thread(target=_read_lines, args=(process, lines), daemon=True)
    reader.start()
    address = f"http://127.0.0.1:{port}"
    seen: list[str] = []
    try:
        while not (seen and address in seen[-1]):
            try:
                seen.append(lines.get(timeout=START_TIMEOUT_S))
            except Empty:
                pytest.fail(f"no address within {START_TIMEOUT_S} s; printed: {seen}")
            if process.poll() is not None and seen[-1] == "(the process has ended)":
                pytest.fail(f"the server ended with {process.returncode}: {seen}")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        reader.join(timeout=5)
        assert process.stdout is not None
        process.stdout.close()


def find_chromium() -> str | None:
    """Return the path of a chromium on this machine, or None."""
    wanted = [os.environ.get("HUXZ_TEST_CHROMIUM", ""), "chromium", "chromium-browser", "google-chrome"]
    return next((found for name in wanted if name and (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A chromium for the whole run; without one: skipped, or failed where a browser is required."""
    executable = find_chromium()
    if executable is None:
        message = "no chromium found; install Debian's `chromium` or set HUXZ_TEST_CHROMIUM"
        if os.environ.get("HUXZ_TEST_REQUIRE_BROWSER") == "1":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=executable, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


class Visit:
    """A visitor's window: asks, and keeps what the page requested and complained about."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        self.context = context
        self.requested: list[str] = []
        self.complaints: list[str] = []
        self.page = self.open()

    def open(self) -> Page:
        """Open the page in a new tab of the same visitor."""
        page = self.context.new_page()
        page.set_default_timeout(15_000)
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("console", lambda message: self._note(message.type, message.text))
        page.on("pageerror", lambda error: self._note("error", str(error)))
        page.goto(self.address)
        page.wait_for_selector("html[data-ready]")
        page.wait_for_selector("html[data-restored]")
        return page

    def reload(self) -> None:
        """Load the page again, as after a walk away from the desk."""
        self.page.reload()
        self.page.wait_for_selector("html[data-restored]")

    def ask(self, question: str) -> None:
        """Type a question, send it and wait for the end of its answer."""
        self.send(question)
        self.page.wait_for_selector("#latest .answer[aria-busy=false]")
        self.page.wait_for_selector("#send")

    def send(self, question: str) -> None:
        """Type a question and send it; wait until it stands in the conversation."""
        before = self.latest_id()
        self.page.fill("#question textarea", question)
        self.page.press("#question textarea", "Enter")
        self.page.wait_for_function(
            "before => document.querySelector('#latest .turn') && "
            "document.querySelector('#latest .turn').id !== before",
            arg=before,
        )

    def latest_id(self) -> str:
        """Return the id of the latest turn, '' before the first."""
        return str(self.page.evaluate("document.querySelector('#latest .turn')?.id ?? ''"))

    def text(self, selector: str) -> str:
        """Return what is written at a place of the page."""
        return self.page.locator(selector).inner_text()

    def foreign_hosts(self) -> set[str]:
        """Return the hosts other than ours that anything was requested from."""
        hosts = {urlsplit(url).hostname for url in self.requested if not url.startswith(("data:", "blob:"))}
        return {host or "" for host in hosts} - {"127.0.0.1"}

    def _note(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)


Visitor = Callable[..., Visit]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Opens pages in fresh browser profiles; afterwards nothing may have come from another host."""
    visits: list[Visit] = []

    def visit(address: str, width: int = 1280, height: int = 900) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="zh-CN", reduced_motion="reduce"
        )
        visits.append(Visit(context, address))
        return visits[-1]

    yield visit
    for made in visits:
        made.context.close()
        assert made.foreign_hosts() == set()
        assert made.complaints == []


@pytest.fixture(scope="session")
def fake_address() -> Iterator[str]:
    """The address of the page over the made-up assistant."""
    port = free_port()
    with served(["tests/e2e/fake_page.py", "--port", str(port)], port) as address:
        yield address


@pytest.fixture(scope="session")
def plan_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the index of the shipped plan, built by the command that `make run` uses."""
    folder = tmp_path_factory.mktemp("plan")
    built = run_module(folder, "ingest", "ensure", HUXZ_VECTORSTORE__DATA_DIR=str(folder / "data"))
    assert built.returncode == 0, built.stderr
    return folder / "data"


@pytest.fixture(scope="session")
def assistant(plan_data: Path) -> Assistant:
    """The whole assistant over the shipped plan, without a chat model, on a day before the deadline."""
    return build_assistant(
        RootSettings(
            assistant=AssistantSettings(today=IN_TIME), vectorstore=VectorStoreSettings(data_dir=plan_data)
        )
    )


def run_module(
    folder: Path, module: str, *arguments: str, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m MODULE` in a folder, with no settings but the given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HUXZ_")}
    return subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        encoding="utf-8",
        timeout=COMMAND_TIMEOUT_S,
        check=False,
    )
