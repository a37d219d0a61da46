"""Candidate transfers: every transfer word of a sentence with the parties and arms among its arguments."""

from __future__ import annotations

from dataclasses import replace

from armstrace.extract.arms import items_under
from armstrace.extract.candidate import Candidate
from armstrace.extract.fill import add_items, fill_roles
from armstrace.extract.reading import ItemMention, SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.tree import base, object_of
from armstrace.extract.votes import Vote, find_votes
from armstrace.lexicon.entries import Frame
from armstrace.model import Category, Item

OWN_READING = 0.8  # from this probability of a transfer on the network's roles make a reading of their own
# A transfer word that no frame holds: the network alone says what fills its roles.
VOTED = Frame("voted", {}, done="unspecified", habit="unspecified", needs="voted", mode="unspecified")
_HYPHENS = frozenset({"-", "‑", "–"})
# Frames that act on a transfer or on its arms; with a transfer noun as object that noun is the candidate.
_ACTING_ON = frozenset({"approve", "withhold", "halt", "offer", "seek", "promise", "fund", "seize"})


def find_candidates(story: Story, sentence: SentenceReading, speaker: str | None) -> list[list[Candidate]]:
    """Return the candidates of one sentence, each in one or two readings: by the rules, and by the network's roles.

    ``speaker`` is the country of "we" in the sentence, where known.
    """
    started = {i: c for i in range(len(sentence.tree)) if (c := _start(story, sentence, i))}
    votes = find_votes(sentence, story.reading.roles.get(sentence.number), [*started])
    found = []
    for index in sorted({*started, *votes}):
        vote, candidate = votes.get(index), started.get(index)
        readings = []
        if vote and vote.probability >= OWN_READING:
            readings.append(_by_vote(story, candidate or _voted(sentence, index), vote, speaker))
        if candidate:
            candidate.vote = vote
            fill_roles(story, candidate, speaker)
            readings.append(candidate)
        if readings:
            found.append(readings)
    return found


def _voted(sentence: SentenceReading, index: int) -> Candidate:
    verbal = sentence.tree.token(index).upos in {"VERB", "AUX"}
    candidate = Candidate(sentence, index, VOTED, verbal=verbal)
    candidate.rules.append(f"the network: '{candidate.word}'")
    return candidate


def _by_vote(story: Story, start: Candidate, vote: Vote, speaker: str | None) -> Candidate:
    """Return the reading in which the network says who supplies what to whom; the rules fill what it leaves open."""
    candidate = replace(
        start,
        suppliers=[],
        recipients=[],
        items=[],
        via=[],
        nations={},
        unknown=set(),
        closed=set(),
        rules=[*start.rules],
        vote=vote,
        reading="network",
    )
    tree = candidate.sentence.tree
    for index in vote.heads(tree, "item"):
        add_items(candidate, items_under(candidate.sentence, index) or _unlisted(story, candidate, index))
    taken: set[str | None] = set()
    for role, target in (("supplier", candidate.suppliers), ("recipient", candidate.recipients)):
        for index in vote.heads(tree, role):
            known = {(p.party.country, p.party.organisation) for p in target}
            found = story.resolve(candidate.sentence, index, speaker, taken)
            target += [p for p in found if (p.party.country, p.party.organisation) not in known]
        if target:
            candidate.rules.append(f"{role}: the network")
        taken |= {p.party.country for p in target}
    fill_roles(story, candidate, speaker)
    return candidate


def _start(story: Story, sentence: SentenceReading, index: int) -> Candidate | None:
    token = sentence.tree.token(index)
    words = story.reading.lexicon.transfer
    lemma = token.lemma.lower()
    if index and sentence.tree.token(index - 1).text in _HYPHENS and sentence.tree.token(index - 1).end == token.start:
        return None  # "Russian-supplied" belongs to the arms it stands before
    if token.upos in {"VERB", "AUX"} and lemma in words.verbs and base(token.deprel) not in {"aux", "cop"}:
        frame = words.verbs[lemma]
        obj = object_of(sentence.tree, index) if frame.name in _ACTING_ON else -1
        if obj >= 0 and sentence.tree.token(obj).lemma.lower() in words.nouns:
            return None
        return Candidate(sentence, index, frame, verbal=True, rules=[f"verb {lemma}"])
    if token.upos in {"NOUN", "PROPN"} and lemma in words.nouns and token.deprel != "compound":
        return Candidate(sentence, index, words.nouns[lemma], verbal=False, rules=[f"noun {lemma}"])
    return None


def _unlisted(story: Story, candidate: Candidate, index: int) -> list[ItemMention]:
    """Return a phrase that the lexicon does not know as arms ("the package", "kits") as arms of no certain kind."""
    tree = candidate.sentence.tree
    if tree.token(index).upos not in {"NOUN", "PROPN"} or index == candidate.trigger:
        return []
    span = tree.span([i for i in tree.noun_phrase(index) if i <= index and tree.token(i).upos != "DET"])
    item = Item(None, story.reading.words(span), Category.OTHER, span)
    return [ItemMention(index, -1, item, strong=False)]
