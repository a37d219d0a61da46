"""Context claims: shortages, effects of sanctions, performance, use, interdiction, withheld details, confirmations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armstrace.extract.arms import items_under
from armstrace.extract.attribution import Attribution
from armstrace.extract.make import evidence_of
from armstrace.extract.outlets import publisher
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.extract.tree import object_of, subject_of
from armstrace.ids import content_id
from armstrace.lexicon.entries import ContextRule, EntryKind
from armstrace.model import Certainty, Claim, ClaimKind, SourceKind

_WORDY = " "
_BELIEF = {"believes": Certainty.LIKELY, "alleged": Certainty.ALLEGED}


def context_claims(reading: Reading, attribution: Attribution, transfers: Sequence[Claim]) -> list[Claim]:
    """Return the context claims of a document; a confirmation refers to the transfer claim told before it.

    A sentence that already gives a transfer claim is not read again as mere use of arms.
    """
    told = {c.evidence.span for c in transfers}
    found = []
    for sentence in reading.sentences:
        for rule in reading.lexicon.contexts:
            if rule.kind is ClaimKind.USE and sentence.span in told:
                continue
            trigger = _trigger(reading, sentence, rule)
            if trigger < 0:
                continue
            claim = _claim(reading, attribution, sentence, rule, trigger)
            refers = _confirmed(sentence, transfers) if rule.kind is ClaimKind.CONFIRMATION else None
            if rule.kind is not ClaimKind.CONFIRMATION or refers:
                found.append(_referring(claim, refers))
    return found


def _claim(
    reading: Reading, attribution: Attribution, sentence: SentenceReading, rule: ContextRule, trigger: int
) -> Claim:
    chain = attribution.chain_of(sentence, trigger)
    voice = chain.sources[-1]
    own = voice.span is None and voice.kind in {SourceKind.OUTLET, SourceKind.STATE_MEDIA}
    certainty = next((_BELIEF[e] for e in chain.effects if e in _BELIEF), Certainty.FACT if own else Certainty.UNSTATED)
    evidence = evidence_of(reading, sentence)
    word = sentence.tree.token(trigger).text
    return Claim(
        id=content_id(reading.document.id, evidence.span, rule.kind, trigger),
        document=reading.document.id,
        kind=rule.kind,
        evidence=evidence,
        items=tuple(m.item for m in sentence.items),
        certainty=certainty,
        attribution=tuple(chain.sources) or (publisher(reading),),
        why=(f"{rule.kind}: '{word}'", *chain.rules),
    )


def _trigger(reading: Reading, sentence: SentenceReading, rule: ContextRule) -> int:
    """Return the token that makes the sentence a context claim of the rule's kind, or -1."""
    lemmas = {t.lemma.lower() for t in sentence.tree.tokens}
    words = " ".join(reading.words(sentence.span).lower().replace("’", "'").split())
    if not all(any(_stands(reading, sentence, need, lemmas, words) for need in needs) for needs in rule.needs):
        return -1
    for sign in rule.signs:
        if _WORDY in sign:
            if sign in words:
                return _token_of(sentence, sign.split()[-1])
        else:
            index = next(
                (
                    t.index
                    for t in sentence.tree.tokens
                    if t.lemma.lower() == sign and _is_word(sentence, t.index, rule)
                ),
                -1,
            )
            if index >= 0:
                return index
    return -1


def _is_word(sentence: SentenceReading, index: int, rule: ContextRule) -> bool:
    """Tell whether a sign is meant here: verbs of use act on arms, and what performs is arms."""
    token = sentence.tree.token(index)
    if token.upos not in {"NOUN", "VERB", "ADJ"} or token.deprel == "compound":
        return False
    if rule.kind is ClaimKind.USE:
        return token.upos == "VERB" and bool(items_under(sentence, object_of(sentence.tree, index)))
    if rule.kind is ClaimKind.PERFORMANCE:
        return _performs(sentence, index)
    return True


def _performs(sentence: SentenceReading, index: int) -> bool:
    """Tell whether arms are the subject of the sign, of its verb, or what it is said of ("failures of the drones")."""
    tree = sentence.tree
    verb = index if tree.token(index).upos != "NOUN" else tree.token(index).head
    near = [index, *tree.children(index, "nmod")]
    near += [subject_of(tree, verb), tree.token(index).head] if verb >= 0 else []
    return any(i >= 0 and any(m.head == i for m in sentence.items) for i in near)


def _stands(reading: Reading, sentence: SentenceReading, need: str, lemmas: set[str], words: str) -> bool:
    if need == "ARMS":
        return bool(sentence.items)
    if need == "TRADE":
        transfer = reading.lexicon.transfer
        return any(lemma in transfer.nouns for lemma in lemmas)
    return need in words if _WORDY in need else need in lemmas


def _token_of(sentence: SentenceReading, word: str) -> int:
    return next(
        (t.index for t in sentence.tree.tokens if t.text.lower().replace("’", "'") in {word, word.removesuffix("n't")}),
        0,
    )


def _confirmed(sentence: SentenceReading, transfers: Sequence[Claim]) -> str | None:
    """Return the id of the transfer claim that a confirmation is about.

    That of the outlet whose report is confirmed ("the Post's account was accurate"), else the one that stands last
    before, its own sentence included.
    """
    before = [c for c in transfers if c.evidence.span.start <= sentence.span.start]
    elsewhere = [c for c in before if c.evidence.span != sentence.span]
    outlets = {e.label for hit in sentence.hits for e in hit.entries if e.kind is EntryKind.OUTLET}
    reported = [c for c in elsewhere if any(source.name in outlets for source in c.attribution)]
    chosen = reported[:1] or (elsewhere or before)[-1:]
    return chosen[0].id if chosen else None


def _referring(claim: Claim, refers: str | None) -> Claim:
    return replace(claim, refers_to=refers) if refers else claim
