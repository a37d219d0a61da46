"""How this version groups: the one place where the register is tied to ``group``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Final

from armstrace.document import Document
from armstrace.group.clusters import Judgement, group_claims
from armstrace.group.compare import Reason, compare_claims
from armstrace.group.copies import find_copies, why_pair
from armstrace.group.origins import find_origins
from armstrace.lexicon.load import load_lexicon
from armstrace.lexicon.match import Matcher
from armstrace.register.types import Origin
from armstrace.registering import Stages
from armstrace.store.judgements import StoredJudgement
from armstrace.told import Group, Told

_GOVERNMENT: Final = "government:"
_PAIRED: Final[Mapping[str, bool]] = {"same-transfer": True, "different-transfer": False}


def load_stages() -> Stages:
    """Return the stages of grouping of this version.

    Raises:
        LexiconError: a packaged lexicon file is malformed.
    """
    names = load_lexicon().matcher
    return Stages(
        families_of, partial(_group, names), partial(_origins, names), partial(_compare, names), compare_documents
    )


def families_of(documents: Iterable[Document]) -> Mapping[str, str]:
    """Return the copy family of each document, named by its first member."""
    return {member: family[0] for family in find_copies(documents).families for member in family}


def paired_judgements(judgements: Iterable[StoredJudgement]) -> tuple[Judgement, ...]:
    """Return what people decided of pairs of claims, the oldest first; ``value`` of a judgement is the other claim."""
    given = [one.judgement for one in judgements]
    return tuple(
        Judgement(one.claim, one.value, is_same=_PAIRED[one.verdict])
        for one in given
        if one.verdict in _PAIRED and one.claim and isinstance(one.value, str)
    )


def _group(names: Matcher, claims: Sequence[Told], judgements: Sequence[StoredJudgement]) -> tuple[Group, ...]:
    found = group_claims(claims, names, paired_judgements(judgements))
    return tuple(Group(one.claims, one.context) for one in found)


def _origins(names: Matcher, claims: Sequence[Told]) -> tuple[Origin, ...]:
    """Return the origins behind claims, a government with the code of its country."""
    return tuple(
        Origin(
            found.key,
            found.name,
            (found.key.removeprefix(_GOVERNMENT) or None) if found.key.startswith(_GOVERNMENT) else None,
            found.is_shown,
            found.claims,
            found.rules,
        )
        for found in find_origins(claims, names)
    )


def _compare(names: Matcher, one: Told, other: Told) -> tuple[str, ...]:
    """Return how two claims compare, the sum of points first."""
    found = compare_claims(one, other, names)
    return (f"{found.verdict}: {found.score:g} points", *(_told(reason) for reason in found.reasons))


def _told(reason: Reason) -> str:
    points = "rules it out" if reason.points is None else f"{reason.points:+g}"
    return f"{reason.words} ({points})"


def compare_documents(one: Document, other: Document) -> tuple[str, ...]:
    """Return how likely one of two documents repeats the other, and why."""
    pair = why_pair(one, other)
    return (f"that one repeats the other is {pair.likelihood:.0%} likely", *pair.reasons)
