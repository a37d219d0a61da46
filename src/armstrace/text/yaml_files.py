"""Parsing YAML: the packaged tables fast, and what somebody gives with bounds that no honest file meets.

By libyaml where it is there, most words taken for text at first sight.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a Python without libyaml reads the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_TEXT = "tag:yaml.org,2002:str"
# First characters of the words that YAML 1.1 may take for something else: yes, no, true, false, on, off, null, numbers.
_TYPED = frozenset("yYnNtTfFoO~-+.<=0123456789")
MOST_LEVELS: Final = 100  # libyaml's composer calls itself for each, and past some thousands takes the program with it
MOST_VALUES: Final = 200_000  # with each alias counted as what it stands for: a dozen lines can stand for billions
LONGEST_NUMBER: Final = 100  # characters; Python writes none of some thousands of digits
# What PyYAML's constructors raise for a value that is not of the type its tag names ("!!bool x").
_NOT_OF_ITS_TAG: Final = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)


class _QuickLoader(_Loader):
    """Reads most words as text without trying every pattern on them; the result is that of the loader beneath."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:  # noqa: ANN401 - PyYAML carries no types here
        if kind is yaml.ScalarNode and implicit[0] and value and value[0] not in _TYPED:
            return _TEXT
        return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML text, as ``yaml.safe_load`` does, faster.

    Raises:
        yaml.YAMLError: it is no YAML, or a value is not of the type that its tag names.
    """
    return _load(text, _QuickLoader)


def _load(text: str, loader: type[_QuickLoader]) -> Any:  # noqa: ANN401
    try:
        return yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader's own child
    except _NOT_OF_ITS_TAG as error:
        raise yaml.YAMLError(f"a value is not what it is said to be ({type(error).__name__})") from error


class _GivenLoader(_QuickLoader):
    """Refuses numbers that cannot be written out."""


def _integer(loader: Any, node: Any) -> int:  # noqa: ANN401
    if len(node.value) > LONGEST_NUMBER:
        raise yaml.constructor.ConstructorError(None, None, "a number is very long", node.start_mark)
    return int(loader.construct_yaml_int(node))


_GivenLoader.add_constructor("tag:yaml.org,2002:int", _integer)


def parse_given_yaml(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML text that is not ours, as ``yaml.safe_load`` does.

    Raises:
        yaml.YAMLError: it is no YAML, a value is not of the type that its tag names, or it is nested so deep, stands
            for so many values, or holds so long a number, that reading it could do harm.
    """
    _check_bounds(text)
    return _load(text, _GivenLoader)


def _check_bounds(text: str) -> None:
    """Go through a text without making anything of it, and count."""
    sizes: dict[str, int] = {}
    opened: list[tuple[str | None, int]] = []
    values = 0
    for event in _events(text):
        if isinstance(event, yaml.AliasEvent):
            if event.anchor not in sizes:
                raise yaml.YAMLError(f"the alias {event.anchor} stands for nothing, or for what it stands in")
            values += sizes[event.anchor]
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = opened.pop()
            if anchor is not None:
                sizes[anchor] = values - before
        elif isinstance(event, yaml.NodeEvent):
            values += 1
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append((event.anchor, values - 1))  # itself is one of them
            elif event.anchor is not None:
                sizes[event.anchor] = 1
        if len(opened) > MOST_LEVELS or values > MOST_VALUES:
            raise yaml.YAMLError(f"it is nested deeper than {MOST_LEVELS}, or stands for over {MOST_VALUES:,} values")


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_Loader)
    except ValueError as error:  # a lone surrogate
        raise yaml.YAMLError("it holds characters that no file can hold") from error
