"""A chain of sources while it is built, and who is the subject of a reporting word."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass, field

from armstrace.document import Span
from armstrace.extract.tree import SUBJECTS, Tree, base, subject_of
from armstrace.model import Source

CITING = frozenset({"cite", "quote"})
_SPEAKER = frozenset({"me", "us"})
_COMMAS = frozenset({",", "”", '"', "’", "''"})


@dataclass(slots=True)
class Chain:
    """The sources found, nearest first, with the effect of each cue on what is reported."""

    sources: list[Source] = field(default_factory=list)
    effects: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    pronouns: set[Span | None] = field(default_factory=set)

    def outside(self, source: Source, effect: str, rule: str) -> None:
        """Add a link nearer to the reader than those so far; it takes the place of a "they" below it."""
        self.sources = [s for s in self.sources if s.span not in self.pronouns]
        if not any(_same(source, s) for s in self.sources):
            self.sources.insert(0, source)
        self.effects.insert(0, effect)
        self.rules.append(rule)
        if effect == "denies":  # whoever said what is denied does not deny it
            self.sources = [s for s in self.sources if _same(source, s)][:1]
            self.effects = ["denies"]

    def inside(self, source: Source, effect: str, rule: str) -> None:
        """Add a link farther from the reader than those so far."""
        if not any(_same(source, s) for s in self.sources):
            self.sources.append(source)
        self.effects.append(effect)
        self.rules.append(rule)


def stands_within(tree: Tree, index: int, cues: Container[str]) -> bool:
    """Tell whether a phrase opens what another reports: "the paper said that, according to officials, ..."."""
    return index < tree.token(index).head and any(
        above < index and tree.token(above).upos == "VERB" and tree.token(above).lemma.lower() in cues
        for above in tree.ancestors(index)
    )


def cue_subject(tree: Tree, cue: int) -> int:
    """Return who speaks: the subject of the cue, or of "quoted X as saying" the one quoted."""
    head = tree.token(cue).head
    if (
        head >= 0
        and tree.token(head).lemma.lower() in CITING
        and base(tree.token(cue).deprel) in {"advcl", "xcomp", "ccomp"}
    ):
        quoted = tree.children(head, "nsubj:pass") or tree.children(head, "obj")
        return quoted[0] if quoted else -1
    own = [c for c in tree.children(cue) if tree.token(c).deprel in SUBJECTS]
    if own:
        token = tree.token(own[0])
        if token.lemma.lower() in {"who", "which", "that"} and tree.token(cue).deprel == "acl:relcl":
            return tree.token(cue).head
        return own[0]
    if tree.children(cue, "nsubj:pass"):
        return -1
    return subject_of(tree, cue)


def tells_the_speaker(tree: Tree, verb: int) -> bool:
    """Tell whether a verb says that whoever speaks was told: "they briefed me, and we know that"."""
    if tree.token(verb).lemma.lower() not in tree.sets["tells-of"]:
        return False
    return any(tree.token(c).text.lower() in _SPEAKER for c in tree.children(verb, "obj", "iobj"))


def listeners(tree: Tree, cue: int) -> list[int]:
    """Return who by name was told: "told Reuters", "said to the Courier", "said in an interview with the Courier"."""
    told = [c for c in tree.children(cue, "obj", "iobj", "obl") if tree.prepositions(c) in {"", "to", "on", "with"}]
    talks = [c for c in tree.children(cue, "obl") if tree.token(c).lemma.lower() in tree.sets["talks"]]
    told += [n for c in talks for n in tree.children(c, "nmod") if tree.prepositions(n) in {"with", "to", "by", "in"}]
    return [c for c in told if _is_name(tree, c)]


def _is_name(tree: Tree, index: int) -> bool:
    names = (index, *tree.children(index, "compound", "flat", "appos"))
    return any(tree.token(i).upos == "PROPN" for i in names)


def is_inside(tree: Tree, index: int, ancestor: int) -> bool:
    """Tell whether a token stands under another, or is it."""
    return index == ancestor or ancestor in set(tree.ancestors(index))


def begins_with_as(tree: Tree, clause: int) -> bool:
    """Tell whether a clause begins with "as" ("as officials said")."""
    return any(tree.token(c).lemma.lower() == "as" for c in tree.children(clause, "mark"))


def is_trailing(tree: Tree, cue: int) -> bool:
    """Tell whether a verb and its subject stand between a comma and the next punctuation: ", the paper reported,"."""
    subjects = [c for c in tree.children(cue) if tree.token(c).deprel in SUBJECTS and c < cue]
    if tree.token(cue).upos != "VERB" or not subjects or cue + 1 >= len(tree):
        return False
    first = min(tree.noun_phrase(subjects[0]))
    return first > 0 and tree.token(first - 1).text in _COMMAS and tree.token(cue + 1).upos == "PUNCT"


def _same(a: Source, b: Source) -> bool:
    return (a.name.lower(), a.kind) == (b.name.lower(), b.kind) or (a.span is not None and a.span == b.span)


def find_channel(tree: Tree, channels: Iterable[tuple[tuple[str, ...], str]]) -> str | None:
    """Return how the words of a sentence reached the writer ("by e-mail"), if it says so."""
    words = [t.text.lower() for t in tree.tokens]
    for phrase, channel in channels:
        size = len(phrase)
        if any(tuple(words[i : i + size]) == phrase for i in range(len(words) - size + 1)):
            return channel
    return None
