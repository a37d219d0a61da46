"""What is asked of map, matrix and network alike: all that can be asked of the register, by the same fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from urllib.parse import urlencode

from armstrace.export.plain import plain
from armstrace.model import Category
from armstrace.register.grades import LABELS
from armstrace.web.views.register_form import CHOICES, DATES, WORDS, Asked, address_of


class Offer(NamedTuple):
    """A field of the form: its name, its label, a hint, the answers to choose from, answers that are proposed."""

    name: str
    label: str
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    proposed: tuple[str, ...] = ()


class Field(NamedTuple):
    """A field with what is written there, and what is wrong with it."""

    offer: Offer
    value: str
    problem: str


class Kept(NamedTuple):
    """Something asked for that the form has no field for: how it is sent on, in words, and the address without it."""

    name: str
    values: tuple[str, ...]
    words: str
    without: str


def _choices(kind: str) -> tuple[tuple[str, str], ...]:
    words = {str(digit): f"{digit} {label}" for digit, label in LABELS.items()} if kind == "credibility" else {}
    return ("", "any"), *((one, words.get(one, one.replace("-", " "))) for one in CHOICES[kind])


FORM: Final = (
    Offer("party", "Party", "name or code"),
    Offer("item", "Arms", "drones, T-72", proposed=tuple(map(str, Category))),
    Offer("status", "Status", choices=_choices("status")),
    Offer("credibility", "Credibility", choices=_choices("credibility")),
    Offer("after", "Reported from", "2022 or 2022-09-06"),
    Offer("before", "Reported until", "2022 or 2022-09-06"),
    Offer("as_of", "As known on", "2022-09-06"),
)
_NAMES: Final = frozenset(offer.name for offer in FORM)


@dataclass(frozen=True, slots=True)
class FlowFilter:
    """What is asked, with the addresses that follow from it."""

    asked: Asked

    @property
    def as_of(self) -> str:
        """The day as known on which the register is asked, "" for today's."""
        return "" if self.asked.problems else plain(self.asked.words.get("as_of", ""))

    def address(self, path: str, **more: str) -> str:
        """Return the address of a picture of the same lines; ``more`` are parameters of its own."""
        address = path + address_of(self.asked).removeprefix("/")
        told = urlencode([(name, value) for name, value in more.items() if value])
        return f"{address}{'&' if '?' in address else '?'}{told}" if told else address

    def lines(self, **more: str) -> str:
        """Return where the lines of the register are that are all that is asked, and ``more``."""
        return address_of(self.asked, **more)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields of the form."""
        return tuple(Field(offer, self._value(offer.name), self.asked.problems.get(offer.name, "")) for offer in FORM)

    def kept(self, path: str) -> Iterator[Kept]:
        """Yield what else is asked for, so that the form of a picture keeps it, and how to leave it out."""
        asked = self.asked
        for name in (*WORDS, *DATES):
            if name in asked.words and name not in _NAMES:
                words = f"{name}: {plain(asked.words[name])}"
                left = replace(asked, words={key: value for key, value in asked.words.items() if key != name})
                yield Kept(name, (asked.words[name],), words, FlowFilter(left).address(path))
        for kind, answers in asked.chosen.items():
            if kind not in _NAMES or len(answers) > 1:
                left = replace(asked, chosen={key: value for key, value in asked.chosen.items() if key != kind})
                yield Kept(kind, answers, f"{kind}: {', '.join(answers)}", FlowFilter(left).address(path))

    def _value(self, name: str) -> str:
        answers = self.asked.chosen.get(name, ())
        return answers[0] if len(answers) == 1 else plain(self.asked.words.get(name, ""))
