"""Makes the README's pictures as a terminal shows them, as SVG without outside fonts: the demo and one report.

python docs/make_pictures.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from armstrace.cli.demo import demo_database, fill_store, show_demo
from armstrace.cli.progress import reporting
from armstrace.cli.reading import KeptReader
from armstrace.export.person import print_reading
from armstrace.ingest.demo import read_demo
from armstrace.pipeline import load_reader, make_document, read_report

WIDTH = 100
# Fonts would be fetched from another site; the viewer's own fixed-width font serves.
FONT_FACES = re.compile(r"@font-face\s*\{[^}]*\}")


def main() -> None:
    """Write docs/images/demo.svg and docs/images/read.svg."""
    page = _page()
    with demo_database(None) as store, reporting() as reporter:
        fill_store(store, KeptReader(store, reporter))
        show_demo(page, store)
    _save(page, "demo", "armstrace demo")
    page = _page()
    reader = load_reader()
    document = make_document(read_demo())
    print_reading(page, document, read_report(reader, document), reader.lexicon.country_labels, explain=False)
    _save(page, "read", "armstrace read --demo")


def _page() -> Console:
    return Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)


def _save(page: Console, name: str, title: str) -> None:
    svg = FONT_FACES.sub("", page.export_svg(title=title))
    (Path(__file__).parent / "images" / f"{name}.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
