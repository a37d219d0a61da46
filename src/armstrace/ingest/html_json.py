"""What a page says of its article in JSON-LD (schema.org), read without trusting it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

# Types that stand for the text on the page; a page's list of other stories holds them too, but is not looked into.
_ARTICLE = re.compile(r"(?:Article|Report|Posting|Statement|ScholarlyArticle|ClaimReview|WebPage)$")
_SCRIPTS = 20
_LONGEST_SCRIPT = 2_000_000
_MOST_OBJECTS = 500
# The keys under which a page nests its article.
_INWARDS = ("@graph", "mainEntity", "mainEntityOfPage")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$", re.DOTALL
)

JsonObject = dict[str, Any]


def read_article_object(scripts: Sequence[str]) -> JsonObject:
    """Return the object that describes the article, of several the first; {} where there is none or it is broken."""
    objects = [one for script in scripts[:_SCRIPTS] for one in _objects(_parse(script))]
    articles = [one for one in objects if _ARTICLE.search(_type(one))]
    stories = [one for one in articles if not _type(one).endswith("WebPage")]
    return next(iter(stories or articles), {})


def _parse(script: str) -> object:
    if len(script) > _LONGEST_SCRIPT:
        return None
    try:
        return json.loads(_WRAPPER.sub("", script), strict=False)
    except (ValueError, RecursionError):
        return None


def _objects(value: object) -> Iterator[JsonObject]:
    """Yield the objects of a script from the outside inwards, a bounded number of them."""
    queue = [value]
    for _ in range(_MOST_OBJECTS):
        if not queue:
            return
        one = queue.pop(0)
        if isinstance(one, list):
            queue.extend(one[:_MOST_OBJECTS])
        elif isinstance(one, dict):
            yield one
            queue.extend(one[key] for key in _INWARDS if key in one)


def _type(one: JsonObject) -> str:
    given = one.get("@type")
    kinds = given if isinstance(given, list) else [given]
    return next((kind for kind in kinds if isinstance(kind, str)), "")


def text_in(value: object) -> str:
    """Return the text of a value: itself, its name, or the names of a list, parted by commas; "" for none."""
    if isinstance(value, list):
        return ", ".join(dict.fromkeys(name for one in value[:20] if (name := _name(one))))
    return _name(value)


def _name(value: object) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if isinstance(value, list):
        value = value[0] if value else None
    return unescape(value).strip() if isinstance(value, str) else ""


def address_in(value: object) -> str:
    """Return the address in a value: itself or its @id or url; "" for none."""
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) else ""
