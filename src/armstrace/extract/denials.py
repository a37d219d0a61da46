"""Denials that name no transfer: "a charge Tehran denies", "Moscow called the report a fabrication".

What is denied is the claim told last that makes the denying side a party.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from armstrace.extract.attribution import Attribution
from armstrace.extract.chain import cue_subject
from armstrace.extract.make import Draft, evidence_of
from armstrace.extract.reading import SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.tree import Tree
from armstrace.ids import content_id
from armstrace.lexicon.entries import Hedges
from armstrace.model import Certainty, Claim, Polarity, Source, SourceKind

_RECENT = 3  # sentences
_POINTING = frozenset({"it", "this", "that", "these", "them"})
_SAYING_MORE = ("ccomp", "xcomp", "advcl")  # what is denied stands in the sentence itself


def find_denials(
    story: Story, attribution: Attribution, sentence: SentenceReading, drafts: Sequence[Draft]
) -> list[Draft]:
    """Return the denials in a sentence of claims told before, or earlier in it."""
    found: list[Draft] = []
    for place, denier in _deniers(story, sentence):
        source = (
            _source(story, attribution, sentence, denier) if denier >= 0 else _speaker(attribution, sentence, place)
        )
        if source is None or source.country is None:
            continue
        denied = _denied(story, sentence, source, drafts)
        known = [*drafts, *found]
        found += [_denial(story, sentence, place, source, d) for d in denied if not _is_told(sentence, d.claim, known)]
    return found


def _deniers(story: Story, sentence: SentenceReading) -> Iterator[tuple[int, int]]:
    """Yield each word that denies what was reported, and who denies (-1: who speaks in the sentence)."""
    tree, lexicon = sentence.tree, story.reading.lexicon
    for token in tree.tokens:
        lemma = token.lemma.lower()
        if token.upos == "VERB" and lexicon.cues.verbs.get(lemma) == "denies" and _denies_report(tree, token.index):
            agents = tree.children(token.index, "obl:agent")
            yield token.index, agents[0] if agents else cue_subject(tree, token.index)
        elif (
            token.upos == "VERB" and lemma in tree.sets["brands"] and _brands_report(tree, token.index, lexicon.hedges)
        ):
            yield token.index, cue_subject(tree, token.index)
        elif lemma in lexicon.hedges.denials and tree.children(token.index, "cop") and _of_report(tree, token.index):
            yield token.index, -1


def _denies_report(tree: Tree, verb: int) -> bool:
    """Tell whether a denying verb acts on a report, and names no transfer itself."""
    objects = tree.children(verb, "obj", "nsubj:pass")
    if objects:
        return any(_is_report(tree, o) or _in_relative(tree, verb, o) for o in objects)
    token = tree.token(verb)
    if tree.children(verb, *_SAYING_MORE) or token.head < 0:
        return False
    return token.deprel == "parataxis" or (token.deprel == "acl:relcl" and _is_report(tree, token.head))


def _in_relative(tree: Tree, verb: int, index: int) -> bool:
    """Tell whether "which" stands for what the sentence says ("which Tehran denies")."""
    return tree.token(verb).deprel == "acl:relcl" and tree.token(index).lemma.lower() == "which"


def _brands_report(tree: Tree, verb: int, hedges: Hedges) -> bool:
    objects = tree.children(verb, "obj", "nsubj:pass")
    judged = any(tree.token(i).lemma.lower() in hedges.denials for i in tree.subtree(verb))
    return judged and any(_is_report(tree, o) for o in objects)


def _of_report(tree: Tree, index: int) -> bool:
    return any(_is_report(tree, c) for c in tree.children(index, "nsubj"))


def _is_report(tree: Tree, index: int) -> bool:
    lemma = tree.token(index).lemma.lower()
    if any(tree.token(c).deprel != "acl:relcl" for c in tree.children(index, "acl", "ccomp")):
        return False  # "reports that it meant to attack" are about that
    return lemma in tree.sets["reported"] or (lemma in _POINTING and tree.token(index).upos in {"PRON", "DET"})


def _source(story: Story, attribution: Attribution, sentence: SentenceReading, denier: int) -> Source | None:
    """Return who denies: a speaker, else a party by reference ("the kingdom")."""
    source = attribution.source_of(sentence, denier)
    if source and source.country:
        return source
    party = next((p.party for p in story.resolve(sentence, denier) if p.party.country and p.party.span), None)
    return Source(party.text, SourceKind.GOVERNMENT, party.country, named=False, span=party.span) if party else source


def _speaker(attribution: Attribution, sentence: SentenceReading, place: int) -> Source | None:
    source = attribution.chain_of(sentence, place).sources[-1]
    return source if source.span else None


def _denied(story: Story, sentence: SentenceReading, source: Source, drafts: Sequence[Draft]) -> list[Draft]:
    """Return what a state may deny: the claims of the last sentence that makes it a party and is not its own word."""
    told: list[Draft] = []
    for draft in reversed(drafts):
        claim = draft.claim
        number = story.sentence_at(claim.evidence.span.start)
        if sentence.number - number > _RECENT or (told and claim.evidence.span != told[0].claim.evidence.span):
            break
        parties = {p.country for p in (claim.supplier, claim.recipient) if p}
        origin = claim.attribution[-1]
        own = origin.span is not None and origin.country == source.country
        if claim.polarity is Polarity.AFFIRMED and source.country in parties and not own:
            told.append(draft)
    return told[::-1]


def _is_told(sentence: SentenceReading, claim: Claim, drafts: Sequence[Draft]) -> bool:
    """Tell whether a denial of the same movement was read in the sentence already."""
    return any(
        d.claim.polarity is Polarity.DENIED
        and d.claim.evidence.span == sentence.span
        and d.claim.recipient == claim.recipient
        for d in drafts
    )


def _denial(story: Story, sentence: SentenceReading, place: int, source: Source, denied: Draft) -> Draft:
    claim, word = denied.claim, sentence.tree.token(place).text
    return replace(
        denied,
        soft=False,
        headline=False,
        claim=replace(
            claim,
            id=content_id(story.reading.document.id, sentence.span, "denial", place, claim.id),
            evidence=evidence_of(story.reading, sentence),
            polarity=Polarity.DENIED,
            certainty=Certainty.FACT,
            likelihood=None,
            when=None,
            attribution=(replace(source, cue=word),),
            inferred=(*claim.inferred, "parties and arms: those of the claim denied"),
            why=(f"'{word}' denies what was told before",),
        ),
    )
