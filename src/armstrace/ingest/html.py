"""Web pages: the article's text with its places in the page, what the page says of it, and what was left out.

    bytes --decode--> source --scan--> blocks --trafilatura--> lines --align--> text, places, left-out parts

The bytes are decoded once; places count the characters of that source.
"""

from __future__ import annotations

from dataclasses import replace

from lxml.html import HtmlElement

from armstrace.document import Fact, Metadata
from armstrace.errors import InputError
from armstrace.ingest.html_article import make_article
from armstrace.ingest.html_blocks import Blocks
from armstrace.ingest.html_body import find_article, parse_tree
from armstrace.ingest.html_dates import find_published
from armstrace.ingest.html_encoding import decode_page
from armstrace.ingest.html_facts import find_facts, find_marks
from armstrace.ingest.html_json import JsonObject, read_article_object
from armstrace.ingest.html_left_out import list_left_out
from armstrace.ingest.html_metadata import (
    declared_titles,
    find_address,
    find_byline,
    find_language,
    find_outlet,
    strip_by,
)
from armstrace.ingest.html_page import Declared, read_page
from armstrace.ingest.html_places import read_signs
from armstrace.ingest.limits import MOST_BYTES, MOST_CHARACTERS
from armstrace.ingest.metadata import joined_metadata
from armstrace.ingest.raw import Piece, RawText

FORMAT = "html"
# Said of a page on which no article was told apart from the rest.
WHOLE_PAGE = "no article was told apart on the page; all its words outside navigation and the like were read"


def read_html(piece: Piece) -> RawText:
    """Return the article of a web page, its headline first where the page shows one.

    Paragraphs are parted by blank lines, items and rows by line breaks. Of the metadata what the page says comes
    before what is known from elsewhere. A page without an article is read whole and says so in a fact of kind "body".

    Raises:
        InputError: too large, or a page without words.
    """
    if len(piece.data) > MOST_BYTES:
        raise InputError(f"{piece.name}: a web page of more than {MOST_BYTES >> 20} MiB; save the article alone")
    page = read_page(decode_page(piece.data, piece.charset), piece.name)
    signs = read_signs(page.source, page.stretches, MOST_CHARACTERS)
    if signs is None:
        raise InputError(f"{piece.name}: a text of more than {MOST_CHARACTERS:,} characters; split it")
    blocks, declared = Blocks(page, signs), page.declared
    described = read_article_object(declared.scripts)
    tree, titles = parse_tree(page, len(signs.text)), declared_titles(declared, described)
    lines = find_article(tree, piece.known.url) if tree is not None else []
    article = make_article(blocks, lines, titles)
    if not any(sign.isalnum() for sign in article.text):
        raise InputError(f"{piece.name}: a web page without words; nothing to read (its words may be made by scripts)")
    covered = blocks.covered(article.matches)
    said = _metadata(declared, described, piece.known.url, tree)
    marks = tuple(find_marks(blocks, covered, said.outlet))
    byline = said.byline or next((strip_by(one.text) for one in marks if one.kind == "byline"), None)
    said = replace(said, title=article.headline or next(iter(titles), None), byline=byline)
    note = () if article.told else (Fact("body", WHOLE_PAGE, None),)
    return RawText(
        piece.name,
        article.text,
        joined_metadata(said, piece.known),
        FORMAT,
        tuple(dict.fromkeys((*piece.facts, *find_facts(declared, described, said), *marks, *note))),
        article.places,
        list_left_out(blocks, covered, article.pointers),
        piece.data,
        capture=piece.capture,
    )


def _metadata(declared: Declared, described: JsonObject, known: str | None, tree: HtmlElement | None) -> Metadata:
    """Return what the page says of itself, but for its title."""
    address = find_address(declared, described, known)
    published = find_published(declared, described, address or known, tree)
    return Metadata(
        outlet=find_outlet(declared, described),
        published=published.value if published else None,
        url=address,
        byline=find_byline(declared, described),
        language=find_language(declared, described),
        published_from=published.source if published else None,
    )
