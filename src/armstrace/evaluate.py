"""Scores of extracted claims against gold files: the core match, pairs, and each other field.

A gold claim and an extracted one match when supplier, recipient and polarity agree (any accepted alternative counts)
and their item categories are compatible; generic arms are compatible with every category at half weight, used only
to break ties. The assignment is one to one in each text and maximises the summed similarity.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from armstrace.errors import InputError
from armstrace.export.person import plain
from armstrace.model import Claim, ClaimKind

Gold = dict[str, Any]
# Kinds of arms that readers do not reliably tell apart count as one.
_FAMILY = {"air-defence": "missiles", "rockets": "missiles", "bombs": "missiles"}
_GENERIC = "other"
_TIE = 0.1


@dataclass(slots=True)
class Scores:
    """Counts over all texts; ``fields`` and ``totals`` are over matched claims."""

    texts: int = 0
    gold: int = 0
    predicted: int = 0
    matched: int = 0
    pairs_gold: int = 0
    pairs_predicted: int = 0
    pairs_matched: int = 0
    in_empty: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    phenomena: Counter[str] = field(default_factory=Counter)
    phenomena_found: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    extras: list[str] = field(default_factory=list)

    @property
    def core(self) -> tuple[float, float, float]:
        """Return precision, recall and F1 of the core match."""
        return _prf(self.matched, self.predicted, self.gold)

    def accuracy(self, name: str) -> float:
        """Return the share of matched claims whose field is right."""
        return self.fields[name] / self.totals[name] if self.totals[name] else 0.0


def read_gold(folder: Path, ids: frozenset[str] | None = None) -> dict[str, list[Gold]]:
    """Return text id -> gold claims, sorted by id.

    Raises:
        InputError: the folder holds no gold file, or one is broken.
    """
    found = {}
    for file in sorted(folder.glob("*.json")):
        if ids is None or file.stem in ids:
            try:
                found[file.stem] = json.loads(file.read_text(encoding="utf-8"))["claims"]
            except (json.JSONDecodeError, KeyError, UnicodeDecodeError) as error:
                raise InputError(f"{file}: no gold file ({error}); an object with a list 'claims' is expected") from error
    if not found:
        raise InputError(f"{folder}: holds no gold file (NNN.json) of the texts asked for")
    return found


def score_claims(golds: Mapping[str, list[Gold]], claims: Mapping[str, Sequence[Claim]]) -> Scores:
    """Return the scores of the transfer claims of each text against its gold."""
    scores = Scores(texts=len(golds))
    for text, gold in golds.items():
        found = [c for c in claims.get(text, ()) if c.kind is ClaimKind.TRANSFER]
        _score_text(scores, text, gold, found)
    return scores


def _score_text(scores: Scores, text: str, gold: list[Gold], found: list[Claim]) -> None:
    scores.gold += len(gold)
    scores.predicted += len(found)
    scores.in_empty += 0 if gold else len(found)
    _score_pairs(scores, gold, found)
    pairs = _assign([[_similarity(g, c) for c in found] for g in gold]) if gold and found else []
    for g, c in pairs:
        scores.matched += 1
        _score_fields(scores, gold[g], found[c])
    hit_gold, hit_found = {g for g, _ in pairs}, {c for _, c in pairs}
    for number, claim in enumerate(gold):
        for phenomenon in claim.get("phenomena") or ():
            scores.phenomena[phenomenon] += 1
            scores.phenomena_found[phenomenon] += number in hit_gold
        if number not in hit_gold:
            scores.misses.append(_gold_line(text, claim))
    scores.extras += [_claim_line(text, c) for n, c in enumerate(found) if n not in hit_found]


def _assign(matrix: list[list[float]]) -> list[tuple[int, int]]:
    """Return the one-to-one assignment with the greatest sum, pairs of no similarity left out."""
    try:
        from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - an extra, needed by this verb alone
    except ImportError as error:
        raise InputError("evaluate needs SciPy: install it with  pip install 'armstrace[evaluate]'") from error
    rows, columns = linear_sum_assignment([[-value for value in row] for row in matrix])
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if matrix[r][c] > 0]


def accepted(gold: Gold, name: str) -> set[Any]:
    """Return the gold value of a field with its accepted alternatives."""
    return {gold.get(name), *((gold.get("alt") or {}).get(name) or ())}


def _similarity(gold: Gold, claim: Claim) -> float:
    supplier = claim.supplier.country if claim.supplier else None
    recipient = claim.recipient.country if claim.recipient else None
    if supplier not in accepted(gold, "supplier") or recipient not in accepted(gold, "recipient"):
        return 0.0
    if claim.polarity not in accepted(gold, "polarity"):
        return 0.0
    wanted = _gold_categories(gold) | {_FAMILY.get(c, c) for c in (gold.get("alt") or {}).get("category") or ()}
    categories = _claim_categories(claim)
    if wanted & categories:
        base = 1.0
    elif _GENERIC in wanted | categories:
        base = 0.5
    else:
        return 0.0
    origin, said = _origin(gold), claim.attribution[-1] if claim.attribution else None
    ties = [claim.status in accepted(gold, "status")]
    ties += [origin.get("kind") == (said.kind if said else None), origin.get("country") == (said.country if said else None)]
    return base + _TIE * sum(ties)


def _gold_categories(gold: Gold) -> set[str]:
    return {_FAMILY.get(i.get("category"), i.get("category")) for i in gold.get("items") or ()} or {_GENERIC}


def _claim_categories(claim: Claim) -> set[str]:
    return {_FAMILY.get(i.category, str(i.category)) for i in claim.items} or {_GENERIC}


def _origin(gold: Gold) -> dict[str, Any]:
    chain = gold.get("attribution") or [{}]
    last: dict[str, Any] = chain[-1]
    return last


def _score_fields(scores: Scores, gold: Gold, claim: Claim) -> None:
    origin, said = _origin(gold), claim.attribution[-1] if claim.attribution else None
    alternatives = gold.get("alt") or {}
    checks = {
        "status": claim.status in accepted(gold, "status"),
        "certainty": claim.certainty in accepted(gold, "certainty"),
        "origin kind": (said.kind if said else None) in {origin.get("kind"), *(alternatives.get("attribution_kind") or ())},
        "origin country": (said.country if said else None) in {origin.get("country"), *(alternatives.get("attribution_country") or ())},
        "chain length": len(claim.attribution) == len(gold.get("attribution") or ()),
        "category exact": bool(_gold_categories(gold) & _claim_categories(claim)),
    }
    if gold.get("quantity"):
        checks["quantity"] = (claim.quantity.low if claim.quantity else None) == gold["quantity"].get("low")
    for name, right in checks.items():
        scores.totals[name] += 1
        scores.fields[name] += right


def _score_pairs(scores: Scores, gold: list[Gold], found: list[Claim]) -> None:
    wanted = {(g.get("supplier"), g.get("recipient")) for g in gold}
    allowed = {(s, r) for g in gold for s in accepted(g, "supplier") for r in accepted(g, "recipient")}
    said = {(c.supplier.country if c.supplier else None, c.recipient.country if c.recipient else None) for c in found}
    scores.pairs_gold += len(wanted)
    scores.pairs_predicted += len(said)
    scores.pairs_matched += len(said & allowed)


def _prf(matched: int, predicted: int, gold: int) -> tuple[float, float, float]:
    precision = matched / predicted if predicted else 0.0
    recall = min(1.0, matched / gold) if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_table(scores: Scores, *, listing: bool) -> Iterator[str]:
    """Yield the lines of the score table; with ``listing`` also misses, extras and recall by phenomenon."""
    if listing:
        yield from scores.misses
        yield from scores.extras
        for name, total in sorted(scores.phenomena.items()):
            yield f"phenomenon {name:<32} found {scores.phenomena_found[name]:>3} of {total:>3}"
    yield f"texts {scores.texts}  gold claims {scores.gold}  predicted {scores.predicted}"
    yield "core  P {:.3f}  R {:.3f}  F1 {:.3f}".format(*scores.core)
    yield "pair  P {:.3f}  R {:.3f}  F1 {:.3f}".format(*_prf(scores.pairs_matched, scores.pairs_predicted, scores.pairs_gold))
    for name in scores.totals:
        yield f"{name:<15} {scores.accuracy(name):.3f}  ({scores.totals[name]})"
    yield f"claims in texts without any: {scores.in_empty}"


def _gold_line(text: str, gold: Gold) -> str:
    parties = f"{gold.get('supplier')} -> {gold.get('recipient')} {gold.get('polarity')} {gold.get('status')}"
    return f"{text} MISS  {parties} | {gold.get('anchor')} | {', '.join(gold.get('phenomena') or ())}"


def _claim_line(text: str, claim: Claim) -> str:
    supplier = claim.supplier.country if claim.supplier else None
    recipient = claim.recipient.country if claim.recipient else None
    return f"{text} EXTRA {supplier} -> {recipient} {claim.polarity} {claim.status} | {plain(claim.evidence.text)[:110]} | {'; '.join(claim.why[:6])}"
