"""One article in every format that is read: what the tests of intake wrap their texts in."""

from __future__ import annotations

import gzip
import html
import io
import json
import zipfile
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import NamedTuple

import docx
import reportlab
from made_containers import Writer
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate
from warcio.statusandheaders import StatusAndHeaders

from armstrace.text.paragraphs import paragraph_spans

_MOMENT = (2022, 9, 6, 8, 0, 0)


class Article(NamedTuple):
    """A text with what its outlet says of it; no field but ``text`` and ``name`` must be known."""

    name: str
    text: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None  # a day
    url: str | None = None

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs, each on one line."""
        return [" ".join(span.of(self.text).split()) for span in paragraph_spans(self.text)]


def _in_xml(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return "".join(c for c in text if c.isprintable() or c in "\t\n" or ord(c) > 0xA0)


def as_text(article: Article) -> bytes:
    return article.text.encode("utf-8", "surrogatepass")


def as_html(article: Article) -> bytes:
    e = html.escape
    meta = [f"<title>{e(article.title)}</title>"] if article.title else []
    for name, value in (
        ("og:site_name", article.outlet),
        ("article:published_time", article.published and f"{article.published}T08:00:00Z"),
        ("og:url", article.url),
    ):
        meta += [f'<meta property="{name}" content="{e(value)}">'] if value else []
    body = "\n".join(f"<p>{e(p)}</p>" for p in article.paragraphs)
    links = "".join(f'<li><a href="/{word}">{word.title()}</a></li>' for word in ("world", "business", "sport"))
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{"".join(meta)}</head><body>'
        f"<header><nav><ul>{links}</ul></nav></header><main><article>{body}</article></main>"
        f"<footer><p>All pages of this site are for tests.</p></footer></body></html>"
    ).encode("utf-8", "replace")


def as_pdf(article: Article) -> bytes:
    if "Vera" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("Vera", str(Path(reportlab.__file__).parent / "fonts" / "Vera.ttf")))
    style = ParagraphStyle("body", fontName="Vera", fontSize=10, leading=13, spaceAfter=9)
    target = io.BytesIO()
    story = [Paragraph(html.escape(p), style) for p in article.paragraphs]
    SimpleDocTemplate(target, pagesize=A4, invariant=1).build(story)
    return target.getvalue()


def as_docx(article: Article) -> bytes:
    document = docx.Document()
    for paragraph in article.paragraphs:
        document.add_paragraph(_in_xml(paragraph))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def as_letter(article: Article) -> bytes:
    letter = EmailMessage(policy=SMTP)
    letter["From"] = f'"{article.outlet or "News desk"}" <desk@example.org>'
    letter["To"] = "reader@example.org"
    letter["Subject"] = article.title or article.name
    if article.published:
        year, month, day = article.published.split("-")
        months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
        letter["Date"] = f"{int(day):02d} {months[int(month) - 1]} {year} 08:00:00 +0000"
    letter["Message-ID"] = f"<{article.name}@example.org>"
    letter.set_content(article.text, cte="base64")
    return letter.as_bytes()


def as_feed(article: Article) -> bytes:
    e = html.escape
    body = e("".join(f"<p>{e(p)}</p>" for p in article.paragraphs))
    parts = [f"<guid isPermaLink='false'>{article.name}</guid>", f"<description>{body}</description>"]
    parts += [f"<title>{e(article.title)}</title>"] if article.title else []
    parts += [f"<link>{e(article.url)}</link>"] if article.url else []
    parts += [f"<pubDate>{article.published}T08:00:00Z</pubDate>"] if article.published else []
    channel = f"<title>{e(article.outlet or 'Feed')}</title><item>{''.join(parts)}</item>"
    page = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>{channel}</channel></rss>'
    return _in_xml(page).encode()


def as_json_line(article: Article) -> bytes:
    row = {"id": article.name, "title": article.title, "publisher": article.outlet, "date": article.published}
    return json.dumps({**row, "url": article.url, "body": article.text}).encode() + b"\n"


def as_zip(article: Article) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo(f"{article.name}.txt", _MOMENT), as_text(article))
    return target.getvalue()


def as_warc(article: Article) -> bytes:
    """Return a web archive that holds the page of the article."""
    target = io.BytesIO()
    writer = Writer(target, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    address = article.url or f"https://news.example.org/{article.name}"
    record = writer.create_warc_record(
        address,
        "response",
        payload=io.BytesIO(as_html(article)),
        http_headers=headers,
        warc_headers_dict={"WARC-Date": "2022-09-07T08:00:00Z"},
    )
    writer.write_record(record)
    return target.getvalue()


def as_gzip(article: Article) -> bytes:
    return gzip.compress(as_text(article), mtime=0)


WRAPPERS = {
    "txt": as_text,
    "html": as_html,
    "pdf": as_pdf,
    "docx": as_docx,
    "eml": as_letter,
    "rss": as_feed,
    "jsonl": as_json_line,
    "zip": as_zip,
    "warc": as_warc,
    "gz": as_gzip,
}
