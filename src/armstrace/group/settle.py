"""What becomes of likely copies once all are known: families, and the pairs that join nothing, with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, NamedTuple

from armstrace.group.candidates import Pair
from armstrace.group.combined import find_seams
from armstrace.group.evidence import COPY, SURE, CopyPair, as_rivals
from armstrace.group.families import Link, find_families, join
from armstrace.group.judging import Judged

CERTAIN: Final = 0.9  # likelihood from which a copy of an agency's text is the agency's, whatever it is marked with


class Thresholds(NamedTuple):
    """Likelihoods from which a pair is kept, and from which it joins a family alone."""

    kept: float = COPY
    sure: float = SURE


IN_FORCE: Final = Thresholds()


class Settled(NamedTuple):
    """Families and the pairs behind them; those of ``combined`` join nothing."""

    families: tuple[tuple[str, ...], ...]
    pairs: tuple[CopyPair, ...]
    combined: frozenset[Pair]


def settle(
    judged: Iterable[Judged],
    agencies: Mapping[str, frozenset[str]],
    published: Mapping[str, str],
    thresholds: Thresholds = IN_FORCE,
) -> Settled:
    """Return the families of documents, whose agencies and days of publishing ("" if unknown) are given for each.

    1. A document is of the agencies that its certain copies are marked with; texts of different agencies are seldom
    copies. 2. An article combined of two texts stays with the one that gave more. 3. What is left makes families.
    """
    known = [one for one in with_rivals(judged, agencies) if one.pair.likelihood >= thresholds.kept]
    sure = [one for one in known if one.pair.likelihood >= thresholds.sure]
    seams = find_seams([one.joint for one in sure], published)
    links = [
        Link(*key_of(one), is_sure=one.pair.likelihood >= thresholds.sure) for one in known if key_of(one) not in seams
    ]
    pairs = tuple(_with_seam(one.pair) if key_of(one) in seams else one.pair for one in known)
    return Settled(find_families(sorted(published), links), pairs, seams)


def key_of(judged: Judged) -> Pair:
    """Return the ids of a judged pair."""
    return judged.pair.left, judged.pair.right


def with_rivals(judged: Iterable[Judged], agencies: Mapping[str, frozenset[str]]) -> Iterator[Judged]:
    """Yield judgements in order of their pairs, less likely where the certain copies of both are of rival agencies."""
    known = sorted(judged, key=key_of)
    block = join(sorted(agencies), [key_of(one) for one in known if one.pair.likelihood >= CERTAIN])
    marks: dict[str, frozenset[str]] = {}
    for document, first in block.items():
        marks[first] = marks.get(first, frozenset()) | agencies[document]
    for one in known:
        left, right = (marks[block[document]] for document in key_of(one))
        own = [agencies[document] for document in key_of(one)]
        are_rivals = bool(left and right and not left & right)
        yield one._replace(pair=as_rivals(one.pair)) if are_rivals and not all(own) else one


def _with_seam(pair: CopyPair) -> CopyPair:
    reason = "joins no families: one of the two is put together from different texts, and this one gave less"
    return replace(pair, reasons=(reason, *pair.reasons))
