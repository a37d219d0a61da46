"""How sure the words are: hedges near the transfer word, reporting words, modals, and whose act it is."""

from __future__ import annotations

from armstrace.extract.candidate import Candidate
from armstrace.extract.chain import Chain
from armstrace.extract.standing import Standing
from armstrace.extract.tree import Tree, base
from armstrace.lexicon.load import Lexicon
from armstrace.model import Certainty, Polarity, SourceKind, Status

_SPEAKS_FOR_STATE = frozenset(
    {
        SourceKind.GOVERNMENT,
        SourceKind.OFFICIAL_NAMED,
        SourceKind.OFFICIAL_ANONYMOUS,
        SourceKind.STATE_MEDIA,
        SourceKind.COMPANY,
    }
)
_AHEAD = frozenset({Status.PLANNED})
_HEDGED = frozenset(
    {Certainty.ALLEGED, Certainty.LIKELY, Certainty.ALMOST_CERTAIN, Certainty.UNLIKELY, Certainty.REMOTE}
)
_WINDOW = 4
_BORDERS = frozenset({"ccomp", "parataxis", "advcl", "acl", "conj"})


def find_certainty(
    candidate: Candidate, standing: Standing, chain: Chain, lexicon: Lexicon
) -> tuple[Certainty, tuple[int, int] | None, str]:
    """Return the certainty, the ICD 203 band in per cent where one of its expressions stands, and the rule."""
    hedge, words = _hedge(candidate, standing, lexicon)
    band = lexicon.hedges.bands.get(words)
    even = standing.certainty is Certainty.EVEN or hedge is Certainty.EVEN
    ahead = standing.status in _AHEAD and standing.polarity is Polarity.AFFIRMED
    # The order in which the words count: a distance kept, a hedge, a modal, a belief, the future.
    grounds: tuple[tuple[bool, Certainty | None, str], ...] = (
        ("alleged" in chain.effects, Certainty.ALLEGED, "alleged by the reporting word"),
        (hedge in _HEDGED, hedge, f"'{words}'"),
        (even, Certainty.EVEN, "a possibility"),
        ("believes" in chain.effects, Certainty.LIKELY, "a belief or estimate"),
        (standing.certainty is not None, standing.certainty, "announced future"),
        (ahead, Certainty.EXPECTED, "a plan"),
    )
    for holds, certainty, rule in grounds:
        if holds and certainty:
            return certainty, band if hedge is certainty else None, f"certainty: {rule}"
    return _by_speaker(candidate, chain)


def _by_speaker(candidate: Candidate, chain: Chain) -> tuple[Certainty, None, str]:
    origin = chain.sources[-1]
    if origin.kind in {SourceKind.OUTLET, SourceKind.STATE_MEDIA} and len(chain.sources) == 1 and origin.span is None:
        return Certainty.FACT, None, "certainty: the outlet's own voice"
    if speaks_of_own_act(candidate, chain):
        return Certainty.FACT, None, "certainty: a party speaks of its own act"
    return Certainty.UNSTATED, None, "certainty: a third party says so"


def speaks_of_own_act(candidate: Candidate, chain: Chain) -> bool:
    """Tell whether who says it is a party to it."""
    origin = chain.sources[-1]
    parties = {p.party.country for p in (*candidate.suppliers, *candidate.recipients)}
    return origin.kind in _SPEAKS_FOR_STATE and origin.country is not None and origin.country in parties


def _hedge(candidate: Candidate, standing: Standing, lexicon: Lexicon) -> tuple[Certainty | None, str]:
    """Return the hedge that stands on the transfer word or on a word governing it."""
    tree = candidate.sentence.tree
    heads = _same_clause(tree, candidate.trigger)
    for index in [candidate.trigger, *standing.governors, *heads]:
        for child in [
            *([index] if index not in heads else []),
            *tree.children(index, "advmod", "amod", "aux"),
        ]:
            token = tree.token(child)
            before = f"{tree.token(child - 1).text.lower()} {token.text.lower()}" if child else ""
            for words in (before, token.text.lower(), token.lemma.lower()):
                if lexicon.hedges.certainty.get(words, Certainty.EXPECTED) != Certainty.EXPECTED:
                    return Certainty(lexicon.hedges.certainty[words]), words
    return None, ""


def _same_clause(tree: Tree, index: int) -> list[int]:
    """Return the heads above a word inside its clause: "could" of "could confirm that" is none of it."""
    found: list[int] = []
    while len(found) < _WINDOW and base(tree.token(index).deprel) not in _BORDERS and tree.token(index).head >= 0:
        index = tree.token(index).head
        found.append(index)
    return found
