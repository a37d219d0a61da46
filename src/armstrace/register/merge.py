"""Claims about one movement made into one line of the register.

Nothing is settled here: every value stays with the claims that give it, and what contradicts is shown as such.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from armstrace.model import ClaimKind, Polarity
from armstrace.register.accounts import own_accounts
from armstrace.register.backing import back, voices_of
from armstrace.register.conflicts import find_conflicts
from armstrace.register.denials import is_denial, tie_denials
from armstrace.register.fields import merge_fields
from armstrace.register.known import in_order, known_from, transfer_id
from armstrace.register.ranges import quantity_ranges
from armstrace.register.revisions import find_revisions
from armstrace.register.types import FindOrigins, Origin, Side, Transfer
from armstrace.told import Group, Told


def merge_claims(group: Group, find_origins: FindOrigins) -> Transfer:
    """Return the line of the register that a group of claims makes; the same in whatever order they come.

    1. What outlets took back no longer counts, and stays (``revisions``); nor does what people rejected. 2. Who affirms
    and who denies is counted by origins, which ``find_origins`` returns for claims of one side; a confirmation stands
    with the claim it confirms.
    3. Each denial is tied to what it denies. 4. Each field keeps all alternatives.

    Raises:
        ValueError: the group holds no claim.
    """
    if not group.claims:
        raise ValueError("a transfer needs at least one claim")
    claims, context = in_order(group.claims), in_order(group.context)
    revisions = find_revisions([told for told in claims if not told.is_rejected])
    void = {revision.claim for revision in revisions if not revision.counts}
    void |= {told.claim.id for told in claims if told.is_rejected}
    counting = [told for told in claims if told.claim.id not in void]
    speaking = [*counting, *_confirmations(context, claims)]
    affirming = [told for told in speaking if told.claim.polarity is Polarity.AFFIRMED]
    denying = [told for told in speaking if is_denial(told.claim)]
    for_it, against_it = tuple(find_origins(affirming)), tuple(find_origins(denying))
    voices = voices_of((*for_it, *against_it))
    denials = tie_denials(speaking, voices)
    affirmed = [told for told in counting if told.claim.polarity is Polarity.AFFIRMED]
    fields = merge_fields(affirmed or counting or claims, voices)
    against = {denial.claim for denial in denials if denial.counts}
    return Transfer(
        id=transfer_id(claims[0].claim.id),
        claims=claims,
        context=context,
        fields=fields,
        ranges=quantity_ranges(affirmed or counting or claims),
        affirmed=_side(affirming, for_it),
        denied=_side([told for told in denying if told.claim.id in against], against_it),
        denials=denials,
        accounts=own_accounts(fields, (*for_it, *against_it), [told.claim.id for told in speaking]),
        conflicts=find_conflicts(fields, affirmed, denials),
        revisions=revisions,
        voices=(*for_it, *against_it, *find_origins([told for told in claims if told.claim.id in void])),
    )


def as_known_on(line: Transfer | Group, day: str, find_origins: FindOrigins) -> Transfer | None:
    """Return a transfer as it follows from what was published by a day (ISO day, month or year: by its end).

    A document dated by month or year is known from the end of that. One without a date is left out, and its claims
    are told in ``left_out``. None where nothing was known yet.

    Raises:
        ValueError: ``day`` is no date.
    """
    end = known_from(day)
    if end is None:
        raise ValueError(f"{day!r} is no date; give a day, month or year, such as 2022-09-06")
    claims = tuple(_as_told(told, end) for told in line.claims if _is_known(told.published, end))
    if not claims:
        return None
    context = tuple(_as_told(told, end) for told in line.context if _is_known(told.published, end))
    undated = tuple(told.claim.id for told in in_order(line.claims) if known_from(told.published) is None)
    return replace(merge_claims(Group(claims, context), find_origins), left_out=undated)


def _is_known(published: str | None, end: str) -> bool:
    day = known_from(published)
    return day is not None and day <= end


def _as_told(told: Told, end: str) -> Told:
    return replace(told, later=tuple(later for later in told.later if _is_known(later.since, end)))


def _confirmations(context: Sequence[Told], claims: Sequence[Told]) -> list[Told]:
    """Return the confirmations, and denials, of reports that are among the claims."""
    ids = {told.claim.id for told in claims}
    return [
        told
        for told in context
        if told.claim.kind is ClaimKind.CONFIRMATION and told.claim.refers_to in ids and not told.is_rejected
    ]


def _side(claims: Sequence[Told], origins: Sequence[Origin]) -> Side:
    chosen = {told.claim.id for told in claims}
    kept = (origin for origin in origins if chosen.intersection(origin.claims))
    told = tuple(replace(origin, claims=tuple(c for c in origin.claims if c in chosen)) for origin in kept)
    return Side(back(claims, voices_of(told)), told)
