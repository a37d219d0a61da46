"""Repeats of one claim in a document become one, keeping the fullest values and every rule that fired."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armstrace.extract.make import Draft
from armstrace.kinds import arms_kinds
from armstrace.model import Category, Claim, Party, Source, Status

_VAGUE = frozenset({Status.UNSPECIFIED})
_OPEN_KINDS = frozenset({Category.OTHER})


def merge_repeats(drafts: Sequence[Draft]) -> tuple[Claim, ...]:
    """Return the claims in order with repeats merged into their first mention."""
    kept: list[Draft] = []
    places: dict[tuple[str, str | None], list[int]] = {}  # only claims of one polarity and recipient can repeat
    for draft in drafts:
        claim = draft.claim
        alike = places.setdefault((claim.polarity, claim.recipient.country if claim.recipient else None), [])
        for number in alike:
            other = kept[number]
            if _repeats(other, draft):
                if other.headline:
                    kept[number] = replace(draft, claim=_told_in_full(other.claim, draft.claim))
                    break
                firm = replace(draft, claim=_joined(draft.claim, other.claim)) if other.soft else None
                kept[number] = firm or replace(other, claim=_joined(other.claim, draft.claim))
                break
        else:
            alike.append(len(kept))
            kept.append(draft)
    return tuple(d.claim for d in kept)


def _repeats(first: Draft, second: Draft) -> bool:
    a, b = first.claim, second.claim
    if second.added and a.quantity != b.quantity and not first.headline:
        return False
    other_supplier = first.open or second.open or ((first.got or second.got) and not second.told)
    if other_supplier and (a.supplier is None) != (b.supplier is None):
        return False
    if first.to_group != second.to_group and a.recipient and b.recipient and _told_apart(a.recipient, b.recipient):
        return False
    return (
        a.kind == b.kind
        and a.polarity == b.polarity
        and _same_party(a.supplier, b.supplier)
        and _same_party(a.recipient, b.recipient)
        and (a.status == b.status or _is_vague(first) or _is_vague(second) or first.headline)
        and _same_arms(a, b)
        and not _other_lot(a, b)
        and (first.headline or not _names_other_arms(a, b))
        and (first.headline or not _other_origin(a, b))
    )


def _told_in_full(headline: Claim, body: Claim) -> Claim:
    """Return the story's claim; of the headline's only what the story leaves open."""
    return replace(
        body,
        supplier=body.supplier or headline.supplier,
        recipient=body.recipient or headline.recipient,
        items=body.items or headline.items,
        quantity=body.quantity or headline.quantity,
        why=tuple(dict.fromkeys((*body.why, "the headline says it too"))),
    )


def _told_apart(a: Party, b: Party) -> bool:
    """A group and a state are told apart only where both stand in the text."""
    return a.span is not None and b.span is not None


def _is_vague(draft: Draft) -> bool:
    return draft.soft or draft.claim.status in _VAGUE


def _same_party(a: Party | None, b: Party | None) -> bool:
    """An unstated party repeats a stated one: the shorter mention adds nothing."""
    if a is None or b is None:
        return True
    return a.country == b.country


def _same_arms(a: Claim, b: Claim) -> bool:
    mine, theirs = arms_kinds(a.items), arms_kinds(b.items)
    if a.supplier is None or b.supplier is None:
        return bool(mine & theirs)
    return bool(mine & theirs) or Category.OTHER in mine | theirs


def _names_other_arms(a: Claim, b: Claim) -> bool:
    """Arms that are told closer in a later sentence are another group of items: "arms", then "rifles", "F-16s"."""
    if a.evidence.span == b.evidence.span:
        return False
    opened = arms_kinds(a.items) <= _OPEN_KINDS and not arms_kinds(b.items) <= _OPEN_KINDS
    return opened or bool(_designations(b) - _designations(a))


def _designations(claim: Claim) -> set[str]:
    return {item.designation.lower() for item in claim.items if item.designation}


def _other_lot(a: Claim, b: Claim) -> bool:
    """Two numbered lots of one sentence are two claims."""
    return bool(a.evidence.span == b.evidence.span and a.quantity and b.quantity and a.quantity.span != b.quantity.span)


def _other_origin(a: Claim, b: Claim) -> bool:
    """Two sources of different kinds, both in the text, make two claims; the outlet's own repetition makes none."""
    x, y = a.attribution[-1], b.attribution[-1]
    return x.span is not None and y.span is not None and x.kind != y.kind


def _joined(first: Claim, second: Claim) -> Claim:
    """Return the fuller of two repeats, with what only the other tells."""
    base, extra = (second, first) if _fullness(second) > _fullness(first) else (first, second)
    return replace(
        base,
        supplier=base.supplier or extra.supplier,
        recipient=base.recipient or extra.recipient,
        maker=base.maker or extra.maker,
        quantity=base.quantity or extra.quantity,
        value=base.value or extra.value,
        when=base.when or extra.when,
        status=first.status if first.status not in _VAGUE else second.status,
        attribution=_better_chain(base.attribution, extra.attribution),
        inferred=base.inferred,
        why=tuple(dict.fromkeys((*base.why, "repeats merged"))),
    )


def _fullness(claim: Claim) -> int:
    named = sum(party is not None and party.span is not None for party in (claim.supplier, claim.recipient))
    specific = any(i.category is not Category.OTHER for i in claim.items)
    return 2 * named + specific + (claim.quantity is not None) + (claim.status not in _VAGUE)


def _better_chain(a: tuple[Source, ...], b: tuple[Source, ...]) -> tuple[Source, ...]:
    """A chain that names a source beats the outlet's bare repetition."""
    if len(a) == 1 and a[0].span is None and b and b[-1].span is not None:
        return b
    return a
