"""Makes the README's picture: the demo report as a terminal shows it, as an SVG without outside fonts.

python docs/make_pictures.py
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from armstrace.export.person import print_reading
from armstrace.ingest.demo import read_demo
from armstrace.pipeline import load_reader, make_document, read_report

WIDTH = 100
# Fonts would be fetched from another site; the viewer's own fixed-width font serves.
FONT_FACES = re.compile(r"@font-face\s*\{[^}]*\}")


def main() -> None:
    """Write docs/images/read.svg."""
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True)
    reader = load_reader()
    document = make_document(read_demo())
    print_reading(console, document, read_report(reader, document), reader.lexicon.country_labels, explain=False)
    svg = FONT_FACES.sub("", console.export_svg(title="armstrace read --demo"))
    (Path(__file__).parent / "images" / "read.svg").write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
