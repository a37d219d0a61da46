"""Who says it: the chain of sources above a transfer word, from the nearest to the farthest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from armstrace.extract.chain import (
    CITING,
    Chain,
    begins_with_as,
    cue_subject,
    find_channel,
    is_inside,
    is_trailing,
    listeners,
    stands_within,
    tells_the_speaker,
)
from armstrace.extract.outlets import outlet_names, publisher, unnamed_reports
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.extract.sources import Speakers, Speaking
from armstrace.extract.tree import base
from armstrace.lexicon.entries import EntryKind
from armstrace.model import Source, SourceKind
from armstrace.text.quotations import Quotation

_REPORTED = frozenset({"reportedly", "allegedly", "purportedly", "supposedly"})
_CLAUSES = frozenset({"ccomp", "parataxis", "csubj"})
_REPORTED_AS = _CLAUSES | {"xcomp", "obj", "nsubj", "obl", "advcl"}
_PRONOUNS = frozenset({"he", "she", "they", "it"})
_MAX_LINKS = 4
_NESTED = 20  # quotations that may open before a sentence and still touch it
_PRESS = frozenset({SourceKind.OUTLET, SourceKind.STATE_MEDIA})


class Attribution:
    """Finds chains in one document; remembers who spoke last, for "he said" and for quotations that run on."""

    def __init__(self, reading: Reading, speakers: Speakers) -> None:
        self.reading = reading
        self.speakers = speakers
        self._openings = [q.span.start for q in reading.quotations]
        self.last: dict[int, Speaking | None] = {}
        previous: Speaking | None = None
        for sentence in reading.sentences:
            self.last[sentence.number] = previous
            spoken = [*self._all_speakers(sentence, previous)]
            previous = spoken[0] if spoken else previous
            speakers.history += spoken[::-1]  # the main speaker last: "the official" is that one
        self._spoken = {s.number: next(self._all_speakers(s, self.last[s.number]), None) for s in reading.sentences}

    def chain_of(self, sentence: SentenceReading, trigger: int) -> Chain:
        """Return the chain of a transfer word; empty sources mean that the outlet speaks in its own voice."""
        chain = Chain()
        tree = sentence.tree
        here, heads = trigger, [trigger]
        for head in tree.ancestors(trigger):
            if chain.sources and base(tree.token(here).deprel) in {"obl", "nmod"}:
                break  # what is said of an adjunct's own source is not said of the main clause
            self._governor(sentence, head, here, chain)
            heads.append(head)
            here = head
        for head in heads:  # "..., the paper reported" stands outside whatever governs the claim
            self._at(sentence, head, trigger, chain)
        self._trailing(sentence, trigger, chain)
        if not chain.sources:
            self._quoted(sentence, trigger, chain)
        if not chain.sources:
            self._hearsay(sentence, trigger, chain)
        del chain.sources[_MAX_LINKS:]
        chain.sources = [s for s in chain.sources if not self._is_publisher(s)] or ([publisher(self.reading)])
        return chain

    def source_of(self, sentence: SentenceReading, index: int) -> Source | None:
        """Return the source that a phrase names, other than the publishing outlet."""
        source = self.speakers.source_at(sentence, index, self.last.get(sentence.number))
        return None if source is None or self._is_publisher(source) else source

    def speaker_country(self, sentence: SentenceReading) -> str | None:
        """Return the country of "we" in a sentence: that of its speaker, or of the outlet."""
        spoken = self._spoken.get(sentence.number) or self._closing(sentence) or self.last.get(sentence.number)
        return spoken.source.country if spoken else self.reading.home

    def _closing(self, sentence: SentenceReading) -> Speaking | None:
        """Return who speaks where a quotation that goes on after a sentence ends: "... rebels," X told Y."""
        for quotation in self._around(sentence):
            if quotation.span.start < sentence.span.end < quotation.span.end:
                return self._spoken.get(self.speakers.story.sentence_at(quotation.span.end - 1))
        return None

    def _around(self, sentence: SentenceReading) -> tuple[Quotation, ...]:
        """Return the quotations that may touch a sentence."""
        end = bisect_left(self._openings, sentence.span.end)
        return self.reading.quotations[max(0, end - _NESTED) : end]

    def _all_speakers(self, sentence: SentenceReading, last: Speaking | None) -> Iterator[Speaking]:
        tree = sentence.tree
        for index in range(len(tree)):
            token = tree.token(index)
            if token.upos == "VERB" and token.lemma.lower() in self.reading.lexicon.cues.verbs:
                subject = cue_subject(tree, index)
                source = self.speakers.source_at(sentence, subject, last) if subject >= 0 else None
                if source and source.kind is not SourceKind.OUTLET:
                    plural = tree.token(subject).xpos in {"NNS", "NNPS"}
                    yield Speaking(source, sentence.number, tree.token(subject).lemma.lower(), plural)

    def _governor(self, sentence: SentenceReading, head: int, below: int, chain: Chain) -> None:
        """Add the source of a reporting word that governs the claim ("officials said that ...")."""
        tree = sentence.tree
        token = tree.token(head)
        cues = self.reading.lexicon.cues
        lemma = token.lemma.lower()
        relation = base(tree.token(below).deprel)
        if token.upos == "VERB" and lemma in cues.verbs and relation in _REPORTED_AS:
            tells = relation == "obl" and lemma in tree.sets["tells-of"] and tree.prepositions(below) in {"of", "about"}
            if relation not in _CLAUSES and lemma not in cues.takes_noun and not tells:
                return
            if relation == "nsubj" and tree.token(below).deprel != "nsubj:pass":
                return
            self._verb_cue(sentence, head, below, cues.verbs[lemma], chain)
        elif relation == "conj" and tells_the_speaker(tree, head):
            self._simple(sentence, cue_subject(tree, head), token.text, chain)
        elif token.upos == "NOUN" and lemma in cues.nouns and relation in {"acl", "ccomp", "nmod"}:
            self._noun_cue(sentence, head, cues.nouns[lemma], chain)

    def _verb_cue(self, sentence: SentenceReading, cue: int, below: int, effect: str, chain: Chain) -> None:
        tree = sentence.tree
        subject = cue_subject(tree, cue)
        if subject == below:
            return
        last = self.last.get(sentence.number)
        source = self.speakers.source_at(sentence, subject, last) if subject >= 0 else None
        word = tree.token(cue).text
        lemma = tree.token(cue).lemma.lower()
        if lemma in CITING and source and not chain.sources:
            self._quoted_person(sentence, cue, word, effect, chain)
        if source:
            chain.outside(
                replace(source, cue=word, channel=find_channel(tree, self.reading.lexicon.cues.channels)),
                effect,
                f"{lemma}: its subject speaks",
            )
            for clause in tree.children(subject, "acl"):  # "the paper, citing officials, reported"
                self._cited(sentence, clause, chain)
            if tree.token(subject).text.lower() in _PRONOUNS:
                chain.pronouns.add(source.span)
            self._told(sentence, cue, chain)
        elif subject < 0 and tree.children(cue, "nsubj:pass", "aux:pass"):
            self._passive_cue(sentence, cue, word, effect, chain)
        else:
            chain.effects.insert(0, effect)

    def _passive_cue(self, sentence: SentenceReading, cue: int, word: str, effect: str, chain: Chain) -> None:
        """Handle "is said to", "was accused by X of", "was quoted as saying by Interfax"."""
        tree = sentence.tree
        for agent in tree.children(cue, "obl:agent"):
            source = self.speakers.source_at(sentence, agent, self.last.get(sentence.number))
            if source:
                chain.outside(replace(source, cue=word), effect, "agent of a passive cue")
                return
        chain.effects.insert(0, "alleged" if effect == "neutral" else effect)

    def _quoted_person(self, sentence: SentenceReading, cue: int, word: str, effect: str, chain: Chain) -> None:
        for obj in sentence.tree.children(cue, "obj"):
            source = self.speakers.source_at(sentence, obj, self.last.get(sentence.number))
            if source:
                chain.outside(replace(source, cue=word), effect, f"{word}: its object is quoted")

    def _told(self, sentence: SentenceReading, cue: int, chain: Chain) -> None:
        """An outlet that was told is a link nearer to the reader ("told Reuters", "in an interview with")."""
        for listener in listeners(sentence.tree, cue):
            source = self.speakers.source_at(sentence, listener, None)
            if source and source.kind in _PRESS:
                chain.outside(replace(source, cue=sentence.tree.token(cue).text), "neutral", "an outlet was told")

    def _noun_cue(self, sentence: SentenceReading, noun: int, effect: str, chain: Chain) -> None:
        """Handle "reports that", "the claim by officials that"."""
        tree = sentence.tree
        holders = tree.children(noun, "nmod:poss") + [
            c for c in tree.children(noun, "nmod") if tree.prepositions(c) in {"by", "from", "of"}
        ]
        holders += [
            c
            for c in tree.children(noun, "compound", "amod")
            if tree.token(c).upos == "PROPN" or sentence.entries(c, EntryKind.ADJECTIVE)
        ]
        for holder in holders:
            source = self.speakers.source_at(sentence, holder, self.last.get(sentence.number))
            if source:
                chain.outside(
                    replace(source, cue=tree.token(noun).text),
                    effect,
                    f"{tree.token(noun).lemma}: whose it is",
                )
                return
        if (
            tree.token(noun).lemma.lower()
            in {"report", "rumor", "rumour", "speculation", "allegation", "accusation", "claim"}
            and not chain.sources
        ):
            span = tree.span([noun])
            chain.outside(unnamed_reports(span.of(self.reading.document.text), span), "alleged", "unnamed reports")

    def _at(self, sentence: SentenceReading, index: int, trigger: int, chain: Chain) -> None:
        """Add sources that hang on the clause itself: "according to X", "..., officials said", "citing Y"."""
        tree = sentence.tree
        for child in tree.children(index):
            relation = base(tree.token(child).deprel)
            if relation in {"obl", "nmod"} and tree.prepositions(child) in {"according to", "as per"}:
                self._simple(sentence, child, "according to", chain)
            elif (
                relation in {"advcl", "parataxis", "ccomp", "dep"}
                and child != trigger
                and not is_inside(tree, trigger, child)
            ):
                self._side_clause(sentence, child, chain)
            elif relation == "advmod" and tree.token(child).lemma.lower() in _REPORTED:
                chain.effects.insert(0, "alleged")

    def _side_clause(self, sentence: SentenceReading, clause: int, chain: Chain) -> None:
        tree = sentence.tree
        token = tree.token(clause)
        cues = self.reading.lexicon.cues
        lemma = token.lemma.lower()
        if lemma in CITING and token.xpos == "VBG":
            self._cited(sentence, clause, chain)
            return
        trails = base(token.deprel) == "parataxis" or (
            base(token.deprel) == "ccomp" and not tree.children(clause, "ccomp", "mark", "obj")
        )
        if lemma in cues.verbs and (
            (token.upos == "VERB" and trails) or (token.deprel == "advcl" and begins_with_as(tree, clause))
        ):
            self._verb_cue(sentence, clause, -2, cues.verbs[lemma], chain)

    def _cited(self, sentence: SentenceReading, clause: int, chain: Chain) -> None:
        """Add whom "citing" names, farthest from the reader, and who is told of as "quoted by", nearest to it."""
        token, last = sentence.tree.token(clause), self.last.get(sentence.number)
        if token.lemma.lower() not in CITING or token.xpos not in {"VBG", "VBN"}:
            return
        add, relation = (chain.inside, "obj") if token.xpos == "VBG" else (chain.outside, "obl:agent")
        for index in sentence.tree.children(clause, relation):
            source = self.speakers.source_at(sentence, index, last)
            if source and all(source.span != known.span for known in chain.sources):
                add(replace(source, cue=token.text), "neutral", f"{token.text}: whom it names")

    def _trailing(self, sentence: SentenceReading, trigger: int, chain: Chain) -> None:
        """Put ", the paper reported," after the claim outermost, wherever the parse hangs it."""
        tree = sentence.tree
        for cue in range(trigger + 1, len(tree)):
            if not is_trailing(tree, cue) or tree.token(cue).lemma.lower() not in self.reading.lexicon.cues.verbs:
                continue
            source = self.speakers.source_at(sentence, cue_subject(tree, cue), self.last.get(sentence.number))
            if source:
                chain.sources = [s for s in chain.sources if s.span != source.span]
                chain.outside(replace(source, cue=tree.token(cue).text), "neutral", "a trailing clause speaks")

    def _simple(self, sentence: SentenceReading, index: int, cue: str, chain: Chain) -> None:
        source = self.speakers.source_at(sentence, index, self.last.get(sentence.number))
        if source:
            within = stands_within(sentence.tree, index, self.reading.lexicon.cues.verbs)
            (chain.inside if within else chain.outside)(replace(source, cue=cue), "neutral", cue)

    def _quoted(self, sentence: SentenceReading, trigger: int, chain: Chain) -> None:
        """A claim inside a quotation without a cue of its own is the speaker's of the sentence, or of the last one."""
        position = sentence.tree.token(trigger).start
        inside = [q for q in self._around(sentence) if not q.scare and q.inner.start <= position < q.inner.end]
        if not inside:
            return
        spoken = (
            self._spoken.get(sentence.number)
            or self._closing(sentence)
            or self.last.get(sentence.number)
            or self._spoken.get(sentence.number + 1)
        )
        if spoken:
            chain.outside(spoken.source, "neutral", "quoted: the last speaker")

    def _hearsay(self, sentence: SentenceReading, trigger: int, chain: Chain) -> None:
        """Read "Reportedly" without a source: unnamed reports."""
        tree = sentence.tree
        for index in [trigger, *tree.ancestors(trigger)]:
            for child in tree.children(index, "advmod"):
                if tree.token(child).lemma.lower() in _REPORTED:
                    span = tree.span([child])
                    chain.outside(
                        unnamed_reports(span.of(self.reading.document.text), span),
                        "alleged",
                        "unnamed reports",
                    )
                    return

    def _is_publisher(self, source: Source) -> bool:
        own = {name.lower().removeprefix("the ") for name in outlet_names(self.reading)}
        return source.kind in _PRESS and source.named and source.name.lower().removeprefix("the ") in own
