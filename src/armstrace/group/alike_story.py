"""Questions about two claims: are they told in one story, and does one answer the other?"""

from __future__ import annotations

from typing import Final

from armstrace.group.alike_arms import is_first_part
from armstrace.group.pairs import Pair
from armstrace.model import Polarity

WORDS_ALIKE: Final = 0.6
TITLES_ALIKE: Final = 0.5


def is_same_sentence(pair: Pair) -> bool:
    """Tell whether both stand in one sentence, or in its copy within the family."""
    left, right = pair.left, pair.right
    if left.document == right.document:
        return left.span == right.span
    return left.family == right.family and _overlap(left.words, right.words) >= WORDS_ALIKE


def is_same_family(pair: Pair) -> bool:
    """Tell whether they stand in copies of one text, in other sentences."""
    left, right = pair.left, pair.right
    return left.document != right.document and left.family == right.family and not is_same_sentence(pair)


def is_worded_alike(pair: Pair) -> bool:
    """Tell whether texts that are no copies tell it in nearly the same words."""
    left, right = pair.left, pair.right
    return left.family != right.family and _overlap(left.words, right.words) >= WORDS_ALIKE


def has_alike_title(pair: Pair) -> bool:
    """Tell whether the titles of two documents share most words."""
    left, right = pair.left, pair.right
    return left.document != right.document and _overlap(left.title, right.title) >= TITLES_ALIKE


def is_one_row(pair: Pair) -> bool:
    """Tell whether both stand in one row of a list: the order and the delivery of one deal."""
    return _are_rows_of_one_list(pair) and pair.left.span == pair.right.span


def is_other_row(pair: Pair) -> bool:
    """Tell whether a list tells them apart by its rows."""
    return _are_rows_of_one_list(pair) and pair.left.span != pair.right.span


def refers_to_it(pair: Pair) -> bool:
    """Tell whether one says that it speaks of the other."""
    return any(a.refers_to == b.id for a, b in pair.both_ways)


def is_denial_of_it(pair: Pair) -> bool:
    """Tell whether one denies and the other affirms."""
    return pair.left.polarity is not pair.right.polarity


def is_narrower_denial(pair: Pair) -> bool:
    """Tell whether only one office is said not to supply: that does not deny that the state does."""
    for denial, claim in pair.both_ways:
        if denial.polarity is Polarity.DENIED and claim.polarity is Polarity.AFFIRMED and denial.supplier.organ:
            return denial.supplier.organ != claim.supplier.organ
    return False


def is_kept_apart(pair: Pair) -> bool:
    """Tell whether the reader told them apart in one sentence by arms, numbers or steps."""
    left, right = pair.left, pair.right
    if left.document != right.document or left.span != right.span or is_one_row(pair):
        return False
    if left.quantity and right.quantity and left.quantity != right.quantity:
        return not is_first_part(pair)
    if left.status is not right.status and left.categories != right.categories:
        return True
    arms = (left.designations, left.categories), (right.designations, right.categories)
    return all(any(one) for one in arms) and arms[0] != arms[1]


def _are_rows_of_one_list(pair: Pair) -> bool:
    left, right = pair.left, pair.right
    return left.is_row and right.is_row and left.document == right.document


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0
