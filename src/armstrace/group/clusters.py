"""Claims that tell of one movement of arms, joined into groups: the same in any order, and one document at a time.

1. Claims are sorted into blocks by supplier and recipient. Within a block the best pairs join first, while the mean
score over all pairs between two parts is high enough and no veto stands between any two claims. 2. A part whose
supplier or recipient is unknown chooses the one part with both known that fits it best, if one fits clearly better than
those of other parties; else it stays alone. 3. What people judged goes before every score and veto.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from armstrace.group.compare import SAME_FROM
from armstrace.group.compared import Compared, Judgement
from armstrace.group.linkage import Bundle, Score, join_best_first, join_linked, mean_score
from armstrace.group.subjects import block_sides
from armstrace.ids import content_id
from armstrace.lexicon.match import Matcher
from armstrace.model import ClaimKind
from armstrace.told import Told

CLEARLY_BETTER: Final = 0.5  # points by which a part of unknown parties must fit better to those that it joins
_UNDATED: Final = "9999"


class Block(NamedTuple):
    """Supplier and recipient that claims are sorted by: country codes, names of those without, None for unknown."""

    supplier: str | None
    recipient: str | None

    @property
    def is_whole(self) -> bool:
        """Tell whether both are known."""
        return self.supplier is not None and self.recipient is not None

    def touches(self, other: Block) -> bool:
        """Tell whether both name one supplier or one recipient."""
        return (self.supplier is not None and self.supplier == other.supplier) or (
            self.recipient is not None and self.recipient == other.recipient
        )


class Choice(NamedTuple):
    """The part that a part with an unknown party joins, by the id of its first claim, and how well it fits."""

    first: str
    score: float


class Fit(NamedTuple):
    """How well a part with an unknown party fits one of known parties, which goes by the id of its first claim."""

    score: float
    first: str
    block: Block


class Part(NamedTuple):
    """Claims of one block that belong together, by id in order; ``choice`` only where a party is unknown."""

    block: Block
    claims: Bundle
    choice: Choice | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Claims of one transfer, the earliest first, and claims of other kinds that belong to them.

    ``id`` is made from the first claim. ``parts`` say how the group came about.
    """

    id: str
    claims: tuple[Told, ...]
    context: tuple[Told, ...]
    parts: tuple[Part, ...]


def block_of(told: Told, names: Matcher) -> Block:
    """Return the block of one claim."""
    return Block(*block_sides(told, names))


def touched_blocks(new: Iterable[Told], names: Matcher) -> frozenset[Block]:
    """Return the blocks whose parts must be made anew when claims are added; all others stay as they are."""
    return frozenset(block_of(told, names) for told in new if told.claim.kind is ClaimKind.TRANSFER)


def group_claims(claims: Iterable[Told], names: Matcher, judgements: Sequence[Judgement] = ()) -> tuple[Group, ...]:
    """Return the groups of all transfer claims, each in one; claims of other kinds stand with those they belong to.

    Claim ids are unique. Of two judgements on one pair the later counts; one on unknown ids changes nothing.
    """
    return add_claims((), claims, names, judgements)


def add_claims(
    groups: Sequence[Group], new: Iterable[Told], names: Matcher, judgements: Sequence[Judgement] = ()
) -> tuple[Group, ...]:
    """Return the groups after claims were added: what ``group_claims`` returns for all at once.

    Only blocks that the new claims touch are made anew. A claim that is new replaces one of its id; claims that a
    person judged since ``groups`` were made are given once more among the new.
    """
    fresh = list(new)
    known = {told.claim.id: told for group in groups for told in (*group.claims, *group.context)}
    replaced = [known[told.claim.id] for told in fresh if told.claim.id in known]
    known |= {told.claim.id: told for told in fresh}
    transfers = [told for told in known.values() if told.claim.kind is ClaimKind.TRANSFER]
    compared = Compared(transfers, names, judgements)
    judged = compared.judged_with(frozenset(told.claim.id for told in fresh))
    touched = touched_blocks((*fresh, *replaced, *judged), names)
    before = [part for group in groups for part in group.parts]
    parts = [part for part in before if part.block not in touched]
    parts += _make_parts(transfers, touched, compared)
    parts = _choose(parts, touched, compared)
    joined = _join_judged(_assemble(parts, compared), compared)
    contexts = [told for told in known.values() if told.claim.kind is not ClaimKind.TRANSFER]
    return _make_groups(joined, contexts, compared)


def _make_parts(transfers: Iterable[Told], touched: frozenset[Block], compared: Compared) -> list[Part]:
    """Return the parts of the blocks touched: judged pairs first, then the best."""
    blocks: dict[Block, list[str]] = defaultdict(list)
    for told in transfers:
        block = block_of(told, compared.names)
        if block in touched:
            blocks[block].append(told.claim.id)
    linked = ((block, ids, join_linked(ids, compared.linked, compared.barred)) for block, ids in blocks.items())
    return [
        Part(block, bundle)
        for block, ids, bundles in linked
        for bundle in join_best_first(bundles, compared.score, SAME_FROM, compared.bounds(ids))
    ]


def _choose(parts: Sequence[Part], touched: frozenset[Block], compared: Compared) -> list[Part]:
    """Return the parts, those with an unknown party with their choice; it is made anew only where it may differ."""
    by_side: dict[tuple[str, str], list[Part]] = defaultdict(list)
    for part in parts:
        if part.block.is_whole:
            by_side[("supplier", part.block.supplier or "")].append(part)
            by_side[("recipient", part.block.recipient or "")].append(part)
    chosen = []
    for part in parts:
        is_open = not part.block.is_whole and (
            part.block in touched or any(part.block.touches(block) for block in touched)
        )
        if is_open:
            supplier, recipient = part.block
            near = by_side[("supplier", supplier)] if supplier else by_side[("recipient", recipient or "")]
            choice = None if compared.is_judged(part.claims) else _best_fit(part, near, compared)
            chosen.append(part._replace(choice=choice))
        else:
            chosen.append(part)
    return chosen


def _best_fit(part: Part, near: Iterable[Part], compared: Compared) -> Choice | None:
    """Return the part that fits best; None where none does, or one of other parties fits nearly as well."""
    scored = ((mean_score(part.claims, other.claims, compared.score), other) for other in near)
    return choose_part([Fit(s, o.claims[0], o.block) for s, o in scored if s is not None and s >= SAME_FROM])


def choose_part(fits: Sequence[Fit]) -> Choice | None:
    """Return the best of the parts that fit; None where there is none, or one of other parties fits nearly as well."""
    if not fits:
        return None
    best = min(fits, key=lambda fit: (-fit.score, fit.first))
    rival = max((fit.score for fit in fits if fit.block != best.block), default=None)
    if rival is not None and best.score - rival < CLEARLY_BETTER:
        return None
    return Choice(best.first, best.score)


def score_of(claims: Iterable[Told], names: Matcher, judgements: Sequence[Judgement]) -> Score:
    """Return what gives the points of two of the claims by their ids, None where a veto or a judgement is between."""
    return Compared(claims, names, judgements).score


def _assemble(parts: Sequence[Part], compared: Compared) -> list[tuple[Part, ...]]:
    """Return the parts of each group: those that chose one part join it, the best first, if no veto stands between."""
    takers: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        if part.choice is not None:
            takers[part.choice.first].append(part)
    assembled: list[tuple[Part, ...]] = []
    for core in (part for part in parts if part.choice is None):
        taken = [core]
        ranked = sorted(
            takers[core.claims[0]], key=lambda part: (-part.choice.score if part.choice else 0, part.claims)
        )
        for part in ranked:
            if all(mean_score(part.claims, other.claims, compared.score) is not None for other in taken[1:]):
                taken.append(part)
            else:
                assembled.append((part,))
        assembled.append(tuple(taken))
    return assembled


def _join_judged(assembled: Iterable[tuple[Part, ...]], compared: Compared) -> list[tuple[Part, ...]]:
    """Return the groups' parts after people's judgements joined what stands in different blocks."""
    held = {part.claims[0]: parts for parts in assembled for part in parts}
    home = {claim: parts[0].claims[0] for parts in held.values() for part in parts for claim in part.claims}
    links = {(a, b) for left, right in compared.linked if (a := home.get(left)) and (b := home.get(right)) and a != b}
    barred = frozenset(
        frozenset(found) for pair in compared.barred if len(found := {home[c] for c in pair if c in home}) > 1
    )
    bundles = join_linked(sorted(set(home.values())), ((min(link), max(link)) for link in links), barred)
    return [tuple(part for first in bundle for part in held[first]) for bundle in bundles]


def _make_groups(joined: Iterable[tuple[Part, ...]], contexts: Iterable[Told], compared: Compared) -> tuple[Group, ...]:
    groups = []
    for parts in joined:
        claims = sorted((compared.told[one] for part in parts for one in part.claims), key=by_time)
        groups.append(
            Group(content_id("transfer", claims[0].claim.id), tuple(claims), (), tuple(sorted(parts, key=_by_block)))
        )
    belongs = places_of_context(groups, contexts)
    return tuple(
        replace(group, context=tuple(sorted(belongs[group.id], key=by_time)))
        for group in sorted(groups, key=lambda group: by_time(group.claims[0]))
    )


def places_of_context(groups: Sequence[Group], contexts: Iterable[Told]) -> Mapping[str, list[Told]]:
    """Return the claims of other kinds by group id: that of the claim referred to, else those told in its sentence."""
    by_claim = {told.claim.id: group.id for group in groups for told in group.claims}
    by_place: dict[tuple[str, int, int], set[str]] = defaultdict(set)
    for group in groups:
        for told in group.claims:
            by_place[(told.claim.document, *told.claim.evidence.span)].add(group.id)
    belongs: dict[str, list[Told]] = defaultdict(list)
    for told in contexts:
        referred = by_claim.get(told.claim.refers_to or "")
        places = by_place.get((told.claim.document, *told.claim.evidence.span), set())
        for group_id in {referred} if referred else places:
            belongs[group_id].append(told)
    return belongs


def by_time(told: Told) -> tuple[str, str, str]:
    """Return what sorts the earliest claim first, those without a day last."""
    return told.published or _UNDATED, told.claim.document, told.claim.id


def _by_block(part: Part) -> tuple[bool, str, str, Bundle]:
    return not part.block.is_whole, part.block.supplier or "", part.block.recipient or "", part.claims
