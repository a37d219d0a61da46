"""Watches and alerts in words for people. Everything returned is safe to show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from armstrace.alerts.watches import KIND_WORDS, Asks, Kind
from armstrace.export.plain import plain

EVERY_LINE: Final = "every line of the register"
_NAMES: Final[Mapping[str, str]] = {"credibility": "credibility at least"}


def asks_words(asks: Asks) -> str:
    """Return ``supplier KP; item drones``; what asks for nothing asks for every line."""
    told = [f"{_NAMES.get(name, name)} {plain(str(value))}" for name, value in asks.given().items()]
    return "; ".join(told) or EVERY_LINE


def kinds_words(kinds: Collection[Kind]) -> str:
    """Return the kinds of changes that matter, or that all do."""
    return "every change" if set(kinds) == set(Kind) else ", ".join(KIND_WORDS[kind] for kind in Kind if kind in kinds)


def change_words(change: Mapping[str, Any]) -> str:
    """Return a change, as kept, in one line: ``status: planned → delivered``."""
    return f"{KIND_WORDS[Kind(change['kind'])]}: {plain(change['words'])}"


def headline_words(headline: Mapping[str, Any]) -> str:
    """Return a headline, as kept: ``Daily Post, 2031-03-01: Drones for Kenya``."""
    where = ", ".join(filter(None, (plain(headline["outlet"]), headline["published"] or "no date")))
    return f"{where}: {plain(headline['title']) or headline['document']}"
