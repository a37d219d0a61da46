"""What the publisher says of a register, in Markdown, as HTML of a few harmless elements."""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from armstrace.web.views.addresses import href_of

_TOP: Final = 2  # the page has the heading of the first level
_LOWEST: Final = 6


def render_markdown(text: str) -> Markup:
    """Return Markdown (CommonMark) as HTML: HTML in it is shown as text, pictures become links to them.

    Links lead to web pages, or to places beside the page; others stay text. Headings begin at the second level.
    """
    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    reader.validateLink = _may_lead  # type: ignore[method-assign]
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + _TOP - 1, _LOWEST)}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - made here, all text in it escaped


def _may_lead(address: str) -> bool:
    is_beside = ":" not in address and not address.startswith(("/", "\\"))
    return is_beside or href_of(address) is not None or address.startswith("mailto:")
