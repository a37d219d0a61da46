"""The claims of a language model beside those of the built-in reader, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text

from armstrace.export.person import print_row
from armstrace.export.plain import plain
from armstrace.export.wording import (
    UNKNOWN,
    CountryNames,
    chain_words,
    claim_words,
    item_words,
    party_words,
    quantity_words,
    when_words,
)
from armstrace.model import Claim

_INDENT = 14
_MODEL, _BUILT_IN = "model", "built-in"
_NONE = "none"

SharedClaim = tuple[Claim, Claim, tuple[str, ...]]

# How each field that may differ is told; the names are those of ``llm.compare.FIELDS``.
WORDS: dict[str, Callable[[Claim, CountryNames], str]] = {
    "items": lambda c, _: ", ".join(f"{item_words(i)} ({i.category})" for i in c.items) or _NONE,
    "quantity": lambda c, _: quantity_words(c.quantity) if c.quantity else _NONE,
    "value": lambda c, _: plain(c.value.text) if c.value else _NONE,
    "mode": lambda c, _: c.mode,
    "status": lambda c, _: c.status,
    "certainty": lambda c, _: c.certainty,
    "when": lambda c, _: when_words(c.when) if c.when else _NONE,
    "maker": lambda c, names: party_words(c.maker, names) if c.maker else _NONE,
    "via": lambda c, names: ", ".join(party_words(p, names) for p in c.via) or _NONE,
    "sources": lambda c, names: chain_words(c.attribution, names) or UNKNOWN,
}


def print_side_by_side(
    page: Console,
    shared: Sequence[SharedClaim],
    only_model: Sequence[Claim],
    only_built_in: Sequence[Claim],
    names: CountryNames,
) -> None:
    """Print which transfer claims both readers found, with the fields that differ, and which only one did."""
    page.print(Text("Beside the built-in reader", style="bold"))
    counts = f"{len(shared)} in both, {len(only_model)} only by the language model, {len(only_built_in)} only built-in"
    page.print(Text(f"{counts} (claims about transfers)", style="dim"))
    for model, built_in, differing in shared:
        _row(page, "both", claim_words(model, names))
        for label, words in _differences(model, built_in, differing, names):
            _row(page, label, words, style="dim")
    for label, claims in (("only model", only_model), ("only built-in", only_built_in)):
        for claim in claims:
            _row(page, label, claim_words(claim, names))
            _row(page, "", plain(claim.evidence.text), style="dim")
    page.print()


def print_left_out(page: Console, left_out: Iterable[object]) -> None:
    """Print what was left out of a language model's answer, a line each; nothing where nothing was."""
    for each in left_out:
        _row(page, "dropped", plain(str(each)), style="dim")


def _differences(
    model: Claim, built_in: Claim, differing: Iterable[str], names: CountryNames
) -> Iterator[tuple[str, str]]:
    for field in differing:
        words = WORDS[field]
        yield f"  {field}", f"{_MODEL}: {words(model, names)} | {_BUILT_IN}: {words(built_in, names)}"


def _row(page: Console, label: str, words: str, *, style: str = "") -> None:
    print_row(page, label, Text(words, style=style), _INDENT)
