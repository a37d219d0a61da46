"""The frozen types of the register: a transfer, every field with each alternative and the claims that give it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Generic, NamedTuple, TypeVar

from armstrace.model import Category, DatePrecision, Mode, Status
from armstrace.told import Told

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Origin:
    """One actor at the far end of chains, as grouping found it.

    Attributes:
        key: equal for what is one origin.
        name: to show.
        country: of the government that it is; None for all that is no government.
        is_shown: whether it is shown to be independent of the others.
        claims: ids of the claims that come from it.
        rules: why they are one, in words.
    """

    key: str
    name: str
    country: str | None
    is_shown: bool
    claims: tuple[str, ...]
    rules: tuple[str, ...] = ()


FindOrigins = Callable[[Sequence[Told]], Sequence[Origin]]


@dataclass(frozen=True, slots=True)
class Backing:
    """The claims that give one value, and how many stand behind it.

    ``claims`` and ``origins`` (keys) are in order of report; ``independent`` and ``not_shown`` count the origins that
    are, and are not, shown to be independent.
    """

    claims: tuple[str, ...]
    documents: int
    families: int
    independent: int
    not_shown: int
    origins: tuple[str, ...]


class PartyValue(NamedTuple):
    """A supplier, recipient, maker or place passed through: code of the country, name of the organisation."""

    country: str | None
    organisation: str | None


class ItemValue(NamedTuple):
    """A kind of arms: category, and designation where one is told."""

    category: Category
    designation: str | None


class QuantityValue(NamedTuple):
    """Low, best and high number in a unit, each None where not known."""

    low: int | None
    best: int | None
    high: int | None
    unit: str


class MoneyValue(NamedTuple):
    """A sum: the stated figure, its bounds, the currency; None where not known."""

    amount: float | None
    low: float | None
    high: float | None
    currency: str | None


class Period(NamedTuple):
    """First and last day (ISO) at which something holds, and how exactly that is known."""

    start: str | None
    end: str | None
    precision: DatePrecision


@dataclass(frozen=True, slots=True)
class Alternative(Generic[T]):
    """One value that some claims give, in their words, with who stands behind it; None for unknown."""

    value: T | None
    texts: tuple[str, ...]
    backing: Backing


@dataclass(frozen=True, slots=True)
class Range:
    """What all quantities of one unit and kind of arms span.

    Attributes:
        unit: counted in.
        kinds: of arms.
        low: the least lower bound of those that have one, None where none has.
        high: the greatest upper bound, None as soon as one of them has none: nothing bounds "dozens" from above.
        up_to: the least upper bound of those without a lower one ("up to 40"), None where all have one.
    """

    unit: str
    kinds: tuple[Category, ...]
    low: int | None
    high: int | None
    up_to: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """All who affirm a transfer, or all who deny it."""

    backing: Backing
    origins: tuple[Origin, ...]


@dataclass(frozen=True, slots=True)
class Denial:
    """A denial and what it denies.

    Attributes:
        claim: the denying one.
        target: "claim", "quantity", "party", "status" or "transfer".
        rule: why it is read so.
        denies: ids of the affirming claims that it contradicts.
        counts: whether it speaks against the transfer; a number denied, or a step not taken yet, does not.
    """

    claim: str
    target: str
    rule: str
    denies: tuple[str, ...]
    counts: bool


@dataclass(frozen=True, slots=True)
class Account:
    """What the government of one side says itself; ``side`` is "supplier" or "recipient"."""

    side: str
    country: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field of which claims say what cannot both be so, in one sentence."""

    field: str
    sentence: str


_COUNTING: Final = frozenset({"gone", "noted", "source-withdrawn"})


@dataclass(frozen=True, slots=True)
class Revision:
    """What became of a claim when its outlet published a later version, a correction or a notice.

    ``kind`` is "repeated", "replaced", "corrected", "withdrawn", "gone", "noted" or "source-withdrawn"; what is "gone"
    without a word still counts, as does what a notice may not mean ("noted"), and what only the agency withdrew.
    ``document`` and ``since`` tell by what and when, ``correction`` in which words.
    """

    claim: str
    kind: str
    document: str
    since: str | None
    correction: str | None
    rule: str

    @property
    def counts(self) -> bool:
        """Tell whether the claim still counts."""
        return self.kind in _COUNTING

    @property
    def takes_back(self) -> bool:
        """Tell whether the outlet no longer says what it said."""
        return not self.counts and self.kind != "repeated"


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a transfer: all alternatives of each, in the order of ``ORDER_RULE`` (``register.fields``)."""

    supplier: tuple[Alternative[PartyValue], ...]
    recipient: tuple[Alternative[PartyValue], ...]
    maker: tuple[Alternative[PartyValue], ...]
    items: tuple[Alternative[ItemValue], ...]
    quantity: tuple[Alternative[QuantityValue], ...]
    value: tuple[Alternative[MoneyValue], ...]
    mode: tuple[Alternative[Mode], ...]
    via: tuple[Alternative[PartyValue], ...]
    status: tuple[Alternative[Status], ...]
    when: tuple[Alternative[Period], ...]


@dataclass(frozen=True, slots=True)
class Transfer:
    """One line of the register.

    Attributes:
        id: of its first claim by the day from which it is known, document and id.
        claims: all claims that it is made of, in that order, those that no longer count too.
        context: claims that say something else of it, such as confirmations.
        fields: every field with its alternatives, from the claims that affirm; from the denials where nobody affirms.
        ranges: of the quantities.
        affirmed: who affirms it.
        denied: whose denials count against it.
        denials: all denials, each with what it denies.
        accounts: what the governments of supplier and recipient say themselves.
        conflicts: fields on which claims contradict each other.
        revisions: what outlets corrected, replaced or withdrew; of what people rejected none is told.
        voices: the origins of all claims: of those that affirm, that deny, and that no longer count.
        left_out: ids of claims that are not in it because nobody knows when they were published ("as known on" only).
    """

    id: str
    claims: tuple[Told, ...]
    context: tuple[Told, ...]
    fields: Fields
    ranges: tuple[Range, ...]
    affirmed: Side
    denied: Side
    denials: tuple[Denial, ...]
    accounts: tuple[Account, ...]
    conflicts: tuple[Conflict, ...]
    revisions: tuple[Revision, ...]
    voices: tuple[Origin, ...]
    left_out: tuple[str, ...] = ()

    @property
    def is_rejected(self) -> bool:
        """Tell whether people rejected all of its claims."""
        return all(told.is_rejected for told in self.claims)
