"""Scores of extracted claims against gold files: the core match, pairs of parties, and each other field.

A gold claim and an extracted one match when supplier, recipient and polarity agree (any accepted alternative
counts) and their item categories are compatible; generic arms are compatible with every category at half
weight. Status and origin only break ties. In each text the assignment is one to one and of the greatest sum.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from armstrace.errors import InputError, MissingPartError
from armstrace.figures import Figures, figures_of
from armstrace.kinds import FAMILY, arms_kinds
from armstrace.model import Claim, ClaimKind, Party, Source

Gold = Mapping[str, Any]
_GENERIC = "other"
_SAME_KIND, _GENERIC_KIND, _TIE = 1.0, 0.5, 0.1
_LONGEST_WORDS = 110


@dataclass(frozen=True, slots=True)
class TextScore:
    """One text: its gold and extracted transfer claims, and which of them (by number) were matched."""

    text: str
    gold: Sequence[Gold]
    found: Sequence[Claim]
    matches: tuple[tuple[int, int], ...]

    @property
    def misses(self) -> list[Gold]:
        """Return the gold claims without a match."""
        matched = {g for g, _ in self.matches}
        return [gold for number, gold in enumerate(self.gold) if number not in matched]

    @property
    def extras(self) -> list[Claim]:
        """Return the extracted claims without a match."""
        matched = {c for _, c in self.matches}
        return [claim for number, claim in enumerate(self.found) if number not in matched]


@dataclass(frozen=True, slots=True)
class Scores:
    """All texts scored."""

    texts: tuple[TextScore, ...]

    @property
    def gold(self) -> int:
        """Return the number of gold claims."""
        return sum(len(t.gold) for t in self.texts)

    @property
    def predicted(self) -> int:
        """Return the number of extracted transfer claims."""
        return sum(len(t.found) for t in self.texts)

    @property
    def in_empty(self) -> int:
        """Return the number of claims in texts that hold none."""
        return sum(len(t.found) for t in self.texts if not t.gold)

    @property
    def core(self) -> Figures:
        """Return the figures of the core match."""
        return figures_of(sum(len(t.matches) for t in self.texts), self.predicted, self.gold)

    @property
    def pairs(self) -> Figures:
        """Return the figures of the sets of (supplier, recipient) of each text.

        Accepted alternatives can make more pairs right than the gold has; recall is then shown as 1.
        """
        counts = [_count_pairs(t.gold, t.found) for t in self.texts]
        figures = figures_of(*(sum(column) for column in zip(*counts, strict=True)))
        return figures._replace(recall=min(figures.recall, 1.0))

    @property
    def fields(self) -> dict[str, tuple[int, int]]:
        """Return field -> (right, all) over matched claims."""
        matched = [(t.gold[g], t.found[c]) for t in self.texts for g, c in t.matches]
        verdicts = {name: [check(g, c) for g, c in matched] for name, check in _FIELDS}
        told = {name: [v for v in found if v is not None] for name, found in verdicts.items()}
        return {name: (sum(found), len(found)) for name, found in told.items() if found}


def read_gold(folder: Path, ids: frozenset[str] | None = None) -> dict[str, list[Gold]]:
    """Return text id -> gold claims, sorted by id.

    Raises:
        InputError: the folder holds no gold file of the texts asked for, or one is broken.
    """
    found: dict[str, list[Gold]] = {}
    for file in sorted(folder.glob("*.json")):
        if ids is None or file.stem in ids:
            try:
                found[file.stem] = json.loads(file.read_text(encoding="utf-8"))["claims"]
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise InputError(
                    f"{file}: no gold file ({error}); an object with a list 'claims' is expected"
                ) from error
    missing = sorted((ids or frozenset()) - set(found))
    if missing or not found:
        raise InputError(f"{folder}: holds no gold file {', '.join(f'{m}.json' for m in missing or ['NNN'])}")
    return found


def score_claims(golds: Mapping[str, Sequence[Gold]], claims: Mapping[str, Sequence[Claim]]) -> Scores:
    """Return the scores of the transfer claims of each gold text; context claims do not count.

    Raises:
        MissingPartError: SciPy is not installed.
    """
    return Scores(tuple(_score_text(text, gold, claims.get(text, ())) for text, gold in golds.items()))


def _score_text(text: str, gold: Sequence[Gold], claims: Sequence[Claim]) -> TextScore:
    found = [c for c in claims if c.kind is ClaimKind.TRANSFER]
    matches = _assign([[similarity(g, c) for c in found] for g in gold]) if gold and found else ()
    return TextScore(text, gold, found, tuple(matches))


def _assign(matrix: list[list[float]]) -> Iterator[tuple[int, int]]:
    """Yield the one-to-one assignment with the greatest sum, pairs without similarity left out."""
    try:
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - an extra, needed by this verb alone
    except ImportError as error:
        raise MissingPartError("evaluate needs SciPy; install it with: pip install 'armstrace[evaluate]'") from error
    rows, columns = linear_sum_assignment([[-value for value in row] for row in matrix])
    for row, column in zip(rows, columns, strict=True):
        if matrix[row][column] > 0:
            yield int(row), int(column)


def similarity(gold: Gold, claim: Claim) -> float:
    """Return how well an extracted claim matches a gold one; 0 where it does not."""
    if country_of(claim.supplier) not in _accepted(gold, "supplier"):
        return 0.0
    if country_of(claim.recipient) not in _accepted(gold, "recipient"):
        return 0.0
    if claim.polarity not in _accepted(gold, "polarity"):
        return 0.0
    wanted = _gold_kinds(gold) | {FAMILY.get(kind, kind) for kind in _alternatives(gold, "category")}
    kinds = _claim_kinds(claim)
    if not wanted & kinds and _GENERIC not in wanted | kinds:
        return 0.0
    origin, source = _gold_origin(gold), _origin(claim)
    tie = _TIE * (origin.get("kind") == source.get("kind")) + _TIE * (origin.get("country") == source.get("country"))
    base = _SAME_KIND if wanted & kinds else _GENERIC_KIND
    return base + _TIE * (claim.status in _accepted(gold, "status")) + tie


def country_of(party: Party | None) -> str | None:
    """Return the country of a party; None where it, or the party, is unknown."""
    return party.country if party else None


def _accepted(gold: Gold, name: str) -> set[Any]:
    return {gold.get(name), *_alternatives(gold, name)}


def _alternatives(gold: Gold, name: str) -> Sequence[Any]:
    found: Sequence[Any] = (gold.get("alt") or {}).get(name) or ()
    return found


def _gold_kinds(gold: Gold) -> set[Any]:
    return {FAMILY.get(item.get("category"), item.get("category")) for item in gold.get("items") or ()} or {_GENERIC}


def _claim_kinds(claim: Claim) -> set[Any]:
    return {str(kind) for kind in arms_kinds(claim.items)}


def _gold_origin(gold: Gold) -> Mapping[str, Any]:
    chain: Sequence[Mapping[str, Any]] = gold.get("attribution") or ({},)
    return chain[-1]


def _origin(claim: Claim) -> Mapping[str, Any]:
    source: Source | None = claim.attribution[-1] if claim.attribution else None
    return {"kind": source.kind, "country": source.country} if source else {}


def _is_origin_kind(gold: Gold, claim: Claim) -> bool:
    return _origin(claim).get("kind") in {
        _gold_origin(gold).get("kind"),
        *_alternatives(gold, "attribution_kind"),
    }


def _is_origin_country(gold: Gold, claim: Claim) -> bool:
    allowed = {_gold_origin(gold).get("country"), *_alternatives(gold, "attribution_country")}
    return _origin(claim).get("country") in allowed


def _is_quantity(gold: Gold, claim: Claim) -> bool | None:
    """Tell whether the least number is right; None where the gold has no quantity."""
    wanted = gold.get("quantity")
    if not wanted:
        return None
    return bool((claim.quantity.low if claim.quantity else None) == wanted.get("low"))


_FIELDS: tuple[tuple[str, Callable[[Gold, Claim], bool | None]], ...] = (
    ("status", lambda g, c: c.status in _accepted(g, "status")),
    ("certainty", lambda g, c: c.certainty in _accepted(g, "certainty")),
    ("quantity", _is_quantity),
    ("origin kind", _is_origin_kind),
    ("origin country", _is_origin_country),
    ("chain length", lambda g, c: len(c.attribution) == len(g.get("attribution") or ())),
    ("category exact", lambda g, c: bool(_gold_kinds(g) & _claim_kinds(c))),
)


def _count_pairs(gold: Sequence[Gold], found: Sequence[Claim]) -> tuple[int, int, int]:
    """Return how many pairs of parties are right, extracted, and in the gold."""
    wanted = {(g.get("supplier"), g.get("recipient")) for g in gold}
    allowed = {(s, r) for g in gold for s in _accepted(g, "supplier") for r in _accepted(g, "recipient")}
    said = {(country_of(c.supplier), country_of(c.recipient)) for c in found}
    return len(said & allowed), len(said), len(wanted)


def score_table(scores: Scores) -> Iterator[str]:
    """Yield the lines of the score table."""
    yield f"texts {len(scores.texts)}  gold claims {scores.gold}  predicted {scores.predicted}"
    yield "core  P {:.3f}  R {:.3f}  F1 {:.3f}".format(*scores.core)
    yield "pair  P {:.3f}  R {:.3f}  F1 {:.3f}".format(*scores.pairs)
    for name, (right, total) in scores.fields.items():
        yield f"{name:<15} {right / total:.3f}  ({total})"
    yield f"claims in texts without any: {scores.in_empty}"


def list_errors(scores: Scores) -> Iterator[str]:
    """Yield recall and misses by the phenomena of the gold, then the extras by what is wrong with them."""
    told: defaultdict[str, int] = defaultdict(int)
    misses: defaultdict[str, list[str]] = defaultdict(list)
    extras: defaultdict[str, list[str]] = defaultdict(list)
    for text in scores.texts:
        for claim in text.gold:
            for phenomenon in claim.get("phenomena") or ["(none named)"]:
                told[phenomenon] += 1
        for claim in text.misses:
            for phenomenon in claim.get("phenomena") or ["(none named)"]:
                misses[phenomenon].append(_gold_line(text.text, claim))
        for extra in text.extras:
            extras[what_is_wrong(extra, text.gold)].append(_claim_line(text.text, extra))
    for phenomenon in sorted(told):
        yield f"{phenomenon}: found {told[phenomenon] - len(misses[phenomenon])} of {told[phenomenon]}"
        yield from misses[phenomenon]
    for wrong in sorted(extras):
        yield f"{wrong}: {len(extras[wrong])}"
        yield from extras[wrong]


def what_is_wrong(claim: Claim, gold: Sequence[Gold]) -> str:
    """Return why an extracted claim has no match, by the gold claim that comes nearest to it."""
    if not gold:
        return "text without claims"
    supplier, recipient = country_of(claim.supplier), country_of(claim.recipient)
    agreeing = [(supplier in _accepted(g, "supplier"), recipient in _accepted(g, "recipient"), g) for g in gold]
    both = [g for s, r, g in agreeing if s and r]
    if any(similarity(g, claim) > 0 for g in both):
        return "second reading of one claim"
    if both:
        same_polarity = any(claim.polarity in _accepted(g, "polarity") for g in both)
        return "wrong kind of arms" if same_polarity else "wrong polarity"
    if any(supplier in _accepted(g, "recipient") and recipient in _accepted(g, "supplier") for g in gold):
        return "parties swapped"
    if any(r for _, r, _ in agreeing):
        return "wrong supplier"
    return "wrong recipient" if any(s for s, _, _ in agreeing) else "no such claim"


def _gold_line(text: str, gold: Gold) -> str:
    route = f"{gold.get('supplier')} -> {gold.get('recipient')} {gold.get('polarity')} {gold.get('status')}"
    return f"  {text} MISS  {route} | {gold.get('anchor')}"


def _claim_line(text: str, claim: Claim) -> str:
    route = f"{country_of(claim.supplier)} -> {country_of(claim.recipient)} {claim.polarity} {claim.status}"
    words = " ".join(claim.evidence.text.split())[:_LONGEST_WORDS]
    return f"  {text} EXTRA {route} | {words} | {'; '.join(claim.why[:6])}"
