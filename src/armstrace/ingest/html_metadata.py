"""Who published a page, under what title, address and language, as the page declares it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from urllib.parse import urljoin, urlsplit

from armstrace.ingest.html_json import JsonObject, address_in, text_in
from armstrace.ingest.html_page import Declared
from armstrace.ingest.metadata import tidy
from armstrace.text.dateline_words import WIRES

_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "headline",
    "parsely-title",
    "sailthru.title",
    "title",
)
_OUTLETS = ("og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "article:publisher", "application-name")
_BYLINES = (
    "author", "article:author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "citation_author",
)  # fmt: skip
_LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language")
_ADDRESSES = ("og:url", "twitter:url")
_SUFFIX = re.compile(r"\s+[|–—·•«»:-]+\s+")
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
# A host, an account or a section stands where the name belongs.
_LIKE_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}|[a-z0-9_-]+|U\.S\.|[A-Z][a-z]+\.")
WIRE = re.compile(rf"(?:{WIRES})")
_LONGEST_ADDRESS = 2_048
_TITLE_WORDS = 4  # a shorter part of a <title> is the outlet's name or a section
# ISO 639-1, and the codes of three letters that pages use for the same languages most often.
_CODES = frozenset(
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo  es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it "
    "iu ja jv ka kg  ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt "
    "my na nb nd ne ng nl nn  no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl "
    "sm sn so sq sr ss st su sv sw ta  te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo "
    "za zh zu".split()
)
_LONG_CODES = {
    "eng": "en", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "spa": "es", "rus": "ru", "ukr": "uk", "ara": "ar",
    "zho": "zh", "chi": "zh", "por": "pt", "ita": "it", "tur": "tr", "fas": "fa", "per": "fa", "heb": "he", "iw": "he",
    "jpn": "ja", "kor": "ko", "pol": "pl", "nld": "nl", "in": "id",
}  # fmt: skip


def declared_titles(declared: Declared, article: JsonObject) -> list[str]:
    """Return what the page calls itself, the most trusted first; a <title> without its outlet."""
    title = unescape(declared.title)
    parts = [part for part in _SUFFIX.split(title) if len(part.split()) >= _TITLE_WORDS]
    return _tidied((*_metas(declared, _TITLES), text_in(article.get("headline")), *parts[:1], title))


def find_outlet(declared: Declared, article: JsonObject) -> str | None:
    """Return the name of who published the page; of several the first that is no address, handle or section."""
    site, publisher = (_names(one) for one in (_metas(declared, _OUTLETS[:1]), (text_in(article.get("publisher")),)))
    # JSON-LD of a paper's page may name the wire that wrote the story; that is a fact, not the outlet.
    publisher = [name for name in publisher if not WIRE.fullmatch(name)] or publisher * (not site)
    names = [*site, *publisher, *_names(_metas(declared, _OUTLETS[1:])), *_names(_title_end(declared.title))]
    proper = [name for name in names if not _LIKE_HOST.fullmatch(name)]
    spaced = {name.replace(" ", "").casefold(): name for name in proper if " " in name}
    first = next(iter((*proper, *names)), None)
    return spaced.get(first.casefold(), first) if first else None


def _names(given: Iterable[str]) -> list[str]:
    """Return the names, each up to the bar before its motto."""
    parts = (re.split(r"\s+\|\s+", line, maxsplit=1)[0] for line in _tidied(given))
    return [name for name in parts if not _is_address(name)]


def _title_end(title: str) -> list[str]:
    """Return what stands last in a title, behind a bar or dash, if it is short enough to be a name."""
    parts = _SUFFIX.split(unescape(title))
    return parts[-1:] if len(parts) > 1 and len(parts[-1].split()) <= _TITLE_WORDS else []


def find_byline(declared: Declared, article: JsonObject) -> str | None:
    """Return who wrote the article, without "By"."""
    authors = ", ".join(dict.fromkeys(_metas(declared, ("author",))))
    named = (text_in(article.get("author")), authors, *_metas(declared, _BYLINES))
    names = (strip_by(name) for name in _tidied(named) if not _is_address(name))
    return next((name for name in names if not name.islower()), None)  # "admin" is an account


def strip_by(line: str) -> str:
    """Return a byline without "By"."""
    return _BY.sub("", line, count=1)


def find_language(declared: Declared, article: JsonObject) -> str | None:
    """Return the ISO 639-1 code of the language that the page declares; None for none or an unknown one."""
    given = (declared.language, *_metas(declared, _LANGUAGES), text_in(article.get("inLanguage")))
    return next((code for one in given if (code := _code(one))), None)


def _code(given: str) -> str | None:
    first = re.split(r"[-_,;\s]", given.strip().lower(), maxsplit=1)[0][:8]
    return _LONG_CODES.get(first) or (first if first in _CODES else None)


def find_address(declared: Declared, article: JsonObject, known: str | None) -> str | None:
    """Return the canonical address, absolute, http or https; a relative one is read against the ``known`` address.

    A <base> has no say: it moves every relative address of the page wherever it likes.
    """
    canonical = [href for rel, href in declared.links if "canonical" in rel.split()]
    given = (*canonical, *_metas(declared, _ADDRESSES), address_in(article.get("mainEntityOfPage")))
    return next((address for one in given if (address := _absolute(one, known))), None)


def _absolute(given: str, known: str | None) -> str | None:
    address = given.strip()
    if not address or len(address) > _LONGEST_ADDRESS or tidy(address) != address or " " in address:
        return None
    try:
        whole = urljoin(known, address) if known else address
        parts = urlsplit(whole)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:  # brackets that are no IPv6 address
        return None
    return whole if usable else None


def _metas(declared: Declared, keys: Sequence[str]) -> list[str]:
    """Return the contents of the given names, in the order of the names."""
    return [content for key in keys for name, content in declared.metas if name == key and content.strip()]


def _tidied(given: Iterable[str]) -> list[str]:
    return [line for one in given if (line := tidy(one[:_LONGEST_ADDRESS]))]


def _is_address(name: str) -> bool:
    return name.startswith(("@", "#", "/")) or "://" in name or name.isdigit()
