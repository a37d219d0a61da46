"""The packaged demo report."""

from __future__ import annotations

import json
from importlib.resources import files

from armstrace.document import Capture, Metadata
from armstrace.ingest.raw import RawText


def read_demo() -> RawText:
    """Return the packaged demo report with its metadata."""
    folder = files("armstrace.ingest") / "demo_report"
    metadata = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    data = (folder / "demo.txt").read_bytes()
    return RawText("demo", data.decode("utf-8"), Metadata(**metadata), evidence=data, capture=Capture("--demo"))
