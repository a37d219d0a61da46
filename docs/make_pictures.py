"""Makes the README's pictures: the demo and one report as a terminal shows them, and pages of the demo's desk.

    python docs/make_pictures.py [terminal] [desk]

Of a terminal as SVG without outside fonts; of the desk as PNG by a browser, for which the extra "test" and Chromium
(Debian: apt install chromium) must be installed. Without arguments all are made.
"""

from __future__ import annotations

import io
import re
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rich.console import Console

from armstrace.cli.demo import demo_database, fill_store, show_demo
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.export.person import print_reading
from armstrace.grouping import load_stages
from armstrace.ingest.demo import read_demo
from armstrace.pipeline import load_reader, make_document, read_report
from armstrace.registering import build_register
from armstrace.store.repository import Store

WIDTH = 100
IMAGES = Path(__file__).parent / "images"
# Fonts would be fetched from another site; the viewer's own fixed-width font serves.
FONT_FACES = re.compile(r"@font-face\s*\{[^}]*\}")
BROWSER = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


class Shot(NamedTuple):
    """A picture of a page: the file's name, the address ("{line}" is that which most is said of), size, and colours."""

    name: str
    address: str
    width: int
    height: int
    scheme: str = "light"


SHOTS = (
    Shot("desk-register", "/", 1280, 860),
    Shot("desk-register-dark", "/?as_of=2018-06-30&sort=credibility", 1280, 760, "dark"),
    Shot("desk-register-phone", "/", 390, 844),
    Shot("desk-transfer", "/transfers/{line}", 1280, 1100),
)


def main() -> None:
    """Write the pictures that are asked for."""
    asked = sys.argv[1:] or ["terminal", "desk"]
    with demo_database(None) as store, reporting(json_log=False) as reporter:
        fill_store(store, KeptReader(store, reporter))
        if "terminal" in asked:
            picture_terminal(store)
        if "desk" in asked:
            picture_desk(store)


def picture_terminal(store: Store) -> None:
    """Write docs/images/demo.svg and docs/images/read.svg."""
    page = _page()
    show_demo(page, store)
    _save(page, "demo", "armstrace demo")
    page = _page()
    reader = load_reader()
    document = make_document(read_demo())
    print_reading(page, document, read_report(reader, document), reader.lexicon.country_labels, explain=False)
    _save(page, "read", "armstrace read --demo")


def picture_desk(store: Store) -> None:
    """Write a PNG of each of ``SHOTS``."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - only who makes these needs it

    register = build_register(store, load_stages())
    line = max(register.transfers, key=lambda one: (bool(one.denials), len(one.claims))).id
    with _serving(store) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=list(ARGUMENTS))
        for shot in SHOTS:
            size = {"width": shot.width, "height": shot.height}
            with browser.new_context(viewport=size, color_scheme=shot.scheme, device_scale_factor=2) as context:
                page = context.new_page()
                page.goto(address + shot.address.format(line=line), wait_until="load")
                page.screenshot(path=IMAGES / f"{shot.name}.png")
        browser.close()


@contextmanager
def _serving(store: Store) -> Iterator[str]:
    """Serve a desk over a store on a free port; yield its address."""
    import uvicorn  # noqa: PLC0415

    from armstrace.web.app import create_app  # noqa: PLC0415
    from armstrace.web.desk import Desk, alone  # noqa: PLC0415

    desk = Desk(store, load_stages(), lambda: "2018-10-01T12:00:00Z", alone("demo"))
    server = uvicorn.Server(uvicorn.Config(create_app(desk), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("the desk did not start")
        thread.join(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)


def _page() -> Console:
    return Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)


def _save(page: Console, name: str, title: str) -> None:
    svg = FONT_FACES.sub("", page.export_svg(title=title))
    (IMAGES / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
