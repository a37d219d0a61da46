"""Credibility of a transfer, 1 to 6, after the Admiralty (NATO) scale: computed from who affirms and who denies.

The scale: AJP-2.1 and STANAG 2511 of NATO (1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful,
5 improbable, 6 truth cannot be judged). Which counts give which digit is this project's own table; docs/method.md tells
why. It says how well the reports hang together, not how likely the transfer is, and takes no reliability into account.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

from armstrace.model import Certainty, Polarity
from armstrace.register.types import Transfer

LABELS: Final[Mapping[int, str]] = MappingProxyType(
    {
        1: "confirmed by other sources",
        2: "probably true",
        3: "possibly true",
        4: "doubtful",
        5: "improbable",
        6: "truth cannot be judged",
    }
)
_SURE: Final = frozenset({Certainty.FACT, Certainty.ALMOST_CERTAIN, Certainty.LIKELY, Certainty.UNSTATED})
_EXPECTED: Final = frozenset({Certainty.EXPECTED})  # a plan told as one is as sure as a plan can be
_DOUBT: Final = frozenset({Certainty.UNLIKELY, Certainty.REMOTE})


@dataclass(frozen=True, slots=True)
class Credibility:
    """A digit of the Admiralty scale, what it is called, and why, in one sentence."""

    digit: int
    label: str
    sentence: str


class Weighed(NamedTuple):
    """What the digit is computed from.

    ``sure`` and ``doubting`` count the independent origins that affirm in sure words, and that call it unlikely
    themselves; ``parties`` those that speak of their own act; ``both`` those that affirm it and deny it whole;
    ``unsettled`` tells of a conflict whether it went ahead.
    """

    independent: int
    not_shown: int
    texts: int
    sure: int
    doubting: int
    parties: int
    against: int
    against_not_shown: int
    taken_back: int
    both: int
    unsettled: bool

    @property
    def opposed(self) -> int:
        """Return how many deny it; all that are not shown independent count as one."""
        return self.against or min(self.against_not_shown, 1)


class _Rule(NamedTuple):
    digit: int
    holds: Callable[[Weighed], bool]
    sentence: Callable[[Weighed], str]


def _origins(number: int, verb: str) -> str:
    """Return "one independent origin affirms", "3 independent origins affirm"."""
    if number > 1:
        return f"{number} independent origins {verb}"
    singular = "denies" if verb == "deny" else f"{verb}s"
    return f"{'one' if number else 'no'} independent origin {singular}"


def _affirm(w: Weighed) -> str:
    return f"{_origins(w.independent, 'affirm')} it"


def _deny(w: Weighed) -> str:
    if w.against:
        same = f" ({w.both} of {w.against} affirm{'s' if w.both == 1 else ''} it elsewhere)" if w.both else ""
        return f"{_origins(w.against, 'deny')} it{same}"
    return "an origin that is not shown to be independent denies it"


def _nobody(w: Weighed) -> bool:
    return w.independent + w.not_shown == 0


# The first that holds counts. Every sentence goes on from "Credibility N, label: ".
RULES: Final = (
    _Rule(
        5,
        lambda w: _nobody(w) and w.taken_back > 0,
        lambda _: "whoever told it has taken it back, and nobody else affirms it.",
    ),
    _Rule(
        5,
        lambda w: _nobody(w) and w.against > 1,
        lambda w: f"nobody affirms it, and {_deny(w)}.",
    ),
    _Rule(
        6,
        _nobody,
        lambda _: "only a denial is held, and nothing of what is denied.",
    ),
    _Rule(
        5,
        lambda w: w.opposed > max(w.independent, 1),
        lambda w: f"{_affirm(w)}, and {_deny(w)}.",
    ),
    _Rule(
        5,
        lambda w: w.independent > 0 and w.doubting == w.independent,
        lambda w: f"{_origins(w.independent, 'tell')} of it, only to call it unlikely.",
    ),
    _Rule(
        4,
        lambda w: w.opposed > 0 and w.independent <= w.opposed,
        lambda w: f"{_affirm(w)}, and {_deny(w)}.",
    ),
    _Rule(
        3,
        lambda w: w.opposed > 0 and (w.sure < w.opposed + 2 or w.unsettled),
        lambda w: f"{_affirm(w)}{_in_sure_words(w)}, but {_deny(w)}.",
    ),
    _Rule(
        2,
        lambda w: w.opposed > 0,
        lambda w: f"{_affirm(w)}{_in_sure_words(w)}, and {_deny(w)}.",
    ),
    _Rule(
        2,
        lambda w: w.sure > 1 and w.unsettled,
        lambda w: f"{_affirm(w)}, but claims contradict each other on whether it went ahead.",
    ),
    _Rule(
        1,
        lambda w: w.sure > 1,
        lambda w: f"{_origins(w.sure, 'affirm')} it in sure words, and nobody denies it.",
    ),
    _Rule(
        2,
        lambda w: w.independent > 1 and w.sure == 1,
        lambda w: f"{_origins(w.independent, 'tell')} of it, one in sure words, and nobody denies it.",
    ),
    _Rule(
        2,
        lambda w: w.independent == 1 and w.parties == 1,
        lambda _: "a party to it tells of its own act, no other independent origin does, and nobody denies it.",
    ),
    _Rule(
        3,
        lambda w: w.independent > 1,
        lambda w: f"{_origins(w.independent, 'tell')} of it, none in sure words, and nobody denies it.",
    ),
    _Rule(
        3,
        lambda w: w.sure == 1,
        lambda w: f"{_affirm(w)}{_beside(w)}, and nobody denies it.",
    ),
    _Rule(
        3,
        lambda w: w.independent == 1 and w.not_shown > 0,
        lambda w: f"{_origins(1, 'tell')} of it in hedged words{_beside(w)}, and nobody denies it.",
    ),
    _Rule(
        4,
        lambda w: w.independent == 1,
        lambda _: f"{_origins(1, 'tell')} of it in hedged words, there is no other information, and nobody denies it.",
    ),
    _Rule(
        4,
        lambda w: w.not_shown > 1 and w.texts > 1,
        lambda w: f"{w.not_shown} origins tell of it, none of them shown to be independent of the others.",
    ),
    _Rule(
        6,
        lambda _: True,
        lambda _: "nobody tells of it but an origin that may have it from anybody.",
    ),
)


def _in_sure_words(w: Weighed) -> str:
    return f", {w.sure or 'none'} of them in sure words" if w.sure < w.independent else ""


def _beside(w: Weighed) -> str:
    return f", beside {w.not_shown} not shown to be independent" if w.not_shown else ""


def grade_transfer(transfer: Transfer) -> Credibility:
    """Return the credibility of a transfer and why: by the first rule of ``RULES`` that holds."""
    weighed = weigh(transfer)
    rule = next(rule for rule in RULES if rule.holds(weighed))
    return Credibility(rule.digit, LABELS[rule.digit], rule.sentence(weighed))


def weigh(transfer: Transfer) -> Weighed:
    """Return what the credibility of a transfer is computed from."""
    certainties = {told.claim.id: told.claim.certainty for told in (*transfer.claims, *transfer.context)}
    shown = [origin.claims for origin in transfer.affirmed.origins if origin.is_shown]
    own = {claim for account in transfer.accounts for claim in account.claims}
    affirmed, denied = transfer.affirmed.backing, transfer.denied.backing
    return Weighed(
        independent=affirmed.independent,
        not_shown=affirmed.not_shown,
        texts=affirmed.families,
        sure=sum(_any(claims, certainties, _SURE | _EXPECTED) for claims in shown),
        doubting=sum(not _any(claims, certainties, frozenset(Certainty) - _DOUBT) for claims in shown),
        parties=sum(any(c in own and certainties[c] is Certainty.FACT for c in claims) for claims in shown),
        against=denied.independent,
        against_not_shown=denied.not_shown,
        taken_back=sum(revision.takes_back for revision in transfer.revisions),
        both=len(_whole_denials(transfer).intersection(affirmed.origins)),
        unsettled=any(conflict.field == "status" for conflict in transfer.conflicts),
    )


def _whole_denials(transfer: Transfer) -> set[str]:
    """Return the origins that deny the transfer as a whole."""
    whole = {denial.claim for denial in transfer.denials if denial.counts and denial.target == "transfer"}
    return {origin.key for origin in transfer.denied.origins if whole.intersection(origin.claims)}


def _any(claims: Iterable[str], certainties: Mapping[str, Certainty], wanted: frozenset[Certainty]) -> bool:
    return any(certainties[claim] in wanted for claim in claims)


def likelihoods(transfer: Transfer) -> tuple[tuple[int, int], ...]:
    """Return the ICD 203 bands in per cent that affirming claims word, each once: shown beside, never counted in."""
    told = (one.claim for one in transfer.claims if one.claim.polarity is Polarity.AFFIRMED and not one.is_rejected)
    return tuple(dict.fromkeys(claim.likelihood for claim in told if claim.likelihood))
