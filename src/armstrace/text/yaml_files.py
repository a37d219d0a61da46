"""Parsing YAML: from libyaml's events where a text holds what tables hold, by PyYAML's loader where it has more."""

from __future__ import annotations

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


class _OutOfTheWay(Exception):  # noqa: N818 - no error: another reads it
    """The text holds what tables do not: anchors, tags, merges, several documents."""


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML text, as ``yaml.safe_load`` does, in half the time.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
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
