"""Who a phrase says is speaking: kind, country, name of one source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from armstrace.extract.outlets import outlet_kind
from armstrace.extract.parties import modifier_country
from armstrace.extract.people import leader_at, title_words
from armstrace.extract.reading import SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.unlisted import NOWHERE, unlisted_source
from armstrace.lexicon.entries import Entry, EntryKind, Speaker
from armstrace.model import Source, SourceKind

_PLACES = frozenset({EntryKind.COUNTRY, EntryKind.CAPITAL, EntryKind.SEAT, EntryKind.NICKNAME, EntryKind.PEOPLE})
_SPEAKS_FOR_STATE = frozenset(
    {SourceKind.GOVERNMENT, SourceKind.OFFICIAL_ANONYMOUS, SourceKind.INTELLIGENCE, SourceKind.OFFICIAL_NAMED}
)
_NEAR = 2  # sentences before "they" in which several speakers may stand
_MEMORY = 300  # speakers looked back on
_PHRASE = 4  # words of the longest speaker phrase
# What the name tagger may take for a person and the lexicon knows better.
_NO_PERSON = (
    *sorted(_PLACES),
    EntryKind.GROUP,
    EntryKind.ADJECTIVE,
    EntryKind.INSTITUTION,
    EntryKind.BODY,
    EntryKind.OUTLET,
)


@dataclass(frozen=True, slots=True)
class Speaking:
    """A source with the sentence it was read in and the noun that named it."""

    source: Source
    sentence: int
    noun: str
    plural: bool = False


class Speakers:
    """The sources of a document: who was introduced by name, and who spoke last."""

    def __init__(self, story: Story) -> None:
        self.story = story
        self.reading = story.reading
        self._people: dict[str, Source] = {}
        self.history: list[Speaking] = []
        hits = (h for s in self.reading.sentences for h in s.hits)
        outlets = (e for h in hits for e in h.entries if e.kind is EntryKind.OUTLET)
        self._outlets = frozenset(e.label for e in outlets if e.strong)
        for sentence in self.reading.sentences:
            self._introduce(sentence)

    def source_at(self, sentence: SentenceReading, index: int, last: Speaking | None) -> Source | None:
        """Return the source that a phrase names; pronouns and "the official" go back to the one who spoke last."""
        tree = sentence.tree
        token = tree.token(index)
        again = self._spoke_before(sentence, index)
        if again:
            return replace(again, span=tree.span([index]))
        if token.upos == "PRON":
            own = self._own_state(sentence, index) if token.text.lower() == "it" else None
            spoke = last if token.text.lower() in {"he", "she", "they", "it"} else None
            if token.text.lower() == "they":
                spoke = self._several(sentence.number) or spoke
            return own or (replace(spoke.source, span=tree.span([index])) if spoke else None)
        indices = self._phrase(sentence, index)
        span = tree.span(indices)
        unlisted = partial(unlisted_source, self.reading)
        for resolve in (self._outlet, unlisted, self._person, self._institution, self._noun, self._state):
            found = resolve(sentence, index, indices)
            if found:
                country = found.country or self._inherited(found, last) or None
                return replace(found, span=found.span or span, country=country)
        return None

    def _several(self, number: int) -> Speaking | None:
        """Return who "they" are: the last plural speakers of the few sentences before."""
        near = [s for s in self.history[-_MEMORY:] if number - _NEAR <= s.sentence < number]
        return next((s for s in reversed(near) if s.plural), None)

    def _own_state(self, sentence: SentenceReading, index: int) -> Source | None:
        """Return the state that "it" stands for where it is a subject here ("Russia has sold jets, it said")."""
        subjects = {
            m.country
            for m in self.story.before(sentence.tree.token(index).start)
            if m.subject and m.sentence == sentence.number
        }
        for found in self.story.resolve(sentence, index):
            if found.party.country in subjects and found.party.span:
                return Source(
                    found.party.text, SourceKind.GOVERNMENT, found.party.country, named=False, span=found.party.span
                )
        return None

    def _spoke_before(self, sentence: SentenceReading, index: int) -> Source | None:
        """Return the speaker that "the official" goes back to: the last one so called."""
        tree = sentence.tree
        children = tree.children(index, "det", "amod", "compound", "nmod", "nmod:poss", "appos", "flat")
        if [tree.token(c).lemma.lower() for c in children] != ["the"]:
            return None
        noun = tree.token(index).lemma.lower()
        return next(
            (s.source for s in reversed(self.history[-_MEMORY:]) if s.noun == noun and s.sentence < sentence.number),
            None,
        )

    def _inherited(self, found: Source, last: Speaking | None) -> str | None:
        """Return the country of an unnamed speaker without one: that of who spoke last ("a spokesman"), else home."""
        if found.named or found.country == NOWHERE or found.kind not in _SPEAKS_FOR_STATE:
            return None
        return last.source.country if last and last.source.kind in _SPEAKS_FOR_STATE else self.reading.home

    def _phrase(self, sentence: SentenceReading, index: int) -> list[int]:
        tree = sentence.tree
        first = min([index, *tree.noun_phrase(index)])
        while first < index and tree.token(first).upos in {"DET", "PUNCT", "ADP"}:
            first += 1
        return list(range(first, index + 1)) + [c for c in tree.children(index, "flat") if c > index]

    def _outlet(self, sentence: SentenceReading, index: int, _indices: list[int]) -> Source | None:
        hit = sentence.at.get(index)
        entries = sentence.entries(index, EntryKind.OUTLET)
        if not hit or not entries:
            return None
        entry = entries[0]
        others = sentence.entries(index, *_PLACES, EntryKind.GROUP, EntryKind.INSTITUTION)
        if others or (not entry.strong and not self._outlet_known(entry)):
            return None
        return Source(entry.label, outlet_kind(entry), entry.country, named=True)

    def _outlet_known(self, entry: Entry) -> bool:
        """A short name ("the Times") counts where the full one stands elsewhere in the document, or is its outlet."""
        if self.reading.outlet and self.reading.outlet.label == entry.label:
            return True
        return entry.label in self._outlets

    def _person(self, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
        tree = sentence.tree
        leader = leader_at(sentence, index)
        if leader:
            return leader
        named = [i for i in indices if tree.token(i).entity.endswith("PER") and not sentence.entries(i, *_NO_PERSON)]
        if not named:
            return None
        surname = tree.token(named[-1]).text
        known = self._people.get(surname)
        here = self._described(sentence, index, indices)
        if here and (here.kind is not SourceKind.OFFICIAL_NAMED or not known):
            return here
        return known or Source(
            tree.span(indices).of(self.reading.document.text),
            SourceKind.OFFICIAL_NAMED,
            self.reading.home,
            named=True,
        )

    def _introduce(self, sentence: SentenceReading) -> None:
        """Remember every person who is given a title: "Lt. Col. Wesley Miller, a Pentagon spokesman"."""
        tree = sentence.tree
        for index in range(len(tree)):
            token = tree.token(index)
            if not token.entity.endswith("PER") or (
                index and tree.token(index - 1).entity.endswith("PER") and tree.token(index).deprel == "flat"
            ):
                continue
            indices = self._phrase(sentence, index)
            source = leader_at(sentence, index) or self._described(sentence, index, indices)
            names = [tree.token(i).text for i in indices if tree.token(i).entity.endswith("PER")]
            if source and names:
                self._people.setdefault(names[-1], source)

    def _described(self, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
        """Return a named person with the kind and country that title or apposition give; None without any."""
        tree = sentence.tree
        around = [*indices, *tree.children(index, "appos"), *tree.children(index, "compound", "nmod:desc")]
        if tree.token(index).deprel in {"appos", "flat", "nmod:desc"}:
            around.append(tree.token(index).head)
        for i in around:
            words = [w for w in tree.noun_phrase(i) if w <= i]  # "managing director", "arms analyst"
            speaker = self._speaker(sentence, words, tree.token(i).lemma.lower())
            if not speaker or tree.token(i).entity.endswith("PER"):
                continue
            found = modifier_country(self.reading, sentence, i) or modifier_country(self.reading, sentence, index)
            country = found[0] if found else self._institution_country(sentence, [*around, *title_words(tree, i)])
            name = tree.span(indices).of(self.reading.document.text)
            return Source(name, speaker.named, country or self.reading.home, named=True)
        return None

    def _institution_country(self, sentence: SentenceReading, indices: list[int]) -> str | None:
        for i in indices:
            for entry in sentence.entries(
                i,
                EntryKind.INSTITUTION,
                EntryKind.COMPANY,
                EntryKind.THINK_TANK,
                EntryKind.GROUP,
                *_PLACES,
                EntryKind.ADJECTIVE,
            ):
                return entry.country
        return None

    def _institution(self, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
        for entry in sentence.entries(index, EntryKind.THINK_TANK, EntryKind.INSTITUTION, EntryKind.COMPANY):
            kind = _institution_kind(entry)
            return Source(sentence.tree.span(indices).of(self.reading.document.text), kind, entry.country, named=True)
        return None

    def _noun(self, sentence: SentenceReading, index: int, indices: list[int]) -> Source | None:
        """Return the source that a common noun gives: "officials", "the ministry", "a monitoring group"."""
        tree = sentence.tree
        token = tree.token(index)
        lemma = token.lemma.lower()
        speaker = self._speaker(sentence, indices, lemma) if token.upos in {"NOUN", "PROPN", "ADJ"} else None
        name = tree.span(indices).of(self.reading.document.text)
        generic = sentence.entries(index, EntryKind.INSTITUTION_NOUN)
        if not speaker and generic:
            kind = SourceKind.INTELLIGENCE if generic[0].detail == "intelligence" else SourceKind.GOVERNMENT
            return Source(name, kind, self._country(sentence, index, lemma), named=False)
        if not speaker:
            return None
        kind = speaker.anonymous
        if (
            any(
                e.detail == "intelligence"
                for i in indices
                for e in sentence.entries(i, EntryKind.INSTITUTION_NOUN, EntryKind.INSTITUTION)
            )
            and kind is SourceKind.OFFICIAL_ANONYMOUS
        ):
            kind = SourceKind.INTELLIGENCE
        country = (
            None
            if kind is SourceKind.OUTLET and not modifier_country(self.reading, sentence, index)
            else self._country(sentence, index, lemma)
        )
        return Source(name, kind, country, named=False)

    def _speaker(self, sentence: SentenceReading, indices: list[int], lemma: str) -> Speaker | None:
        """Return the source kinds of the longest listed phrase that ends a noun phrase ("newspaper report")."""
        speakers = self.reading.lexicon.speakers
        words = [sentence.tree.token(i).text.lower() for i in indices]
        phrases = [" ".join(words[i:]) for i in range(max(0, len(words) - _PHRASE), len(words))]
        return next((speakers[p] for p in phrases if p in speakers), speakers.get(lemma))

    def _country(self, sentence: SentenceReading, index: int, lemma: str) -> str | None:
        before = sentence.tree.children(index, "amod", "compound")
        # "African" in "South African" is no region.
        words = {sentence.tree.token(c).text for c in before if not sentence.entries(c, EntryKind.ADJECTIVE)}
        if words & sentence.tree.sets["regions"]:
            return NOWHERE
        found = modifier_country(self.reading, sentence, index)
        if found:
            return found[0]
        for owner in sentence.tree.children(index, "nmod:poss"):  # "its defence minister"
            if sentence.tree.token(owner).upos == "PRON" and (whose := self.story.resolve(sentence, owner)):
                return whose[0].party.country
        inside = self._institution_country(sentence, sentence.tree.subtree(index)[:12])
        if inside:
            return inside
        token = sentence.tree.token(index)
        earlier = [m for m in self.story.before(token.start) if m.noun == lemma and m.party]
        return earlier[-1].country if earlier else None

    def _state(self, sentence: SentenceReading, index: int, _indices: list[int]) -> Source | None:
        """Return a state or group that speaks: "Moscow denied", "Hamas said"."""
        for entry in sentence.entries(index, *_PLACES, EntryKind.BODY, EntryKind.GROUP):
            if entry.strong or sentence.tree.token(index).upos == "PROPN":
                name = sentence.at[index].span.of(self.reading.document.text)
                kind = SourceKind.EXPERT if entry.detail == "panel" else SourceKind.GOVERNMENT
                return Source(name, kind, entry.country, named=True)
        return None


def _institution_kind(entry: Entry) -> SourceKind:
    if entry.kind is EntryKind.THINK_TANK:
        return SourceKind(entry.detail)
    if entry.kind is EntryKind.COMPANY:
        return SourceKind.COMPANY
    return SourceKind.INTELLIGENCE if entry.detail == "intelligence" else SourceKind.GOVERNMENT
