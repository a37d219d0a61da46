"""Makes the README's pictures of the desk from the demo, in the browser that is installed (extra ``test``).

python docs/make_desk_pictures.py
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import sync_playwright

from armstrace.cli.database import now
from armstrace.cli.demo import demo_database, fill_store
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.grouping import load_stages
from armstrace.keeping.update import update_register
from armstrace.web.app import create_app
from armstrace.web.desk import Desk, alone

IMAGES = Path(__file__).parent / "images"
BROWSER = "/usr/bin/chromium"
SIZE = {"width": 1300, "height": 900}
PICTURES = {"desk": "/", "transfer": "/transfers/e06280be"}


def main() -> None:
    """Write ``docs/images/NAME.png`` for each address of ``PICTURES``."""
    with demo_database(None) as store, reporting() as reporter:
        fill_store(store, KeptReader(store, reporter))
        desk = Desk(store, load_stages(), now, alone("ann"))
        update_register(store, desk.stages)  # else the first page shows that it is being brought up to date
        with serving(desk) as address, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
            page = browser.new_page(viewport=SIZE)
            for name, path in PICTURES.items():
                page.goto(f"{address}{path}", wait_until="networkidle")
                page.screenshot(path=str(IMAGES / f"{name}.png"), clip={"x": 0, "y": 0, **SIZE})
            browser.close()


@contextmanager
def serving(desk: Desk) -> Iterator[str]:
    """Serve a desk on a free port of this machine; yield its address."""
    server = uvicorn.Server(uvicorn.Config(create_app(desk), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


if __name__ == "__main__":
    main()
