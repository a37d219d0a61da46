"""What the elements of a page are to its reader: inline or block, navigation, comments, advertising, hidden."""

from __future__ import annotations

import re

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark nobr q rb rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr".split()
)
VOID = frozenset("area base basefont br col embed frame hr img input link meta param source track wbr".split())
# Elements whose attributes say nothing to a reader.
PLAIN = (INLINE - set("a abbr data q small span sup time".split())) | frozenset(
    "br hr area source track svg g path rect circle line polygon polyline ellipse use defs symbol stop".split()
)

# What the words inside such an element are.
_BY_NAME = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "button": "form",
    "select": "form",
    "fieldset": "form",
    "dialog": "pop-up",
    "noscript": "shown without scripts only",
    "noframes": "shown without frames only",
    "figure": "picture or caption",
    "figcaption": "picture or caption",
    "video": "video or sound",
    "audio": "video or sound",
    "object": "embedded",
    "svg": "drawing",
    "math": "formula",
    "template": "hidden",
    "head": "head of the page",
}
_BY_ARIA = {
    "navigation": "navigation",
    "banner": "header",
    "contentinfo": "footer",
    "complementary": "aside",
    "search": "form",
    "form": "form",
    "dialog": "pop-up",
    "alertdialog": "pop-up",
}


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:^|[\s_-])(?:{pattern})(?:$|[\s_-])", re.IGNORECASE)


# In order: the first that fits a class or id says what the element is.
_BY_LOOK = (
    (_words(r"comments?|commentlist|disqus\w*|respond"), "comments"),
    (_words(r"cookies?|consent|gdpr|onetrust"), "cookie notice"),
    (_words(r"ads?|advert\w*|sponsor\w*|outbrain|taboola|promo\w*"), "advertisement"),
    (_words(r"newsletters?|subscri\w+|signup|sign-up|paywall"), "subscription"),
    (_words(r"related\w*|recommend\w*|trending|popular|mostread|most-read|more-stories|read-?more"), "other stories"),
    (_words(r"share|sharing|social\w*|addthis\w*"), "sharing"),
    (_words(r"nav|navbar|navigation|menu|breadcrumbs?|submenu|mega-?menu"), "navigation"),
    (_words(r"captions?|wp-caption\w*|gallery|slideshow|carousel|photos?|lightbox"), "picture or caption"),
    (_words(r"bio|author-?(?:bio|info|box|card)|about-?(?:the-)?author|contributor"), "about the author"),
    (_words(r"sidebar|side-bar|widget"), "aside"),
    (_words(r"footer|foot|copyright"), "footer"),
    (_words(r"login|search|searchform"), "form"),
    (_words(r"popup|pop-up|modal|overlay|messenger"), "pop-up"),
)
# Shown to some readers or under the mouse only, and printed inside the sentence it explains.
_CUT = re.compile(
    r"(?:^|[\s_-])(?:tooltip\w*|popover|screen-?reader(?:-text|-only)?|sr-only|visually-?hidden|a11y-hidden|"
    r"[\w-]*rollover[\w-]*-block|noteref|footnote-ref|reference)(?:$|\s)",
    re.IGNORECASE,
)
_NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LONGEST_LOOK = 400


def role_of(name: str, attributes: dict[str, str]) -> str:
    """Return what the words inside a block element are besides a story ("navigation"); "" where nothing tells."""
    by_name = _BY_NAME.get(name, "")
    if by_name or name in {"html", "body", "article", "main", "p"} or not attributes:
        return by_name
    if "hidden" in attributes or _NOT_SHOWN.search(attributes.get("style", "")[:_LONGEST_LOOK]):
        return "hidden"
    by_aria = _BY_ARIA.get(attributes.get("role", "").strip().lower(), "")
    look = f"{attributes.get('class', '')[:_LONGEST_LOOK]} {attributes.get('id', '')[:_LONGEST_LOOK]}"
    return by_aria or next((role for pattern, role in _BY_LOOK if pattern.search(look)), "")


def is_cut(name: str, attributes: dict[str, str]) -> bool:
    """Tell whether an inline element holds words that are not part of the sentence that they stand in."""
    if name not in {"span", "sup", "small"} or not attributes:
        return False
    look = attributes.get("class", "")[:_LONGEST_LOOK]
    if "reference" in look and name != "sup":
        return False
    return bool(_CUT.search(look))
