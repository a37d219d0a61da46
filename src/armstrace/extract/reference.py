"""Who "the rebels", "the kingdom", "the administration", "they" are: reference and salience inside one document."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Set
from dataclasses import replace

from armstrace.document import Span
from armstrace.extract.mentions import COUNTRY_KINDS, Mention, find_mentions, is_place
from armstrace.extract.parties import PartyReading, parties_at, with_country
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.lexicon.entries import EntryKind
from armstrace.model import Party

# Nouns that in an outlet's own country need no country beside them.
_OTHER_DEAL = re.compile(
    r"\b(?:nuclear|peace|trade|ceasefire|climate|hostage|grain|(?:chemical|biological)[ -]weapons?) "
    r"(?:deal|agreement|accord|pact)",
    re.IGNORECASE,
)
_PLURAL = frozenset({"they", "them", "their", "themselves"})
_SINGULAR = frozenset({"it", "its", "itself"})
_PERSON = frozenset({"he", "him", "his", "she", "her"})
_SPEAKER = frozenset({"we", "us", "our", "ours", "i", "my"})
# Fighters of a conflict, whose country the story tells; "terrorists" and "criminals" may be anywhere.
_LOCAL_FIGHTERS = frozenset(
    {
        "rebels",
        "insurgents",
        "separatists",
        "militia",
        "paramilitary",
        "opposition",
        "government-in-waiting",
        "unspecified",
        "",
    }
)
# A country named in the title or lead is what the story is about, rather than one named in passing.
TITLE_WEIGHT = 4
LEAD_WEIGHTS = {0: 3, 1: 2, 2: 2}
_MEMORY = 300  # mentions looked back on
_GREAT_EXPORTERS = 8
_FIGHTERS_NAMED = 2
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "both"})
_ARMED = frozenset({EntryKind.GROUP_NOUN, EntryKind.GROUP})
_GOVERNING = frozenset({EntryKind.LEADER, EntryKind.INSTITUTION})
_COUNTRY_WORDS = frozenset({"country", "nation", "state", "neighbour", "neighbor", "ally"})


class Story:
    """The parties of a document in order, and how salient each country is in it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.mentions = tuple(m for s in reading.sentences for m in find_mentions(reading, s))
        self._starts = [s.span.start for s in reading.sentences]
        self._positions = [m.position for m in self.mentions]
        self.weight = Counter[str]()
        self.other_deal = bool(_OTHER_DEAL.search(reading.document.text))
        self._fighters = Counter[str]()
        self._first: dict[str, Mention] = {}
        for mention in self.mentions:
            self._count(mention)
        for hit in reading.lexicon.matcher.find(reading.document.metadata.title or ""):
            for country in {e.country for e in hit.entries if e.kind in COUNTRY_KINDS and e.country}:
                self.weight[country] += TITLE_WEIGHT

    def _count(self, mention: Mention) -> None:
        entry = mention.party.entry if mention.party else None
        if entry and entry.kind in _ARMED and entry.detail != "terrorists":
            self._fighters[mention.country] += _FIGHTERS_NAMED
        if mention.party and mention.party.how == "modifier":
            self._first.setdefault(mention.noun, mention)
        if not entry or len(entry.acts_in) < 2:  # noqa: PLR2004 - "Islamic State" is no mention of Iraq
            self.weight[mention.country] += LEAD_WEIGHTS.get(mention.sentence, 1)

    def before(self, position: int) -> tuple[Mention, ...]:
        """Return the mentions before a position in order, the last few hundred at most (long texts stay linear)."""
        end = bisect_left(self._positions, position)
        return self.mentions[max(0, end - _MEMORY) : end]

    def sentence_at(self, position: int) -> int:
        """Return the number of the sentence that holds a position."""
        return bisect_right(self._starts, position) - 1

    def resolve(
        self,
        sentence: SentenceReading,
        index: int,
        speaker: str | None = None,
        taken: Set[str | None] = frozenset(),
    ) -> list[PartyReading]:
        """Return the parties of a phrase with references resolved; unresolved ones keep country None.

        A pronoun is none of the countries already ``taken`` by other roles of the same word.
        """
        tree = sentence.tree
        token = tree.token(index)
        if token.upos == "PRON" or token.xpos == "PRP$":
            found = self._pronoun(sentence, index, speaker, taken)
            return [found] if found else []
        found_all = parties_at(self.reading, sentence, index)
        if not found_all:
            return self._definite(sentence, index, taken)
        return [self._settle(sentence, p, taken) for p in found_all]

    def _settle(self, sentence: SentenceReading, found: PartyReading, taken: Set[str | None]) -> PartyReading:
        """Give a generic party ("the rebels") the country that the document gives it elsewhere."""
        if found.entry and len(found.entry.acts_in) > 1 and found.how == "name":
            return self._where_acting(found, found.entry.acts_in)
        if not found.generic or not found.entry:
            return found
        token = sentence.tree.token(found.head)
        country = self._same_noun(token.lemma.lower(), token.start, taken) or self._by_kind(
            sentence, found, token.lemma.lower(), taken
        )
        return with_country(found, country, "reference") if country else found

    def _where_acting(self, found: PartyReading, countries: tuple[str, ...]) -> PartyReading:
        """Give a group of several countries ("Kurds") the one that the document speaks of most, else its first."""
        if found.party.country not in countries:
            return found
        best = max(countries, key=lambda c: (self.weight[c], -countries.index(c)))
        return replace(found, party=replace(found.party, country=best))

    def _same_noun(self, noun: str, position: int, taken: Set[str | None]) -> str | None:
        """Return the country that the same noun has elsewhere: last before, else first in the document."""
        for mention in reversed(self.before(position)):
            modified = mention.party and mention.party.how == "modifier"
            if mention.noun == noun and modified and mention.country not in taken:
                return mention.country
        first = self._first.get(noun)
        return first.country if first and first.country not in taken else None

    def _by_kind(self, sentence: SentenceReading, found: PartyReading, noun: str, taken: Set[str | None]) -> str | None:
        """Return a country by the kind of noun: home institutions, or the scene of the conflict for armed groups."""
        home = self.reading.home
        if (
            found.entry
            and found.entry.kind is EntryKind.INSTITUTION_NOUN
            and noun in sentence.tree.sets["home-nouns"]
            and home
            and home not in taken
        ):
            return home if self.weight[home] else self._governed(sentence, found, taken) or home
        if found.entry and found.entry.kind is EntryKind.GROUP_NOUN:
            return self._scene(taken) if found.entry.detail in _LOCAL_FIGHTERS else None
        if sentence.tree.token(found.head).xpos == "NNS" and not sentence.tree.children(found.head, "det"):
            return None  # "regimes", "governments": no particular ones
        start = sentence.tree.token(found.head).start
        acting = [m for m in self.before(start) if m.party and m.country not in {home, *taken}]
        earlier = [m for m in acting if not is_place(m)]
        return earlier[-1].country if earlier else None

    def _governed(self, sentence: SentenceReading, found: PartyReading, taken: Set[str | None]) -> str | None:
        """Return whose "administration" an outlet means that does not speak of its own state: the last leader's."""
        before = self.before(sentence.tree.token(found.head).start)
        named = [m for m in before if m.party and m.party.entry and m.party.entry.kind in _GOVERNING]
        return next((m.country for m in reversed(named) if m.country not in taken), None)

    def _scene(self, taken: Set[str | None]) -> str | None:
        """Return where "the rebels" fight: the country that fighters are named with, weighed with its salience.

        Terrorist networks act in many places and tell nothing; the great arms exporters are no scene of a rebellion.
        """
        away = {self.reading.home, *taken, *self.reading.lexicon.transfer.exporters[:_GREAT_EXPORTERS]}
        scores = {c: n + self._fighters[c] for c, n in self.weight.items() if c not in away}
        ranked = sorted(scores.items(), key=lambda s: (-s[1], s[0]))
        return ranked[0][0] if ranked else None

    def _definite(self, sentence: SentenceReading, index: int, taken: Set[str | None]) -> list[PartyReading]:
        """Resolve "the kingdom", "the South Asian nation", "both countries"."""
        tree = sentence.tree
        token = tree.token(index)
        lemma = token.lemma.lower()
        determiners = {tree.token(c).lemma.lower() for c in tree.children(index, "det")}
        if token.upos != "NOUN" or not determiners & _DEFINITE or tree.children(index, "nmod:poss", "nummod"):
            return []
        codes = self.reading.lexicon.country_kinds.get(lemma)
        if not codes and lemma not in _COUNTRY_WORDS:
            return []
        known = [m for m in self.before(token.start) if m.country not in taken]
        earlier = [m.country for m in known if m.sentence < sentence.number] or [m.country for m in known]
        if lemma in _COUNTRY_WORDS:
            codes = None
        fitting = [c for c in reversed(earlier) if not codes or c in codes]
        wanted = 2 if token.xpos == "NNS" else 1
        fitting = [c for c in fitting if c != self.reading.home] or fitting
        chosen = list(dict.fromkeys(fitting))[:wanted]
        return [_referring(self.reading, sentence, index, c) for c in chosen] if len(chosen) == wanted else []

    def _pronoun(
        self, sentence: SentenceReading, index: int, speaker: str | None, taken: Set[str | None]
    ) -> PartyReading | None:
        token = sentence.tree.token(index)
        word = token.text.lower()
        if word in _SPEAKER:
            return _referring(self.reading, sentence, index, speaker) if speaker else None
        if word not in _PLURAL | _SINGULAR | _PERSON or self._stands_for_body(sentence, index):
            return None
        near = [
            m
            for m in self.before(token.start)
            if m.sentence >= sentence.number - 1 and m.party and m.country not in taken
        ]
        if word in _PERSON:
            near = [m for m in near if m.party and m.party.entry and m.party.entry.kind is EntryKind.LEADER] or near
        else:
            near = [m for m in near if m.plural == (word in _PLURAL)] or near
        here = [m for m in near if m.sentence == sentence.number]
        if not token.deprel.startswith("nsubj") and _in_second_clause(sentence, index):
            here = [m for m in here if not m.subject] or here  # "Italy sells Qatar ships, and France has sold it jets"
        antecedent = _antecedent(here, [m for m in near if m.sentence < sentence.number], token.deprel)
        if not antecedent:
            return None
        party = replace(antecedent.party, text=token.text, span=_span(sentence, index))
        return PartyReading(party, "reference", index, antecedent.entry)

    def _stands_for_body(self, sentence: SentenceReading, index: int) -> bool:
        """Tell whether the nearest name before a pronoun is an international body, which is no country."""
        named = (*COUNTRY_KINDS, EntryKind.GROUP, EntryKind.BODY)
        for before in range(index - 1, -1, -1):
            entries = sentence.entries(before, *named)
            if entries:
                return entries[0].kind is EntryKind.BODY and not entries[0].country
        return False


def _in_second_clause(sentence: SentenceReading, index: int) -> bool:
    """Tell whether a word hangs on a coordinated verb that has a subject of its own."""
    tree = sentence.tree
    verb = tree.token(index).head
    return verb >= 0 and tree.token(verb).deprel == "conj" and bool(tree.children(verb, "nsubj"))


def _antecedent(here: list[Mention], before: list[Mention], deprel: str) -> PartyReading | None:
    """Return what a pronoun stands for: a subject goes back to a subject, any other to the nearest party before it."""
    subjects = [m for m in here if m.subject]
    if deprel.startswith("nsubj"):
        chosen = subjects[:1] or [m for m in before if m.subject][:1]
    else:
        holders = [m for m in here if m.subject or m.possessor]
        chosen = holders[-1:] or here[-1:] or [m for m in before if m.subject][:1] or before[-1:]
    return chosen[0].party if chosen else None


def _span(sentence: SentenceReading, index: int) -> Span:
    token = sentence.tree.token(index)
    return sentence.tree.span([token.index])


def _referring(reading: Reading, sentence: SentenceReading, index: int, country: str) -> PartyReading:
    span = sentence.tree.span([index])
    return PartyReading(Party(country, None, reading.words(span), span), "reference", index)
