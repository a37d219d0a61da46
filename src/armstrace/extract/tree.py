"""Walking a parsed sentence: children, phrases, conjuncts, and the subject a verb has by grammar or by control."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from armstrace.document import Span
from armstrace.language import Sentence, Token

MODIFIERS = frozenset(
    {
        "compound",
        "amod",
        "nmod:poss",
        "det",
        "nummod",
        "flat",
        "nmod:desc",
        "det:predet",
        "punct",
        "case",
        "advmod",
    }
)
SUBJECTS = frozenset({"nsubj", "csubj", "nsubj:outer"})
PASSIVE_SUBJECTS = frozenset({"nsubj:pass", "csubj:pass"})


_MAX_DEPTH = 6  # clauses climbed in search of a subject


class Tree:
    """One sentence as a tree, with the lexicon's word sets; answers are token indices, -1 where there is none."""

    def __init__(self, sentence: Sentence, number: int, sets: Mapping[str, frozenset[str]]) -> None:
        self.sentence = sentence
        self.sets = sets
        self.number = number
        self.tokens = sentence.tokens
        self._children: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head >= 0:
                self._children[token.head].append(token.index)

    def __len__(self) -> int:
        return len(self.tokens)

    def token(self, index: int) -> Token:
        """Return the token at ``index``."""
        return self.tokens[index]

    def children(self, index: int, *deprels: str) -> list[int]:
        """Return the dependents of a token, all or those with one of the relations (subtypes included)."""
        found = self._children[index]
        if not deprels:
            return found
        return [c for c in found if self.tokens[c].deprel in deprels or base(self.tokens[c].deprel) in deprels]

    def ancestors(self, index: int) -> Iterator[int]:
        """Yield the heads of a token from the nearest to the root."""
        head = self.tokens[index].head
        while head >= 0:
            yield head
            head = self.tokens[head].head

    def subtree(self, index: int) -> list[int]:
        """Return all tokens under and with ``index``, in order."""
        found, stack = [], [index]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self._children[i])
        return sorted(found)

    def noun_phrase(self, index: int) -> list[int]:
        """Return the token with its direct modifiers (no relative clause, apposition or later preposition)."""
        found, stack = [], [index]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(
                c for c in self._children[i] if self.tokens[c].deprel in MODIFIERS and self.tokens[c].deprel != "case"
            )
        return _run_around(sorted(found), index)

    def span(self, indices: list[int]) -> Span:
        """Return the character span from the first to the last of the tokens."""
        return Span(self.tokens[indices[0]].start, self.tokens[indices[-1]].end)

    def conjuncts(self, index: int) -> list[int]:
        """Return the token and everything coordinated with it, in order."""
        first = index
        while self.tokens[first].deprel == "conj" and self.tokens[first].head >= 0:
            first = self.tokens[first].head
        found, stack = [], [first]
        while stack:
            i = stack.pop()
            found.append(i)
            stack.extend(self.children(i, "conj"))
        return sorted(found)

    def prepositions(self, index: int) -> str:
        """Return the lower-case preposition(s) that mark a noun: "to", "according to"; empty where none."""
        cases = self.children(index, "case")
        if not cases:  # the parse may hang it on the first word of a name ("to Burkina Faso")
            cases = [c for m in self.children(index, "compound", "amod") for c in self.children(m, "case")]
        words = [self.tokens[j].text.lower() for c in cases for j in [c, *self.children(c, "fixed")]]
        return " ".join(words)

    def is_passive(self, index: int) -> bool:
        """Tell whether a verb stands in the passive, a reduced one ("weapons supplied by") included."""
        if self.children(index, "aux:pass", "nsubj:pass"):
            return True
        token = self.tokens[index]
        return (
            token.deprel in {"acl", "amod", "advcl"} and token.xpos == "VBN" and not self.children(index, "aux", "obj")
        )

    def at(self, start: int) -> int:
        """Return the index of the token that holds the character, or -1."""
        low, high = 0, len(self.tokens) - 1
        while low <= high:
            mid = (low + high) // 2
            token = self.tokens[mid]
            if token.end <= start:
                low = mid + 1
            elif token.start > start:
                high = mid - 1
            else:
                return mid
        return -1

    def head_of(self, span: Span) -> int:
        """Return the syntactic head among the tokens that a span covers, or -1."""
        first, last = self.at(span.start), self.at(span.end - 1)
        if first < 0 or last < 0:
            return -1
        outside = [i for i in range(first, last + 1) if not first <= self.tokens[i].head <= last]
        return next((i for i in outside if self.tokens[i].upos not in {"PUNCT", "ADP"}), last)


@lru_cache(maxsize=256)  # there are some fifty
def base(deprel: str) -> str:
    """Return a relation without its subtype."""
    return deprel.split(":", 1)[0]


def _run_around(indices: list[int], index: int) -> list[int]:
    """Keep the unbroken run of indices that holds ``index``, without punctuation at its ends being lost."""
    low = high = indices.index(index)
    while low > 0 and indices[low] - indices[low - 1] <= 1:
        low -= 1
    while high < len(indices) - 1 and indices[high + 1] - indices[high] <= 1:
        high += 1
    return indices[low : high + 1]


def subject_of(tree: Tree, verb: int, depth: int = 0) -> int:
    """Return the token that does what ``verb`` says: its own subject, a shared one, or one by control; else -1."""
    own = [c for c in tree.children(verb) if tree.token(c).deprel in SUBJECTS]
    if own:
        return _antecedent(tree, own[0], verb)
    token = tree.token(verb)
    if depth > _MAX_DEPTH or token.head < 0 or tree.children(verb, "nsubj:pass"):
        return -1
    relation = base(token.deprel)
    if relation == "acl":
        participle = token.xpos == "VBG" and not tree.children(verb, "mark", "case")
        headline = tree.token(token.head).head < 0 and tree.token(token.head).upos == "PROPN"  # "Kuwait to buy jets"
        return token.head if participle or headline else _noun_holder(tree, token.head, depth)
    if relation in {"xcomp", "ccomp", "advcl", "conj", "parataxis"}:
        return _governed_subject(tree, verb, token.head, depth)
    return -1


def _antecedent(tree: Tree, subject: int, verb: int) -> int:
    """Return what a relative pronoun stands for."""
    token = tree.token(subject)
    if token.lemma.lower() in {"that", "which", "who"} and tree.token(verb).deprel == "acl:relcl":
        return tree.token(verb).head
    return subject


def _governed_subject(tree: Tree, verb: int, head: int, depth: int) -> int:
    relation = base(tree.token(verb).deprel)
    if relation == "ccomp" and tree.children(verb, "mark"):
        return -1
    governor = tree.token(head)
    if (
        relation in {"xcomp", "ccomp", "advcl"}
        and governor.lemma in tree.sets["object-control"]
        and (relation != "advcl" or _is_gerund(tree, verb))
    ):
        objects = tree.children(head, "obj", "iobj", "nsubj:pass")
        if objects:
            return objects[0]
    if governor.upos in {"NOUN", "PROPN"}:
        return _noun_holder(tree, head, depth)
    passive = tree.children(head, "nsubj:pass")
    if passive:
        return passive[0]
    return subject_of(tree, head, depth + 1)


def _is_gerund(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is the gerund after "of" or "from" ("accused of arming", "barred from selling")."""
    marks = {tree.token(c).text.lower() for c in tree.children(verb, "mark", "case")}
    return tree.token(verb).xpos == "VBG" and bool(marks & {"of", "from", "for"})


def _noun_holder(tree: Tree, noun: int, depth: int) -> int:
    """Return whose plan, offer or request it is ("Iran's request to buy", "made an offer to sell")."""
    holders = tree.children(noun, "nmod:poss") or tree.children(noun, "nsubj")
    if holders:
        return holders[0]
    of = [c for c in tree.children(noun, "nmod") if tree.prepositions(c) in {"by", "of"}]
    if of:
        return of[0]
    compounds = [c for c in tree.children(noun, "compound", "amod") if tree.token(c).text[:1].isupper()]
    if compounds:
        return compounds[0]
    addressed = [c for c in tree.children(noun, "nmod") if tree.prepositions(c) in {"to", "for"}]
    head = tree.token(noun).head
    if head >= 0:
        addressed += [c for c in tree.children(head, "iobj", "obl") if c > noun and tree.prepositions(c) in {"to", ""}]
    if addressed and tree.token(noun).lemma in tree.sets["leave"]:
        return addressed[0]
    if head >= 0 and tree.token(noun).deprel in {"obj", "obl", "nmod"}:
        return subject_of(tree, head, depth + 1) if tree.token(head).upos in {"VERB", "AUX"} else -1
    return -1


def object_of(tree: Tree, verb: int) -> int:
    """Return what the verb acts on: object, passive subject, or the noun that a relative or reduced clause modifies."""
    for child in tree.children(verb, "obj", "nsubj:pass"):
        return _antecedent(tree, child, verb)
    token = tree.token(verb)
    if token.deprel == "acl:relcl":
        return token.head if _gap_is_object(tree, verb) else -1
    reduced = token.deprel in {"acl", "amod"} and token.xpos in {"VBN", "VBD"}
    infinitive = token.deprel == "acl" and token.xpos == "VB"
    if reduced or infinitive:
        return token.head
    if token.deprel == "conj" and not any(tree.token(c).deprel in SUBJECTS for c in tree.children(verb)):
        shared = tree.children(token.head, "nsubj:pass")
        return _antecedent(tree, shared[0], token.head) if shared else -1
    return -1


def _gap_is_object(tree: Tree, verb: int) -> bool:
    subjects = [c for c in tree.children(verb) if tree.token(c).deprel in SUBJECTS | PASSIVE_SUBJECTS]
    return bool(subjects) and tree.token(subjects[0]).lemma.lower() not in {"that", "which", "who"}
