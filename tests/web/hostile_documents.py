"""Invented documents that attack whoever looks at them, and honest ones beside them, taken in as users take them in."""

from __future__ import annotations

import io
import json

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from armstrace.document import Capture, Document, Metadata
from armstrace.ingest.raw import Piece
from armstrace.ingest.walk import read_piece
from armstrace.intake import keep_texts, read_kept
from armstrace.pipeline import Reader
from armstrace.store.repository import Store

NOW = "2031-05-01T12:00:00Z"
# U+202E turns what follows round: in a file name "fdp.exe" it shows an innocent end.
TURN = "\u202e"
SENTENCE = "Norway has delivered 40 armoured vehicles to Chile, the Norwegian defence ministry said on Monday."
DENIAL = "Brazil denied that it had sold 12 rocket launchers to Angola."
RUN = "document.title='owned';parent.document.title='owned';top.location='TRAP/top'"


def hostile_page(trap: str) -> bytes:
    """Return a web page that tries to run, to load, to greet and to lead away, in every way that its writer knew."""
    attack = RUN.replace("TRAP", trap)
    return f"""<!doctype html><html><head><meta charset="utf-8">
<title>&lt;script&gt;{attack}&lt;/script&gt; Vehicles for Chile</title>
<meta property="og:site_name" content="&lt;img src=x onerror={attack}&gt; Fjord Courier">
<meta name="author" content="&quot;&gt;&lt;svg onload={attack}&gt;">
<link rel="canonical" href="javascript:{attack}">
<meta property="article:published_time" content="2030-03-04">
<meta http-equiv="refresh" content="0;url={trap}/refresh">
<link rel="stylesheet" href="{trap}/style.css"><link rel="preload" as="image" href="{trap}/preload.png">
<link rel="prefetch" href="{trap}/prefetch"><link rel="preconnect" href="{trap}"><link rel="dns-prefetch" href="{trap}">
<link rel="icon" href="{trap}/icon.png">
<style>@import url({trap}/import.css); @font-face {{ font-family: F; src: url({trap}/font.woff) }}
body {{ background: url({trap}/ground.png); font-family: F }}</style>
<script>{attack}</script><script src="{trap}/script.js"></script>
<script type="speculationrules">{{"prefetch":[{{"source":"list","urls":["{trap}/rules"]}}]}}</script>
<base href="{trap}/" target="_top"></head>
<body onload="{attack}"><article><h1>Vehicles for Chile</h1>
<p>OSLO, 4 March 2030. {SENTENCE} &lt;script&gt;{attack}&lt;/script&gt; &lt;img src=x onerror="{attack}"&gt;</p>
<p>The vehicles were built a decade ago and come from the stores of a battalion that no longer exists; the ministry
named no price. {TURN}evil backwards\u2066 and a bell \x07 follow here, so that a reader may see them.</p>
<p>{DENIAL} The ministry in Luanda did not say what it thinks of the story, nor did anybody else who was asked.</p>
<img src="{trap}/picture.png" onerror="{attack}"><iframe src="{trap}/frame"></iframe>
<iframe srcdoc="<script>{attack}</script>"></iframe>
<object data="{trap}/object"></object><embed src="{trap}/embed">
<video src="{trap}/video" poster="{trap}/poster" autoplay></video>
<svg><script>{attack}</script><image href="{trap}/svg.png"/></svg>
<form action="{trap}/form"><input autofocus onfocus="{attack}"><button id="send">Send</button></form>
<a id="away" href="{trap}/link" target="_top" ping="{trap}/ping">away</a>
<a id="plain" href="{trap}/plain" target="_self">plain</a>
<map name="m"><area href="{trap}/area" coords="0,0,9,9"></map>
<a id="script" href="javascript:{attack}">script</a></article></body></html>""".encode()


def paper() -> bytes:
    """Return a PDF of two pages; what is claimed stands on the second."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    pages = (
        ("Report of the harbour office for the year", "Most ships of the year carried grain, timber and cement."),
        (
            "Peru has ordered 24 howitzers from Finland, the Peruvian army said on",
            "Tuesday. The office itself saw nothing of them in its harbour.",
        ),
    )
    for lines in pages:
        canvas.setFont("Times-Roman", 12)
        for number, line in enumerate(lines):
            canvas.drawString(72, 740 - 18 * number, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def long_report() -> bytes:
    """Return a text far longer than a page can show, with one claim near its end."""
    dull = [
        f"On day {n} the committee heard the minutes of day {n - 1} and found nothing to add.\n" for n in range(4200)
    ]
    return f"LONG REPORT\n\n{''.join(dull[:4000])}{SENTENCE}\n{''.join(dull[4000:])}".encode()


def table_row() -> bytes:
    row = {"id": "row-1", "title": "A row", "text": f"OSLO. {SENTENCE} " + "Nothing else is in the row. " * 5}
    return json.dumps(row).encode()


def fill(store: Store, reader: Reader, trap: str) -> dict[str, str]:
    """Keep and read all; return their ids by name."""
    attack = RUN.replace("TRAP", trap)
    odd_name = f'../..\\x/"><script>{attack}</script>{TURN}fdp.exe'
    odd_source = f"javascript:{attack}"
    pieces = {
        "hostile": Piece(
            odd_name, hostile_page(trap), Capture(odd_source, None, (("X-Odd", f"<script>{attack}</script>"),))
        ),
        "paper": Piece("papers/harbour office", paper(), Capture("https://harbour.example/report.pdf", "2031-01-01")),
        "long": Piece("long", long_report(), Capture("reports/long.txt")),
        "row": Piece("rows", table_row(), Capture("rows.jsonl")),
        "first": Piece("v1", SENTENCE.encode(), Capture("https://fjord.example/a"), Metadata(published="2030-03-04")),
        "second": Piece("v2", DENIAL.encode(), Capture("https://fjord.example/a"), Metadata(published="2030-03-05")),
    }
    ids = {}
    for name, piece in pieces.items():
        found = list(read_piece(piece))
        receipts = list(keep_texts(store, found, lambda _, known=piece.known: (known,), lambda: NOW))
        ids[name] = receipts[0].id
    ids["said"] = _said(store, attack)
    for _ in read_kept(store, reader, "test", lambda: NOW):
        pass
    return ids


def _said(store: Store, attack: str) -> str:
    """Keep a document whose every known field attacks, and which is of a format that no browser shows."""
    known = Metadata(
        outlet=f"<script>{attack}</script>{TURN}",
        published=f'2030"><script>{attack}</script>',
        title=f'"><script>{attack}</script>',
        url=f"JaVaScRiPt:{attack}",
        byline=f"<img src=x onerror={attack}>",
        language='"><script>',
        published_from=f"meta <script>{attack}</script>",
    )
    document = Document("5aid", SENTENCE, SENTENCE, known, name=f"..\\..\\{TURN}\x00 .. CON: | a.exe ", format="docx")
    store.add_document(
        document, b"PK\x03\x04 no real archive", Capture(f"data:text/html,<script>{attack}</script>"), NOW
    )
    return document.id
