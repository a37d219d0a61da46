"""The seam for the relevance gate: what can hold no transfer costs next to nothing. As yet everything passes."""

from __future__ import annotations

from armstrace.lexicon.load import Lexicon


def passes_text(text: str, lexicon: Lexicon) -> bool:  # noqa: ARG001 - the gate's parameters
    """Tell whether a text, as it came, may hold a transfer."""
    return True


def passes_markup(data: bytes, lexicon: Lexicon) -> bool:  # noqa: ARG001 - the gate's parameters
    """Tell whether a page's bytes, as they came, may hold a transfer."""
    return True
