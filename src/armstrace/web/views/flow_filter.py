"""What is asked of the map, the matrix and the network alike, and where it leads in the register: the one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple
from urllib.parse import urlencode

from armstrace.export.plain import plain
from armstrace.model import Category, Status
from armstrace.register.select import Wanted

REGISTER: Final = "/"
_ANY: Final = ("", "any")


class Asked(NamedTuple):
    """A field: its name, its label, a hint, the answers to choose from, and answers that are only proposed."""

    name: str
    label: str
    hint: str
    choices: tuple[tuple[str, str], ...] = ()
    proposed: tuple[str, ...] = ()


class Field(NamedTuple):
    """A field of the form, and what is written there."""

    asked: Asked
    value: str


# To ask for more, add a row here and what it means in ``wanted``.
FORM: Final = (
    Asked("party", "Party", "name or code"),
    Asked("item", "Arms", "drones, T-72", proposed=tuple(map(str, Category))),
    Asked("status", "Status", "", (_ANY, *((one, one.replace("-", " ")) for one in Status))),
    Asked("after", "Reported from", "2022 or 2022-09-06"),
    Asked("before", "Reported to", "2022 or 2022-09-06"),
)
NAMES: Final = tuple(asked.name for asked in FORM)


@dataclass(frozen=True, slots=True)
class FlowFilter:
    """What is asked, by the names of fields; fields left blank are not there."""

    given: Mapping[str, str]

    def wanted(self) -> Wanted:
        """Return what it means.

        Raises:
            ValueError: the status is none.
        """
        given = self.given
        status = given.get("status")
        if status is not None and status not in set(Status):
            raise ValueError(f"status {plain(status)!r} is none; give one of {', '.join(Status)}")
        return Wanted(
            party=given.get("party"),
            item=given.get("item"),
            status=Status(status) if status else None,
            after=given.get("after"),
            before=given.get("before"),
        )

    def address(self, path: str, **more: str) -> str:
        """Return the address of a page with all that is asked."""
        pairs = [(name, value) for name, value in {**self.given, **more}.items() if value]
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def lines(self, **more: str) -> str:
        """Return where the lines of the register are that are all that is asked, and ``more``."""
        return replace(self, given={**self.given, **more}).address(REGISTER)

    def fields(self) -> tuple[Field, ...]:
        """Return the fields of the form."""
        return tuple(Field(asked, plain(self.given.get(asked.name, ""))) for asked in FORM)
