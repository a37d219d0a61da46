"""The lines of a transfer: as it stood from each day on which something became known of it.

A line follows from the claims that were known on its day. Where these are the same as a line that is kept was made of,
it is that line, and nothing is merged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Final, NamedTuple

from armstrace.embargo.findings import Verdict
from armstrace.export.lines import line_to_dict
from armstrace.export.transfer_words import origin_words, outlet_words
from armstrace.keeping.routes import routes_text
from armstrace.keeping.stages import Stages
from armstrace.keeping.told_rows import told_to_json
from armstrace.model import Status
from armstrace.register.fields import plain_name
from armstrace.register.history import changes, latest_status
from armstrace.register.known import known_from
from armstrace.register.merge import as_known_on
from armstrace.register.phrases import item_phrases, listed, party_codes, party_names, party_phrases, phrases
from armstrace.register.types import Transfer
from armstrace.review.release import is_released
from armstrace.store.columns import to_json
from armstrace.store.transfers import NO_DAY, LineRow
from armstrace.told import ReviewState, Told

_MODULUS: Final = 2**128


class _State(NamedTuple):
    """A day from which a transfer stands as it does, and what tells of which claims it is made then."""

    day: str
    made_of: str


def line_rows(transfer: Transfer, stages: Stages, kept: Mapping[str, LineRow]) -> Iterator[LineRow]:
    """Yield the lines of a transfer, the earliest first, today's last; ``kept`` are lines by what they were made of."""
    states = [state._replace(made_of=f"{state.made_of} {stages.law}") for state in _states(transfer)]
    ends = [state.day for state in states[1:]] + [NO_DAY]
    for number, (state, end) in enumerate(zip(states, ends, strict=True), 1):
        row = kept.get(state.made_of)
        if row is None:
            then = transfer if state.day == NO_DAY else as_known_on(transfer, state.day, stages.origins)
            if then is None:
                raise AssertionError(f"transfer {transfer.id} has a line on {state.day} but no claim known then")
            row = _line_row(then, state.made_of, stages)
        yield row._replace(transfer_id=transfer.id, from_day=state.day, until_day=end, is_today=number == len(states))


def _states(transfer: Transfer) -> list[_State]:
    """Return the days from which the transfer stands otherwise than before; last, what is told without a date.

    What is known of a day is told by a sum of hashes, one for each claim, so that a day costs what changes on it.
    """
    told = [("claim", one) for one in transfer.claims] + [("context", one) for one in transfer.context]
    at: dict[str, list[tuple[int, str]]] = {}
    for number, (role, one) in enumerate(told):
        for day, mark in _marks(role, one):
            at.setdefault(day, []).append((number, mark))
    first = known_from(transfer.claims[0].published) or NO_DAY
    now: dict[int, int] = {}
    total, found = 0, [_State("", "")]
    for day in sorted(at):
        for number, mark in at[day]:
            value = int.from_bytes(sha256(mark.encode()).digest()[:16], "big")
            total = (total + value - now.get(number, 0)) % _MODULUS
            now[number] = value
        made_of = f"{total:032x}"
        if day >= first and made_of != found[-1].made_of:
            found.append(_State(day, made_of))
    return found[1:]


def _marks(role: str, told: Told) -> Iterator[tuple[str, str]]:
    """Yield the days from which a claim is told as it is, with all that decides on its part in a transfer."""
    begins = known_from(told.published) or NO_DAY
    later = sorted((max(known_from(one.since) or NO_DAY, begins), number) for number, one in enumerate(told.later))
    for day in dict.fromkeys([begins, *(day for day, _ in later)]):
        known = tuple(one for number, one in enumerate(told.later) if (known_from(one.since) or NO_DAY) <= day)
        yield day, f"{role} {told_to_json(replace(told, later=known))}"


def _line_row(transfer: Transfer, made_of: str, stages: Stages) -> LineRow:
    fields, latest = transfer.fields, latest_status(transfer)
    shown = line_to_dict(transfer, stages.check(transfer), stages.countries)
    kinds = [str(alternative.value.category) for alternative in fields.items if alternative.value]
    law = [f"{verdict}/{measure}" for verdict, measure in shown["law"]]
    return LineRow(
        until_day=NO_DAY,
        transfer_id=transfer.id,
        from_day=NO_DAY,
        is_today=True,
        first_day=known_from(transfer.claims[0].published) or NO_DAY,
        changed_day=max((change.day for change in changes(transfer) if change.day), default=""),
        status=str(latest.status if latest else Status.UNSPECIFIED),
        credibility=shown["credibility"]["digit"],
        affirming=transfer.affirmed.backing.independent,
        not_shown=transfer.affirmed.backing.not_shown,
        denying=transfer.denied.backing.independent,
        review=_review(transfer.claims),
        is_rejected=transfer.is_rejected,
        is_released=is_released(transfer),
        conflicts=len(transfer.conflicts),
        breaches=sum(verdict == Verdict.BREACH for verdict, _ in shown["law"]),
        suppliers=listed(party_codes(fields.supplier)),
        recipients=listed(party_codes(fields.recipient)),
        categories=listed(kinds),
        law=listed(law),
        route=plain_name(shown["route"]),
        party_words=party_phrases((*fields.supplier, *fields.recipient), stages.countries),
        item_words=item_phrases(fields.items),
        words=phrases(_other_words(transfer, stages.countries)),
        routes=routes_text(transfer),
        made_of=made_of,
        line=to_json(shown),
    )


def _review(claims: Sequence[Told]) -> str:
    """Return of how many claims people's judgement stands: "all", "some" or "none"."""
    judged = Counter(one.review is not None and one.review.state is not ReviewState.OUTDATED for one in claims)
    return "some" if judged[True] and judged[False] else "all" if judged[True] else "none"


def _other_words(transfer: Transfer, countries: Mapping[str, str]) -> Iterator[str | None]:
    """Yield what else a line may be looked for by: makers, places passed through, origins, outlets, its id."""
    yield from party_names((*transfer.fields.maker, *transfer.fields.via), countries)
    yield from (origin_words(origin, countries) for origin in transfer.voices)
    yield from map(outlet_words, transfer.claims)
    yield transfer.id
