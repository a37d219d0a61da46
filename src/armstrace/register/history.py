"""How a transfer is said to have gone on: by the date of each status, and by the date of each report."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from armstrace.model import Certainty, Claim, Polarity, Status
from armstrace.register.backing import voices_of
from armstrace.register.known import known_from
from armstrace.register.merge import as_known_on
from armstrace.register.stages import STAGE, STOPPED
from armstrace.register.types import Origin, Period, Transfer
from armstrace.told import Told

__all__ = ["Change", "Step", "as_known_on", "changes", "latest_status", "report_history", "status_history"]

_LAST: Final = "9999-99-99"


@dataclass(frozen=True, slots=True)
class Step:
    """One status that claims affirm or deny.

    Attributes:
        status: how far it is said to have got.
        polarity: affirmed or denied.
        period: when the status holds, None where no claim tells.
        reported: the day from which it is known, None where no document is dated.
        claims: ids, in order of report.
        origins: keys of the origins.
        certainties: how sure the claims are, with the ICD 203 band in per cent where one is worded.
        taken_back: whether no claim is left that its outlet still tells.
        rejected: whether people rejected its claims; they make steps of their own.
    """

    status: Status
    polarity: Polarity
    period: Period | None
    reported: str | None
    claims: tuple[str, ...]
    origins: tuple[str, ...]
    certainties: tuple[tuple[Certainty, tuple[int, int] | None], ...]
    taken_back: bool
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """Something that became known of a transfer: ``what`` in words, from which day, by which claim."""

    day: str | None
    what: str
    claim: str


def status_history(transfer: Transfer) -> tuple[Step, ...]:
    """Return each status once, by the days at which it holds; those without a date last, by their report.

    A claim that tells no status has no place in it; a denial without one has.
    """
    steps = _steps(transfer, lambda told: (told.claim.status, told.claim.polarity, _period(told.claim)))
    return tuple(sorted(steps, key=_by_status))


def report_history(transfer: Transfer) -> tuple[Step, ...]:
    """Return each status of each day of report, by that day; those without a date last.

    The period of such a step is that of its first report.
    """
    steps = _steps(transfer, lambda told: (known_from(told.published), told.claim.status, told.claim.polarity))
    return tuple(sorted(steps, key=_by_report))


def latest_status(transfer: Transfer) -> Step | None:
    """Return the furthest step that anybody affirms, or denies where nobody affirms any.

    A cancellation, refusal or seizure counts instead if it is reported no earlier than that step. None where no claim
    tells a status.
    """
    told = [
        s for s in status_history(transfer) if s.status is not Status.UNSPECIFIED and not (s.taken_back or s.rejected)
    ]
    affirmed = [step for step in told if step.polarity is Polarity.AFFIRMED]
    going = [step for step in affirmed or told if step.status in STAGE]
    stopped = [step for step in affirmed if step.status in STOPPED]
    furthest = max(going, key=lambda step: (STAGE[step.status], _ends(step)), default=None)
    end = max(stopped, key=_ends, default=None)
    if end and (furthest is None or _ends(end) >= _ends(furthest)):
        return end
    return furthest


def changes(transfer: Transfer) -> tuple[Change, ...]:
    """Return what became known of a transfer, by day: first values, origins, denials, and what was taken back."""
    found = [*_news(transfer), *_taken_back(transfer)]
    return tuple(sorted(found, key=lambda change: change.day or _LAST))


def _steps(transfer: Transfer, key: Callable[[Told], object]) -> list[Step]:
    voices = voices_of(transfer.voices)
    void = {revision.claim for revision in transfer.revisions if revision.takes_back}
    groups: dict[object, list[Told]] = {}
    for told in transfer.claims:
        if told.claim.status is not Status.UNSPECIFIED or told.claim.polarity is Polarity.DENIED:
            groups.setdefault((key(told), told.is_rejected), []).append(told)
    return [_step(claims, voices, void) for claims in groups.values()]


def _step(claims: Sequence[Told], voices: Mapping[str, Origin], void: set[str]) -> Step:
    first = claims[0].claim
    ids = tuple(told.claim.id for told in claims)
    return Step(
        status=first.status,
        polarity=first.polarity,
        period=_period(first),
        reported=known_from(claims[0].published),
        claims=ids,
        origins=tuple(dict.fromkeys(voices[one].key for one in ids if one in voices)),
        certainties=tuple(dict.fromkeys((told.claim.certainty, told.claim.likelihood) for told in claims)),
        taken_back=void.issuperset(ids),
        rejected=claims[0].is_rejected,
    )


def _period(claim: Claim) -> Period | None:
    """Return when the status of a claim holds; one whose days are not known is none, and its words stay with it."""
    when = claim.when
    return Period(when.start, when.end, when.precision) if when and (when.start or when.end) else None


def _by_status(step: Step) -> tuple[str, str, int, str, str, bool]:
    period = step.period
    day = (period.start or period.end if period else None) or _LAST
    return (day, step.reported or _LAST, STAGE.get(step.status, 0), step.status, step.polarity, step.rejected)


def _by_report(step: Step) -> tuple[str, str, int, str, str, bool]:
    day, reported, stage, status, polarity, rejected = _by_status(step)
    return (reported, day, stage, status, polarity, rejected)


def _ends(step: Step) -> str:
    """Return the day that puts steps in order: the last on which one is known to hold, else that of its report."""
    period = step.period
    return (period.end or period.start if period else None) or step.reported or ""


def _news(transfer: Transfer) -> Iterator[Change]:
    """Yield for each value the claim that gives it first."""
    voices = voices_of(transfer.voices)
    known: set[object] = set()
    for told in (one for one in transfer.claims if not one.is_rejected):
        for value, words in _values(told, voices):
            if value not in known:
                known.add(value)
                yield Change(known_from(told.published), words, told.claim.id)


def _values(told: Told, voices: Mapping[str, Origin]) -> Iterable[tuple[object, str]]:
    claim = told.claim
    denied = "denied: " if claim.polarity is Polarity.DENIED else ""
    if claim.status is not Status.UNSPECIFIED or denied:
        yield ("status", claim.status, claim.polarity), f"{denied}{claim.status}"
    if claim.quantity and not denied:
        quantity = claim.quantity
        numbers = (quantity.low, quantity.best, quantity.high, quantity.unit)
        yield ("quantity", numbers), f"quantity: {quantity.text}"
    if claim.id in voices:
        origin = voices[claim.id]
        verb = "denies" if denied else "says so"
        yield ("origin", origin.key, claim.polarity), f"{origin.name} {verb}"


def _taken_back(transfer: Transfer) -> Iterator[Change]:
    for revision in transfer.revisions:
        if revision.takes_back:
            yield Change(known_from(revision.since), revision.kind, revision.claim)
