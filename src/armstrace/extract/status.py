"""How far a transfer has got, and whether it is affirmed: tense, modals, negation, and the words that govern it."""

from __future__ import annotations

from armstrace.extract.calls import complement_of, only_calls, word_below
from armstrace.extract.candidate import Candidate
from armstrace.extract.doubt import doubt
from armstrace.extract.negation import is_negated, moves_nothing
from armstrace.extract.standing import Standing
from armstrace.extract.tenses import FUTURE, POSSIBLE, find_tense
from armstrace.extract.tree import SUBJECTS, Tree, base
from armstrace.extract.votes import SURE
from armstrace.lexicon.entries import Operator, TransferWords
from armstrace.lexicon.load import Lexicon
from armstrace.model import Certainty, Polarity, Status

_CLOSED = frozenset({Status.REFUSED, Status.CANCELLED, Status.APPROVED})
_PROGRESS = frozenset({Status.DELIVERED, Status.IN_TRANSIT, Status.ORDERED})
_HYPOTHETICAL = frozenset({"if", "unless", "whether", "lest"})
_AIMS = frozenset({"ensure", "avoid", "guarantee"})  # "to ensure that weapons did not end up ..."
_GERUND_MARKS = frozenset({"in", "to", "of", "from", "on", "against"})  # "barred from selling", "interested in buying"
_MATTERS = frozenset({"over", "about", "on", "against", "for", "after", "to"})  # "sanctions over purchases"
_UPWARD = frozenset(
    {
        "xcomp",
        "ccomp",
        "obj",
        "nsubj:pass",
        "acl",
        "nmod",
        "obl",
        "compound",
        "nsubj",
        "advcl",
        "conj",
        "iobj",
        "csubj",
        "amod",
    }
)
_UNREAL = frozenset({"would", "could", "might", "may", "will", "'d"})
_MAX_CLIMB = 6
_CERTAIN = 0.95


def find_standing(candidate: Candidate, lexicon: Lexicon) -> Standing:
    """Return how the words around a transfer word say that it stands."""
    tree = candidate.sentence.tree
    standing = _own_standing(candidate, lexicon)
    _own_negation(tree, candidate.trigger, lexicon, standing)
    _climb(candidate, lexicon, standing)
    _vote_on_polarity(candidate, standing)
    return standing


def _vote_on_polarity(candidate: Candidate, standing: Standing) -> None:
    """Let the network deny where it is all but certain: denials come in too many words for a list."""
    if candidate.vote is None or candidate.vote.probability < SURE:
        return
    polarity, share = candidate.vote.told("polarity")
    if share >= _CERTAIN and polarity == Polarity.DENIED != standing.polarity:
        standing.polarity = Polarity.DENIED
        standing.rules.append(f"polarity: the network, {share:.0%} sure")


def _own_standing(candidate: Candidate, lexicon: Lexicon) -> Standing:
    if candidate.frame.needs == "voted" and candidate.vote:  # no frame says how far it has got
        status, _ = candidate.vote.told("status")
        return Standing(Status(status), rules=["status: the network"])
    return _verb_standing(candidate, lexicon) if candidate.verbal else _noun_standing(candidate, lexicon)


def _verb_standing(candidate: Candidate, lexicon: Lexicon) -> Standing:
    name, status, more = find_tense(candidate, lexicon.transfer.call_modals)
    return Standing(status, rules=[name], **more)


def _noun_standing(candidate: Candidate, lexicon: Lexicon) -> Standing:
    tree, noun = candidate.sentence.tree, candidate.trigger
    words = {tree.token(c).text.lower() for c in tree.children(noun, "amod", "compound", "nmod:desc")}
    for status, modifiers in lexicon.transfer.noun_modifiers.items():
        if words & modifiers:
            return Standing(Status(status), rules=[f"{min(words & modifiers)} {candidate.word}"])
    return Standing(Status(candidate.frame.done), rules=[])


def _own_negation(tree: Tree, index: int, lexicon: Lexicon, standing: Standing) -> None:
    if is_negated(tree, index, lexicon.hedges.negations) or moves_nothing(tree, index):
        standing.polarity = Polarity.DENIED
        standing.rules.append("negated")


def _climb(candidate: Candidate, lexicon: Lexicon, standing: Standing) -> None:
    """Apply the operators above the transfer word, from the inside out."""
    tree = candidate.sentence.tree
    here = candidate.trigger
    for step, head in enumerate(tree.ancestors(candidate.trigger)):
        relation = tree.token(here).deprel
        if (
            step >= _MAX_CLIMB
            or base(relation) not in {base(r) for r in _UPWARD}
            or relation in {"acl:relcl", "nmod:poss"}
        ):
            _hypothesis(tree, here, standing)
            return
        finite = base(relation) in {"ccomp", "advcl"} and bool(
            [c for c in tree.children(here) if tree.token(c).deprel in SUBJECTS | {"nsubj:pass"}]
        )
        _hypothesis(tree, here, standing)
        doubt(tree, here, head, lexicon.hedges, standing)
        if _leaves_the_transfer(tree, here, head, lexicon) or (
            relation == "conj" and tree.token(here).upos == tree.token(head).upos and step
        ):
            return
        if relation == "conj":
            here = head
            continue
        if not _govern(candidate, head, lexicon, standing, finite=finite):
            return
        here = head
    _hypothesis(tree, here, standing)


def _leaves_the_transfer(tree: Tree, here: int, head: int, lexicon: Lexicon) -> bool:
    """Tell whether what stands above is no longer about the transfer: a side clause, a claim noun, another matter."""
    relation = base(tree.token(here).deprel)
    above = tree.token(head)
    if relation == "advcl":
        if tree.token(here).xpos == "VB" and above.lemma.lower() in lexicon.transfer.call_verbs:
            return False  # "called on the president to send arms"
        marks = {tree.token(c).text.lower() for c in tree.children(here, "mark", "case")}
        return not (tree.token(here).xpos == "VBG" and marks & _GERUND_MARKS)
    if relation == "acl" and above.upos == "NOUN" and above.lemma.lower() in lexicon.cues.nouns:
        return bool([c for c in tree.children(here) if tree.token(c).deprel in SUBJECTS | {"nsubj:pass"}])
    if relation == "nmod" and above.upos == "NOUN":
        words = lexicon.transfer
        known = (
            above.lemma.lower() in words.noun_operators
            or above.lemma.lower() in words.nouns
            or above.lemma.lower() in words.lift_nouns
        )
        return not known and tree.prepositions(here) in _MATTERS
    return False


def _hypothesis(tree: Tree, index: int, standing: Standing) -> None:
    """Note what is only supposed: under "if", and a deed whose effects are only imagined ("arming them would help")."""
    token = tree.token(index)
    unreal = (
        _UNREAL & {tree.token(c).lemma.lower() for c in tree.children(token.head, "aux")} if token.head >= 0 else ()
    )
    by = "by" in {tree.token(c).text.lower() for c in tree.children(index, "mark")}
    if unreal and token.xpos == "VBG" and (token.deprel == "csubj" or (by and token.deprel == "advcl")):
        standing.hypothetical = True
        standing.rules.append("a deed whose effects are imagined")
    marks = {tree.token(c).lemma.lower() for c in tree.children(index, "mark", "advmod")}
    if marks & _HYPOTHETICAL:
        standing.hypothetical = True
        standing.rules.append(f"under '{min(marks & _HYPOTHETICAL)}'")


def _govern(candidate: Candidate, head: int, lexicon: Lexicon, standing: Standing, *, finite: bool) -> bool:
    """Apply one governing word; return whether to climb further."""
    tree = candidate.sentence.tree
    words = lexicon.transfer
    token = tree.token(head)
    lemma = token.lemma.lower()
    operator = _operator(words, token.upos, lemma)
    standing.hypothetical = standing.hypothetical or lemma in _AIMS
    if not find_idiom(tree, head, words) and only_calls(candidate, head, words, finite=finite):
        standing.call = True
        standing.rules.append(f"{lemma}: a call")
    if lexicon.cues.verbs.get(lemma) == "confirms" and is_negated(tree, head, lexicon.hedges.negations):
        standing.call = True  # "could not confirm that" is no claim
        standing.rules.append(f"{lemma}: not confirmed")
    if lemma in lexicon.hedges.failings and complement_of(candidate, head) == "xcomp":
        standing.polarity = Polarity.DENIED if standing.polarity is Polarity.AFFIRMED else Polarity.AFFIRMED
        standing.rules.append(f"{lemma} to")
    lifts = (token.upos == "VERB" and lemma in words.lift_verbs) or (token.upos == "NOUN" and lemma in words.lift_nouns)
    if lifts and standing.status in {Status.REFUSED, Status.CANCELLED}:
        standing.status = Status.APPROVED
        standing.rules.append(f"{lemma} lifts a refusal")
    elif not finite and (idiom := find_idiom(tree, head, words)):
        standing.status = _combine(standing.status, Status(idiom.status), candidate)
        standing.rules.append(f"{lemma}: {idiom.status}")
        standing.governors.append(head)
        return True
    elif operator and not finite:
        standing.status = _combine(standing.status, Status(operator.status), candidate)
        standing.rules.append(f"{lemma}: {operator.status}")
        standing.soft = False
        standing.governors.append(head)
    elif not operator and token.upos == "VERB" and lemma in lexicon.cues.verbs and finite:
        return True
    if not finite or operator:
        _tense_of_governor(candidate, head, lexicon, standing)
    return True


def find_idiom(tree: Tree, head: int, words: TransferWords) -> Operator | None:
    """Return what "put on hold" and its like say, read from the words that hang on the verb."""
    verb = tree.token(head).lemma.lower()
    near = tree.children(head, "compound", "obl", "obj", "advmod")
    near += [c for n in near for c in tree.children(n, "amod")]
    return next(
        (words.idioms[verb, w] for n in near if (w := tree.token(n).lemma.lower()) and (verb, w) in words.idioms),
        None,
    )


def _operator(words: TransferWords, upos: str, lemma: str) -> Operator | None:
    table = {
        "VERB": words.verb_operators,
        "NOUN": words.noun_operators,
        "ADJ": words.adjective_operators,
    }.get(upos)
    return table.get(lemma) if table else None


def _combine(inner: Status, outer: Status, candidate: Candidate) -> Status:
    """Return the status of an operator over another: a plan of a refusal stays a refusal."""
    if outer is Status.PLANNED and inner in {
        Status.REFUSED,
        Status.CANCELLED,
        Status.APPROVED,
        Status.SOUGHT,
        Status.OFFERED,
    }:
        return inner
    if outer is Status.SOUGHT and inner in _CLOSED:
        return Status.PLANNED if inner is Status.APPROVED else inner
    if outer is Status.DELIVERED and inner in {Status.USED, Status.SEIZED, Status.ORDERED, Status.IN_TRANSIT} | _CLOSED:
        return inner
    if outer is Status.SOUGHT and candidate.verbal and candidate.frame.roles.get("subject") == "supplier":
        return Status.PLANNED  # who seeks to sell plans; who seeks to buy seeks
    return outer


def _tense_of_governor(candidate: Candidate, head: int, lexicon: Lexicon, standing: Standing) -> None:
    tree = candidate.sentence.tree
    token = tree.token(head)
    if token.upos not in {"VERB", "ADJ", "NOUN"}:
        return
    modals = {tree.token(c).lemma.lower() for c in tree.children(head, "aux")}
    if modals & lexicon.transfer.call_modals:
        standing.call = True
    if modals & FUTURE | modals & {"would"}:
        standing.certainty = standing.certainty or Certainty.EXPECTED
        if standing.status in _PROGRESS | {Status.APPROVED}:
            standing.status = Status.PLANNED
    if modals & POSSIBLE:
        standing.certainty = Certainty.EVEN
        if standing.status in _PROGRESS | {Status.APPROVED}:
            standing.status = Status.PLANNED
    words = lexicon.transfer
    tells = token.upos != "NOUN" or token.lemma.lower() in words.nouns or _operator(words, "NOUN", token.lemma.lower())
    if tells and is_negated(tree, head, lexicon.hedges.negations, word_below(candidate, head)):
        standing.polarity = Polarity.DENIED if standing.polarity is Polarity.AFFIRMED else Polarity.AFFIRMED
        standing.rules.append(f"not {token.lemma}")
