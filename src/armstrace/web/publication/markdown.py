"""What the publisher says of a register, in Markdown, as HTML of a few harmless elements."""

from __future__ import annotations

from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from armstrace.export.addresses import href_of

_TOP: Final = 2  # the page has the heading of the first level
_LOWEST: Final = 6


def render_markdown(text: str) -> Markup:
    """Return Markdown (CommonMark) as HTML: HTML in it is shown as text, pictures become links to them.

    Links lead to web pages, or to places beside the page; others stay text. Headings begin at the second level.
    """
    reader = _Reader("commonmark", {"html": False}).disable("image")
    tokens = reader.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + _TOP - 1, _LOWEST)}"
    return Markup(reader.renderer.render(tokens, reader.options, {}))  # noqa: S704 - made here, all text in it escaped


class _Reader(MarkdownIt):
    """Reads Markdown, and makes a link of what leads to the web, to an address of mail, or beside the page."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the name that its base calls
        """Tell whether an address may be that of a link."""
        is_beside = ":" not in url and not url.startswith(("/", "\\"))
        return is_beside or href_of(url) is not None or url.startswith("mailto:")
