"""A real browser for tests: Debian's Chromium by Playwright, a server that nobody may reach, and axe-core."""

from __future__ import annotations

import os
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

NEEDED = "ARMSTRACE_TESTS_NEED"  # "browser": its absence is a failure, for whoever checks everything
PROGRAM = Path("/usr/bin/chromium")
# It speaks to nobody of itself, so that whatever it sends was asked for by a page.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1400, "height": 900}
_TELLS = "!window.document || typeof window.axe"


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Give a browser; skip, or fail where it is needed, if none is installed."""
    if not PROGRAM.exists():
        message = f"no browser is installed at {PROGRAM} (Debian: apt install chromium)"
        if "browser" in os.environ.get(NEEDED, "").split(","):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(PROGRAM), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


class Complaints:
    """What a browser complained of on a page: refusals of the desk's policy, errors of its scripts."""

    def __init__(self, page: Page) -> None:
        self.told: list[str] = []
        page.on("console", self._note)
        page.on("pageerror", lambda error: self.told.append(f"script: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.told.append(f"{message.location.get('url', '')}: {message.text}")

    def of_the_desk(self) -> list[str]:
        """Return the complaints that no sandboxed original of others gave rise to."""
        return [told for told in self.told if "/original" not in told and "about:srcdoc" not in told]


class Trap:
    """A server on loopback that notes whoever greets it: a page that makes a browser load something is caught."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        self.caught: list[bytes] = []
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._listening.accept()
            except OSError:  # closed
                return
            with caller:
                caller.settimeout(0.2)
                try:
                    self.caught.append(caller.recv(200) or b"a connection")
                except TimeoutError:
                    self.caught.append(b"a connection")

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


def check_accessible(page: Page, *, without: tuple[str, ...] = ()) -> None:
    """Fail with a readable list if axe-core finds anything wrong on a page; ``without`` are selectors left out."""
    if page.evaluate(_TELLS) == "undefined":
        page.evaluate(_axe())  # by the protocol of the browser's tools: the policy of the page lets no such script in
    context: dict[str, Any] = {"exclude": [[selector] for selector in without]}
    found = page.evaluate("(context) => axe.run(context, {iframes: false})", context)
    told = [
        f"{rule['id']}: {rule['help']}\n    {node['target']} {node['html'][:200]}\n    {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert not told, f"{page.url} is not accessible:\n" + "\n".join(told)


_TAPPED = """() => [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')]
  .filter(one => !one.closest('svg, thead') && one.checkVisibility({visibilityProperty: true})
    && !(one.tagName === 'A' && getComputedStyle(one).display === 'inline'))
  .map(one => [one, one.getBoundingClientRect()])
  .filter(([, box]) => box.width && box.right > 0 && (box.width < 24 || box.height < 24))
  .map(([one, box]) => `${one.outerHTML.slice(0, 100)}: ${Math.round(box.width)} x ${Math.round(box.height)}`)"""


def check_can_be_tapped(page: Page) -> None:
    """Fail if something on a page is smaller than a finger needs: 24 px (WCAG 2.5.8).

    Links within sentences, headings that a phone does not show, and pictures, of which a list tells too, are left out.
    """
    small = page.evaluate(_TAPPED)
    assert not small, f"{page.url} holds what is hard to tap: {small[:5]}"


def check_no_sideways_scrolling(page: Page) -> None:
    """Fail if a page is wider than the window, and name what is."""
    wide = page.evaluate(
        "() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll('main *')]"
        ".filter(one => one.getBoundingClientRect().right > innerWidth + 1).map(one => one.outerHTML.slice(0, 120))"
    )
    assert not wide, f"{page.url} is wider than {page.viewport_size}: {wide[:5]}"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url


def keep_picture(page: Page, name: str) -> None:
    """Keep a picture of a page in the folder that $ARMSTRACE_PICTURES names, if it names one."""
    folder = os.environ.get("ARMSTRACE_PICTURES")
    if folder:
        plain = re.sub(r"[^A-Za-z0-9-]+", "-", name).strip("-")[:100]
        # The longest page takes a busy machine more than the ten seconds that other deeds have.
        page.screenshot(path=Path(folder) / f"{plain}.png", full_page=True, timeout=60_000)
