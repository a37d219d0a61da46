"""Elements of SVG. Text from documents is made safe here, once."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from armstrace.export.plain import plain

_ORIGIN: Final = (0.0, 0.0)
_WHOLE: Final = ("left", "top", "width", "height")


def element(name: str, *children: str, **attributes: object) -> Markup:
    """Return an element; what is no markup yet among the children is text, made safe.

    An attribute's underscores stand for hyphens, one at the end for nothing (``class_``); None leaves it out.
    """
    # Plain joining of what is escaped: a map has some thousand elements, and ``Markup.format`` takes thrice as long.
    told = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_value(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    inner = "".join(child if isinstance(child, Markup) else escape(plain(child)) for child in children)
    return Markup(f"<{name}{told}>{inner}</{name}>")  # noqa: S704 - names are this package's own, the rest is escaped


def picture(view: tuple[float, ...], label: str, *children: str, class_: str = "") -> Markup:
    """Return a picture with what it shows in words; ``view`` is its width and height in its own units.

    Of a part of a larger drawing ``view`` is left, top, width and height. Links inside must stay reachable, so it is a
    group to a screen reader, not one image.
    """
    box = view if len(view) == len(_WHOLE) else (*_ORIGIN, *view)
    return element(
        "svg",
        element("title", label),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=" ".join(map(number, box)),
        class_=f"picture {class_}".strip(),
        role="group",
        aria_label=plain(label),
    )


def text(words: str, x: float, y: float, **attributes: object) -> Markup:
    """Return words at a place."""
    return element("text", words, x=x, y=y, **attributes)


def link(address: str | None, *children: str, label: str, **attributes: object) -> Markup:
    """Return children that lead somewhere, with what they are in words; without an address a group."""
    title = element("title", label)
    if address is None:
        return element("g", title, *children, **attributes)
    return element("a", title, *children, href=address, aria_label=plain(label), **attributes)


def number(value: float) -> str:
    """Return a coordinate, to a hundredth."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def shortened(words: str, longest: int) -> str:
    """Return words of at most ``longest`` characters, cut with an ellipsis."""
    shown = plain(words)
    return shown if len(shown) <= longest else f"{shown[: longest - 1].rstrip()}…"


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else str(value)
