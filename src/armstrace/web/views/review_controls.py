"""The controls by which a person corrects a claim, and what is set by what they entered: paths and values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Final, NamedTuple

from armstrace.model import Category, Certainty, ClaimKind, DatePrecision, Mode, Polarity, SourceKind, Status
from armstrace.review.correct import Setting
from armstrace.review.shape import FIELDS

WAS: Final = "was."  # a form bears beside each control what it held when it was opened
REMOVE: Final = "remove"
_YES, _NO = "yes", "no"

Row = Mapping[str, Any]
Entered = Mapping[str, str]


class Spec(NamedTuple):
    """How one value is entered: as ``text``, ``number``, ``country`` or ``select`` with its options."""

    label: str
    kind: str = "text"
    options: tuple[str, ...] = ()


class Control(NamedTuple):
    """A control: its path, how it is entered, and the value that stands."""

    path: str
    spec: Spec
    value: str


class Entry(NamedTuple):
    """A record of a field: its path, its controls; ``is_there`` unless it is the empty one that may be added."""

    path: str
    controls: tuple[Control, ...]
    is_there: bool


def _choice(label: str, words: Sequence[str]) -> Spec:
    return Spec(label, "select", tuple(map(str, words)))


_COUNTRY: Final = Spec("country", "country")
_NUMBER: Final = partial(Spec, kind="number")
_PARTY: Final = {"country": _COUNTRY, "organisation": Spec("organisation"), "text": Spec("words in the text")}
_RECORDS: Final[Mapping[str, Mapping[str, Spec]]] = {
    "supplier": _PARTY,
    "recipient": _PARTY,
    "maker": _PARTY,
    "items": {
        "designation": Spec("designation"),
        "description": Spec("description"),
        "category": _choice("category", tuple(Category)),
    },
    "quantity": {
        "text": Spec("words in the text"),
        "low": _NUMBER("low"),
        "best": _NUMBER("best"),
        "high": _NUMBER("high"),
        "unit": Spec("unit"),
    },
    "value": {
        "text": Spec("words in the text"),
        "amount": _NUMBER("amount"),
        "low": _NUMBER("low"),
        "high": _NUMBER("high"),
        "currency": Spec("currency"),
    },
    "via": _PARTY,
    "when": {
        "text": Spec("words in the text"),
        "start": Spec("first day"),
        "end": Spec("last day"),
        "precision": _choice("precision", tuple(DatePrecision)),
    },
    "attribution": {
        "name": Spec("name"),
        "kind": _choice("kind", tuple(SourceKind)),
        "country": _COUNTRY,
        "named": _choice("named", (_YES, _NO)),
        "channel": Spec("channel"),
        "cue": Spec("cue words"),
    },
}
_PLAIN: Final[Mapping[str, Spec]] = {
    "kind": _choice("kind", tuple(ClaimKind)),
    "mode": _choice("mode", tuple(Mode)),
    "refers_to": Spec("about claim"),
    "status": _choice("status", tuple(Status)),
    "polarity": _choice("polarity", tuple(Polarity)),
    "certainty": _choice("certainty", tuple(Certainty)),
}
_BAND: Final = {"low": _NUMBER("low %"), "high": _NUMBER("high %")}
# The fields in the order in which a reader checks them.
ORDER: Final = (
    "supplier recipient items quantity status polarity certainty when attribution mode value via maker likelihood kind"
    " refers_to"
).split()


def entries_of(name: str, claim: Row) -> tuple[Entry, ...]:
    """Return the records of a field with their controls; of a list, and of what is not told, an empty one at the end.

    A field without records is one of a single control.
    """
    value = claim[name]
    if name == "likelihood":
        band = dict(zip(_BAND, value or (None, None), strict=True))
        return (Entry(name, tuple(_controls(name, _BAND, band)), is_there=value is not None),)
    if name in _PLAIN:
        return (Entry(name, (Control(name, _PLAIN[name], shown(value)),), is_there=True),)
    specs = _RECORDS[name]
    is_list = FIELDS[name].is_list
    rows = list(value) if is_list else [value] * (value is not None)
    paths = [f"{name}.{number}" if is_list else name for number in range(len(rows) + 1)]
    found = [
        Entry(path, tuple(_controls(path, specs, row)), is_there=True) for path, row in zip(paths, rows, strict=False)
    ]
    if is_list or not rows:
        found.append(Entry(paths[-1], tuple(_controls(paths[-1], specs, {})), is_there=False))
    return tuple(found)


def shown(value: Any) -> str:  # noqa: ANN401 - JSON is of any type
    """Return a value as a control holds it."""
    if value is None:
        return ""
    return (_YES if value else _NO) if isinstance(value, bool) else str(value)


def changed_controls(claim: Row, entered: Entered) -> dict[str, str]:
    """Return what a person changed, by path: what differs from what the control held when the form was opened."""
    found: dict[str, str] = {}
    for control in (one for name in ORDER for entry in entries_of(name, claim) for one in entry.controls):
        if control.path in entered:
            held = entered.get(f"{WAS}{control.path}", control.value)
            if _tidy(entered[control.path]) != _tidy(held):
                found[control.path] = entered[control.path]
    return found


def settings_of(claim: Row, entered: Entered, countries: Mapping[str, str]) -> tuple[Setting, ...]:
    """Return what a person sets in a claim by what they entered, as paths and values; what stays is not set."""
    codes = {name.casefold(): code for code, name in countries.items()}
    changed = changed_controls(claim, entered)
    return tuple(
        setting
        for name in ORDER
        for entry in entries_of(name, claim)
        for setting in _set(entry, changed, entered, codes)
    )


def _controls(path: str, specs: Mapping[str, Spec], row: Row) -> Iterator[Control]:
    for key, spec in specs.items():
        yield Control(f"{path}.{key}", spec, shown(row.get(key)))


def _set(entry: Entry, changed: Entered, entered: Entered, codes: Mapping[str, str]) -> Iterator[Setting]:
    touched = [control for control in entry.controls if control.path in changed]
    now = [_tidy(entered.get(control.path, control.value)) for control in entry.controls]
    is_removed = bool(entered.get(f"{entry.path}.{REMOVE}"))
    if not (touched or (is_removed and entry.is_there)):
        return
    values = {control.path: _parsed(control.spec, entered[control.path], codes) for control in touched}
    if entry.path in _PLAIN:
        yield entry.path, values[entry.path]
    elif is_removed or not any(now):
        yield entry.path, None
    elif entry.path == "likelihood":
        yield entry.path, [_parsed(control.spec, one, codes) for control, one in zip(entry.controls, now, strict=True)]
    elif entry.is_there:
        yield from values.items()
    else:
        told = {path.rpartition(".")[2]: value for path, value in values.items() if value is not None}
        yield entry.path, told


def _tidy(text: str) -> str:
    return " ".join(text.split())


def _parsed(spec: Spec, text: str, codes: Mapping[str, str]) -> Any:  # noqa: ANN401
    """Return what was entered as a value; what is none stays as it was entered, to be refused with its words."""
    words = _tidy(text)
    return _PARSERS.get(spec.kind, _as_text)(words, codes) if words else None


def _as_text(words: str, _: Mapping[str, str]) -> Any:  # noqa: ANN401
    return {_YES: True, _NO: False}.get(words, words)


def _as_number(words: str, _: Mapping[str, str]) -> Any:  # noqa: ANN401
    digits = words.replace(",", "").replace(" ", "")
    for read in (int, float):
        try:
            return read(digits) if digits.isascii() else words
        except ValueError:
            continue
    return words


def _as_country(words: str, codes: Mapping[str, str]) -> str:
    """Return the code of a country that was given by its code or its name."""
    return codes.get(words.casefold(), words.upper() if len(words) == len("XX") else words)


_PARSERS: Final[Mapping[str, Callable[[str, Mapping[str, str]], Any]]] = {
    "number": _as_number,
    "country": _as_country,
}
