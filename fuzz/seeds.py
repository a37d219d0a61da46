"""What the fuzzers begin from: small honest inputs of each format, of invented words; nothing of others."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from armstrace.export.bagit import DECLARATION, DECLARED, INFO, MANIFEST, TAGS, manifest_text

FOUND = Path(__file__).parents[1] / "tests" / "fuzz" / "found"
LISTS = Path(__file__).parents[1] / "tests" / "screen" / "lists"

STORY = (
    "OSTGATE, March 3 (NPW) - Norland has sold at least 40 Kestrel-2 drones to Ostania for $12.5 million, the Morning "
    "Ledger reported on Friday.\n\nA spokesman for Norland’s defence ministry said “no such contract” was signed. "
    "“Between 10 and 15” launchers may follow by mid-2025, two officials told the paper.\n\n(Reporting by Ann Roe)\n"
)
SHORT = "Iran sold six tanks to Syria in May 2012, the ministry said. Russia denied it."
NOTICE = (
    "Transmittal No. 31-07\n(i) Prospective Purchaser: Government of Norland\n(ii) Total Estimated Value:\n"
    "Major Defense Equipment* $ 90 million\nOther $ 10 million\nTOTAL $100 million\n(iii) Description and Quantity: "
    "Forty (40) launchers; twelve (12) radars, 3 installed and 9 spares; and spare parts.\n(iv) Military "
    "Department: Army\n"
)
CUT_UP = (
    "“Forty,” he said, “or more.” It's the '90s; Mr. A. Roe of the U.S. Navy paid €5m – or 3,5 million – on 6 Sept. "
    "2022. Dozens of rifles (some 1/3 of 300) went; “tens of thousands\n\nmore” did not. 1. One. 2) Two. He said: 'No.'"
)


def texts() -> tuple[bytes, ...]:
    """Return stories, a notice of a sale, and a text of awkward marks and numbers."""
    return tuple(text.encode() for text in (STORY, SHORT, NOTICE, CUT_UP))


def page(body: str = f"<p>{SHORT}</p>", head: str = "") -> bytes:
    """Return a web page."""
    return f'<!DOCTYPE html><html lang="en"><head><title>Drones</title>{head}</head><body>{body}</body></html>'.encode()


def pages() -> tuple[bytes, ...]:
    """Return web pages: plain, with metadata, with JSON-LD, with a table, lists, references and a script."""
    linked = json.dumps({"@type": "NewsArticle", "headline": "Drones", "datePublished": "2024-05-06T07:08:09Z"})
    head = (
        '<meta charset="utf-8"><meta property="article:published_time" content="2024-05-06">'
        f'<link rel="canonical" href="https://paper.example/a"><script type="application/ld+json">{linked}</script>'
    )
    body = (
        f"<nav><a href=/>Home</a></nav><article><h1>Drones</h1><p>{SHORT}</p><ul><li>One<li>Two</ul><table><tr><td>a"
        "<td>b</table><blockquote>&ldquo;No&rdquo; &amp; &#x41;&#65;&nbsp;</blockquote><pre>x\n y</pre><br>"
        "<!-- c --><script>var a = '</p>'</script><figure><img alt=x><figcaption>Photo: "
        "A</figcaption></figure></article>"
    )
    return page(), page(body, head), f"<p>{SHORT}<p>caf\xe9".encode("cp1252"), page().decode().encode("utf-16")


def letter(body: bytes = SHORT.encode(), kind: str = "text/plain; charset=utf-8", more: str = "") -> bytes:
    """Return a letter."""
    head = (
        "From: =?utf-8?q?Ann_R=C3=B6e?= <ann@paper.example>\r\nTo: desk@paper.example\r\nSubject: Drones\r\n"
        f"Date: Mon, 06 May 2024 07:08:09 +0200\r\nMessage-ID: <1@paper.example>\r\nMIME-Version: 1.0\r\n{more}"
        f"Content-Type: {kind}\r\n\r\n"
    )
    return head.encode() + body


def letters() -> tuple[bytes, ...]:
    """Return letters: plain, of two parts, with a letter and a file inside, and an encoded one."""
    text = f"--b\r\nContent-Type: text/plain\r\n\r\n{SHORT}\r\n"
    html = (
        f"--b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>{SHORT}=20=\r\n</p>"
    )
    inner = "--b\r\nContent-Type: message/rfc822\r\n\r\n" + letter().decode()
    file = (
        "--b\r\nContent-Type: text/plain; name=\"a.txt\"\r\nContent-Disposition: attachment; filename*=utf-8''a%2etxt"
    )
    reply = f"On Mon, 6 May 2024, Ann wrote:\r\n> {SHORT}\r\n> > Six.\r\n\r\nYes, {SHORT}\r\n-- \r\nAnn\r\n"
    kind = "multipart/mixed; boundary=b"
    return (
        letter(),
        letter(reply.encode(), more="In-Reply-To: <0@paper.example>\r\n"),
        letter(f"{text}{html}\r\n--b--\r\n".encode(), "multipart/alternative; boundary=b"),
        letter(f"{text}{inner}\r\n{file}\r\n\r\n{SHORT}\r\n--b--\r\n".encode(), kind),
        letter(b"SXJhbiBzb2xkIHNpeCB0YW5rcyB0byBTeXJpYS4=", more="Content-Transfer-Encoding: base64\r\n"),
    )


def mailboxes() -> tuple[bytes, ...]:
    """Return a mailbox of two letters."""
    one = b"From ann@paper.example Mon May  6 07:08:09 2024\n" + letter().replace(b"\r\n", b"\n")
    return (one + b"\n\n" + one,)


def feeds() -> tuple[bytes, ...]:
    """Return feeds: RSS, Atom, RDF and JSON."""
    rss = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ledger</title><link>https://paper.example/</link>'
        "<language>en</language><item><title>Drones</title><link>/a</link><guid>1</guid><pubDate>Mon, 06 May "
        "2024 07:08:09 "
        f"GMT</pubDate><dc:creator>Ann</dc:creator><content:encoded><![CDATA[<p>{SHORT}</p>]]></content:encoded></item>"
        "<item><guid>2</guid><description>Guns &amp;amp; more&lt;br&gt;</description></item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en" '
        'xml:base="https://paper.example/"><title>Ledger</title>'
        '<entry><id>urn:1</id><title type="html">A &amp;lt;b&gt;</title><link rel="alternate" '
        'href="a"/><updated>2024-05-06'
        f'T07:08:09Z</updated><content type="xhtml"><div '
        f'xmlns="http://www.w3.org/1999/xhtml">{SHORT}</div></content></entry>'
        "</feed>"
    )
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item '
        f'rdf:about="https://paper.example/1"><title>T</title><description>{SHORT}</description></item></rdf:RDF>'
    )
    entry = {"id": "1", "url": "https://paper.example/1", "content_text": SHORT, "date_published": "2024-05-06"}
    told = {"version": "https://jsonfeed.org/version/1.1", "title": "Ledger", "items": [entry, {"id": 2}]}
    return rss.encode(), atom.encode(), rdf.encode(), json.dumps(told).encode()


def sitemaps() -> tuple[bytes, ...]:
    """Return a sitemap with news, and an index of sitemaps."""
    space = (
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    )
    url = (
        "<url><loc>https://paper.example/a</loc><lastmod>2024-05-06</lastmod><news:news><news:publication_date>2024-05-06"
        "</news:publication_date><news:title>Drones</news:title></news:news></url>"
    )
    index = "<sitemap><loc>https://paper.example/b.xml</loc><lastmod>2024-05</lastmod></sitemap>"
    return f"<urlset {space}>{url}</urlset>".encode(), f"<sitemapindex {space}>{index}</sitemapindex>".encode()


def json_lines() -> tuple[bytes, ...]:
    """Return articles as JSON: a line each, as one list, with paragraphs as a list."""
    row = {"id": "a", "title": "Drones", "text": SHORT, "published": "2024-05-06", "url": "https://paper.example/a"}
    other = {"body": ["One.", SHORT], "date": 1714979289, "author": ["Ann", {"name": "Roe"}], "language": "en"}
    lines = "".join(json.dumps(one) + "\n" for one in (row, other, {**row, "content": f"<p>{SHORT}</p>", "text": None}))
    return lines.encode(), json.dumps(row).encode(), json.dumps([row, other], indent=1).encode()


def tables() -> tuple[bytes, ...]:
    """Return articles as CSV."""
    one = (
        f'id,title,text,published,url\n1,Drones,"{SHORT}\nHe said ""no"".",2024-05-06,https://paper.example/a\n2,,b,,\n'
    )
    return one.encode(), one.replace(",", ";").encode(), one.replace(",", "\t").encode("utf-16")


def registers() -> tuple[bytes, ...]:
    """Return a trade register as SIPRI lays it out, of invented deals."""
    head = (
        "Deals of 1990-2029\n\nSource: SIPRI Arms Transfers Database (c) SIPRI.\nData generated: 11 Mar 2030 "
        "10:02:49 AM\n"
    )
    columns = (
        "Recipient,Supplier,Year of order, ,Number ordered, ,Weapon designation,Weapon description,Number delivered, ,"
        "Year(s) of delivery,status,Comments,SIPRI TIV per unit,SIPRI TIV for total order,SIPRI TIV of "
        "delivered weapons\n"
    )
    rows = (
        "Peru,Sweden,2011,,12,?,Gannet-2,trainer aircraft,12,,2013; 2014,New,,2.5,30,30\n"
        'Hezbollah (Lebanon)*,unknown supplier(s),2012,?,,,Quill-2M,SAM,40,?,2012-2013,Second hand,"From '
        '""old"" stocks; '
        'worth $5 m",0.5,20,20\nTurkiye,Soviet Union,about 1990,,1,,Boulder 1,tank,,,,New,,,,\n'
    )
    return ((head + columns + rows).encode(), (columns + rows).replace(",", ";").encode())


def web_record(body: bytes, kind: str = "response", status: str = "HTTP/1.1 200 OK") -> bytes:
    """Return a record of a web archive."""
    block = f"{status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://paper.example/a\r\nWARC-Date: "
        f"2024-05-06T07:08:09Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http; "
        "msgtype=response"
        f"\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def web_archives() -> tuple[bytes, ...]:
    """Return web archives: plain, packed, with a redirect."""
    both = web_record(page()) + web_record(b"", status="HTTP/1.1 302 Found") + web_record(b"%PDF-", "resource")
    return both, b"".join(map(gzip.compress, (web_record(page()), web_record(page("<p>Two more.")))))


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP archive, the same at every call."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 1, 2, 3, 4, 6)), data)
    return out.getvalue()


def archives() -> tuple[bytes, ...]:
    """Return ZIP, WACZ, TAR and GZIP files with documents inside, one in another too."""
    inner = zipped({"a.txt": SHORT.encode(), "b/c.html": page(), "pic.png": b"\x89PNG\r\n"})
    wacz = zipped(
        {
            "datapackage.json": b"{}",
            "archive/data.warc": web_record(page()),
            "pages/pages.jsonl": b'{"url": "https://paper.example/a", "title": "Drones, all of them"}\n',
        }
    )
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, data in {"a.txt": SHORT.encode(), "in.zip": inner}.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
    return inner, wacz, zipped({"in.zip": inner}), out.getvalue(), gzip.compress(SHORT.encode(), mtime=0)


def pdfs() -> tuple[bytes, ...]:
    """Return a PDF of one page."""
    stream = f"BT /F1 12 Tf 72 700 Td ({SHORT}) Tj 0 -20 Td (Page 1) Tj ET".encode()
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Title(Drones)/Author(Ann)/CreationDate(D:20240506070809Z)>>",
    )
    data, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, one)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 7/Root 1 0 R/Info 6 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(data)
    return (data + b"xref\n0 7\n0000000000 65535 f \n" + rows + end,)


def word_file(document: bytes) -> bytes:
    """Return a Word file whose text is this XML."""
    return zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": document})


def open_file(content: bytes) -> bytes:
    """Return an OpenDocument text whose content is this XML."""
    return zipped({"META-INF/manifest.xml": b"<manifest/>", "content.xml": content})


def word_parts() -> tuple[bytes, ...]:
    """Return the XML of the text of a Word file, with a table, a deletion and a box."""
    run = "<w:r><w:t>Iran sold </w:t><w:tab/><w:t>six tanks.</w:t></w:r>"
    table = f"<w:tbl><w:tr><w:tc><w:p>{run}</w:p></w:tc><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>"
    gone = "<w:del><w:r><w:delText>not</w:delText></w:r></w:del><w:ins><w:r><w:t>now</w:t></w:r></w:ins>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    box = f"<w:p><w:r><w:txbxContent><w:p>{run}</w:p></w:txbxContent></w:r><w:footnoteReference w:id='1'/></w:p>"
    return (f"<w:document {space}><w:body><w:p>{run}{gone}</w:p>{table}{box}</w:body></w:document>".encode(),)


def open_parts() -> tuple[bytes, ...]:
    """Return the XML of the content of an OpenDocument text."""
    space = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "text", "table")
    )
    words = '<text:p>Iran sold<text:s text:c="3"/>six<text:tab/>tanks.<text:line-break/>Yes.</text:p>'
    note = f"<text:p>A<text:note><text:note-citation>1</text:note-citation><text:note-body>{words}</text:note-body>"
    cell = f"<table:table-cell>{words}</table:table-cell>"
    table = f"<table:table><table:table-row>{cell}</table:table-row></table:table>"
    body = f"<office:body><office:text>{words}{note}</text:note></text:p>{table}</office:text></office:body>"
    return (f"<office:document-content{space}>{body}</office:document-content>".encode(),)


def sanctions_lists() -> tuple[bytes, ...]:
    """Return lists in the shapes of their publishers, of invented entries, as the tests of their readers have."""
    return tuple(path.read_bytes() for path in sorted(LISTS.iterdir()))


def bundle(files: Mapping[str, bytes]) -> bytes:
    """Return a bundle of such files under ``data/``, with hashes that hold, so that what they say is looked at."""
    payload = {f"data/{quote(name, safe='/.-')}": data for name, data in files.items()}
    tags = {
        DECLARATION: DECLARED.encode(),
        INFO: b"Source-Organization: nobody\n",
        MANIFEST: manifest_text({name: hashlib.sha256(data).hexdigest() for name, data in payload.items()}).encode(),
    }
    last = manifest_text({name: hashlib.sha256(data).hexdigest() for name, data in tags.items()}).encode()
    return zipped({f"armstrace-bundle/{name}": data for name, data in {**tags, TAGS: last, **payload}.items()})


def found(name: str) -> tuple[bytes, ...]:
    """Return the inputs that once were bugs of a target."""
    return tuple(path.read_bytes() for path in sorted((FOUND / name).glob("*")))
