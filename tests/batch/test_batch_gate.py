"""The gate of a batch: what it lets by, what it passes over, and what it does not judge."""

from __future__ import annotations

import io
import zipfile

import pytest

from armstrace.batch.gate import passes_bytes, passes_text
from armstrace.document import Metadata
from armstrace.ingest.raw import RawText
from armstrace.lexicon.load import load_lexicon

SALE = "Norway sold forty tanks to Latvia, the defence ministry in Oslo said."
HARVEST = "The harvest was larger than in the year before, farmers said."
PAGE = "<html><head><title>News</title></head><body><p>{}</p></body></html>"


def packed() -> bytes:
    """Return a file that is neither page nor text."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("raw", "passes"),
    [
        (RawText("a", SALE), True),
        (RawText("a", HARVEST), False),
        (RawText("a", "The minister said the first would come in May.", Metadata(title=SALE)), True),
        (RawText("a", "Supplier,Recipient\nNorway,Latvia", format="sipri-csv"), True),
        (RawText("a", ""), False),
    ],
    ids=["a sale", "a harvest", "arms in the title alone", "a table", "nothing"],
)
def test_texts(raw: RawText, *, passes: bool) -> None:
    assert passes_text(raw, load_lexicon()) == passes


@pytest.mark.parametrize(
    ("data", "passes"),
    [
        (PAGE.format(SALE).encode(), True),
        (PAGE.format(HARVEST).encode(), False),
        (("\ufeff" + PAGE.format(SALE)).encode("utf-16-le"), True),
        (HARVEST.encode(), True),
        (b"%PDF-1.7\n...", True),
        (packed(), True),
    ],
    ids=["a page of a sale", "a page of a harvest", "two bytes a character", "a text, judged once read", "PDF", "DOCX"],
)
def test_bytes(data: bytes, *, passes: bool) -> None:
    assert passes_bytes(data, load_lexicon()) == passes
