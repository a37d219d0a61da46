"""Two documents compared: what of their words is an outlet's standing text, and whether the rest is a copy."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final, NamedTuple

from armstrace.document import Document
from armstrace.group.circumstances import compare_circumstances
from armstrace.group.combined import Joint
from armstrace.group.evidence import CopyPair, tell_pair, weigh_pair
from armstrace.group.overlap import ComparedText, compare_texts, compared_text, passages_of, without_passages
from armstrace.group.runs import shared_runs
from armstrace.group.words import compared_words

LONGEST: Final = 500_000  # characters; of a longer document, a book or an archive, the beginning is compared
# Two documents of one outlet and different days are different stories where less than this share of the shorter stands
# in the other: what they share is the outlet's standing text, in whatever document it comes along. A long biography or
# footer can be more than half of a document; then nothing but the one run is shared.
ONE_STORY: Final = 0.5
ONE_STORY_BUT_FOR_A_BLOCK: Final = 0.8
BESIDE_A_BLOCK: Final = 0.1
STANDING_RUN: Final = 8  # words


class Judged(NamedTuple):
    """A pair with its likelihood and reasons, and which words of each stand in the other."""

    pair: CopyPair
    joint: Joint


def comparable(document: Document, standing: Collection[int] = ()) -> ComparedText:
    """Return the text of a document ready for comparison, without the standing passages whose hashes are given."""
    return without_passages(compared_text(compared_words(document.text[:LONGEST])), standing)


def standing_passages(left: ComparedText, right: ComparedText) -> frozenset[int]:
    """Return the hashes of the passages that two texts of one outlet and different days share; none if one story."""
    runs = shared_runs(left.words.keys, right.words.keys, left.phrases, right.phrases)
    words = max(1, min(len(left.words.keys), len(right.words.keys)))
    covered, longest = sum(run.length for run in runs), max((run.length for run in runs), default=0)
    is_block = covered < ONE_STORY_BUT_FOR_A_BLOCK * words and covered - longest < BESIDE_A_BLOCK * (words - longest)
    is_other_story = covered < ONE_STORY * words or is_block
    return passages_of(left, runs, STANDING_RUN) if is_other_story else frozenset()


def judge_pair(left: Document, right: Document, standing: Collection[int] = ()) -> CopyPair:
    """Return how likely one of two documents repeats the other, and why; the same whichever comes first."""
    one, other = sorted((left, right), key=lambda document: document.id)
    return judge_texts(one, other, comparable(one, standing), comparable(other, standing)).pair


def judge_texts(left: Document, right: Document, left_text: ComparedText, right_text: ComparedText) -> Judged:
    """Return the judgement on two documents whose texts are ready; the left one has the smaller id."""
    overlap = compare_texts(left_text, right_text)
    around = compare_circumstances(left, right)
    cut = tuple(
        f"of {document.id} only the first {LONGEST:,} characters were compared"
        for document in (left, right)
        if len(document.text) > LONGEST
    )
    pair = CopyPair(left.id, right.id, weigh_pair(overlap, around), (*tell_pair(overlap, around), *cut))
    joint = Joint(
        left.id,
        right.id,
        frozenset(at for run in overlap.runs for at in range(run.left, run.left + run.length)),
        frozenset(at for run in overlap.runs for at in range(run.right, run.right + run.length)),
        len(left_text.words.keys),
        len(right_text.words.keys),
    )
    return Judged(pair, joint)
