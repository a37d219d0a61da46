"""Whether a text passes the gate, and why.

1. Plain words: a text without any word for arms is out.
2. Windows around words for arms: the features of each are weighed; a text passes with its best window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Matcher
from armstrace.relevance.markup import text_of_markup
from armstrace.relevance.plain import plain_words
from armstrace.relevance.spot import Spotter
from armstrace.relevance.weights import load_weights
from armstrace.relevance.windows import Window, list_windows

_SHOWN = 60  # bytes of plain words shown on each side of the word for arms

# A spotter takes a second to build and follows from the lexicon alone.
_spotters: WeakKeyDictionary[Matcher, Spotter] = WeakKeyDictionary()


def may_hold_transfer(text: str, lexicon: Lexicon) -> bool:
    """Tell whether a raw text may hold a claim of an arms transfer; in doubt it may.

    Give the title with the text, on a line of its own before it, where the text does not hold it.
    """
    weights = load_weights()
    _, windows = _read(text, lexicon)
    return any(weights.sum_of(window.features) >= weights.threshold for window in windows)


def may_hold_transfer_markup(data: bytes, lexicon: Lexicon) -> bool:
    """Tell the same of a page of HTML or XML as it came, with its menus, in any encoding that it declares."""
    return may_hold_transfer(text_of_markup(data), lexicon)


def why_passed(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the reasons why a text passes, the words first and then what weighs most; empty where it does not."""
    weights = load_weights()
    words, windows = _read(text, lexicon)
    best = max(windows, key=lambda window: (weights.sum_of(window.features), -window.anchor.at), default=None)
    if best is None or weights.sum_of(best.features) < weights.threshold:
        return ()
    weighed = sorted((-weights.features.get(one, 0.0), one) for one in best.features)
    return _shown(words, best), *(f"{name} (+{-weight:.2f})" for weight, name in weighed if weight)


def windows_of(text: str, lexicon: Lexicon) -> Sequence[Window]:
    """Return the windows of a raw text; none where no word for arms stands in it."""
    return tuple(_read(text, lexicon)[1])


def _read(text: str, lexicon: Lexicon) -> tuple[bytes, Iterator[Window]]:
    """Return the plain words, and the windows one by one: the first that passes is mostly among the first."""
    spotter = _spotters.get(lexicon.matcher)
    if spotter is None:
        spotter = _spotters[lexicon.matcher] = Spotter(lexicon)
    words = plain_words(text)
    return words, list_windows(words, spotter.find(words))


def _shown(words: bytes, window: Window) -> str:
    """Return the plain words around the word for arms, cut at words."""
    first = words.rfind(b" ", 0, max(window.anchor.at - _SHOWN, 1)) + 1
    last = words.find(b" ", window.anchor.at + _SHOWN)
    part = words[first : last if last >= 0 else len(words)].decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in part).split())
