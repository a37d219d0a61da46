"""Parsing YAML: the packaged tables fast, and what somebody gives with bounds that no honest file meets.

Tables are read from libyaml's events; what holds more than tables do, by PyYAML's loader.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a Python without libyaml reads the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_TEXT: Final = "tag:yaml.org,2002:str"
_LEFT: Final = frozenset({"tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"})
# First characters of the words that YAML 1.1 may take for something else: yes, no, true, false, on, off, null, numbers.
_TYPED: Final = frozenset("yYnNtTfFoO~-+.<=0123456789")
MOST_LEVELS: Final = 100  # libyaml's composer calls itself for each, and past some thousands takes the program with it
MOST_VALUES: Final = 200_000  # with each alias counted as what it stands for: a dozen lines can stand for billions
LONGEST_NUMBER: Final = 100  # characters; Python writes none of some thousands of digits
# What PyYAML's constructors raise for a value that is not of the type its tag names ("!!bool x").
_NOT_OF_ITS_TAG: Final = (ValueError, LookupError, AttributeError, TypeError, ArithmeticError, RecursionError)


class _OutOfTheWay(Exception):  # noqa: N818 - no error: another reads it
    """The text holds what tables do not: anchors, tags, merges, several documents."""


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML text, as ``yaml.safe_load`` does, in half the time.

    Raises:
        yaml.YAMLError: it is no YAML, or a value is not of the type that its tag names.
    """
    try:
        return _read_text(text)
    except _NOT_OF_ITS_TAG as error:
        raise _not_of_its_tag(error) from error


def _not_of_its_tag(error: Exception) -> yaml.YAMLError:
    return yaml.YAMLError(f"a value is not what it is said to be ({type(error).__name__})")


def _read_text(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    loader = _Loader(text)
    try:
        return _read_table(loader)
    except _OutOfTheWay:
        return yaml.load(text, Loader=_Loader)
    finally:
        loader.dispose()


def _read_table(loader: Any) -> Any:  # noqa: ANN401 - PyYAML carries no types here
    loader.get_event()
    if isinstance(loader.get_event(), yaml.StreamEndEvent):
        return None
    content = _read(loader, loader.get_event())
    loader.get_event()
    if not isinstance(loader.get_event(), yaml.StreamEndEvent):
        raise _OutOfTheWay
    return content


def _read(loader: Any, event: Any) -> Any:  # noqa: ANN401 - as above
    """Return what begins with an event."""
    kind = type(event)
    if kind is yaml.AliasEvent or event.anchor is not None or event.tag is not None:
        raise _OutOfTheWay
    if kind is yaml.ScalarEvent:
        return _scalar(loader, event)
    return _list(loader) if kind is yaml.SequenceStartEvent else _mapping(loader)


def _scalar(loader: Any, event: Any) -> Any:  # noqa: ANN401 - as above
    value = event.value
    if not event.implicit[0] or (value and value[0] not in _TYPED):
        return value
    tag = loader.resolve(yaml.ScalarNode, value, (True, False))
    if tag in _LEFT:
        raise _OutOfTheWay
    return value if tag == _TEXT else loader.construct_object(yaml.ScalarNode(tag, value, event.start_mark))


def _list(loader: Any) -> list[Any]:  # noqa: ANN401 - as above
    found = []
    while type(event := loader.get_event()) is not yaml.SequenceEndEvent:
        found.append(_read(loader, event))
    return found


def _mapping(loader: Any) -> dict[Any, Any]:  # noqa: ANN401 - as above
    found = {}
    while type(event := loader.get_event()) is not yaml.MappingEndEvent:
        if type(event) is not yaml.ScalarEvent:
            raise _OutOfTheWay
        key = _read(loader, event)
        found[key] = _read(loader, loader.get_event())
    return found


class _GivenLoader(_Loader):
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
    try:
        return yaml.load(text, Loader=_GivenLoader)  # noqa: S506 - a safe loader's own child
    except _NOT_OF_ITS_TAG as error:
        raise _not_of_its_tag(error) from error


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
