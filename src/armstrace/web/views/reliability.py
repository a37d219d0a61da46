"""How reliable the sources of a transfer are, for its page: shown beside its credibility, never counted in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from armstrace.export.plain import plain
from armstrace.export.transfers import reliability_to_dict
from armstrace.export.wording import CountryNames
from armstrace.register.reliability import Row
from armstrace.register.types import Transfer


class SourceView(NamedTuple):
    """A source or outlet with its letter, what that is called, and why."""

    name: str
    kind: str
    grade: str
    label: str
    why: str


def view_reliability(transfer: Transfer, rows: Sequence[Row], names: CountryNames) -> tuple[SourceView, ...]:
    """Return the sources and outlets of a transfer with their reliability, A to F."""
    return tuple(
        SourceView(plain(one["name"]), _kind(one, names), one["grade"], one["label"], plain(one["why"]))
        for one in reliability_to_dict(transfer, rows)
    )


def _kind(one: Mapping[str, Any], names: CountryNames) -> str:
    kind, country = one["kind"].replace("-", " "), one["country"]
    return f"{kind}, {plain(names.get(country, country))}" if country else kind
