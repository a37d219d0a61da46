"""Parsing the packaged YAML tables: by libyaml where it is there, most words taken for text at first sight."""

from __future__ import annotations

from typing import Any

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # a Python without libyaml reads the same, slower
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_TEXT = "tag:yaml.org,2002:str"
# First characters of the words that YAML 1.1 may take for something else: yes, no, true, false, on, off, null, numbers.
_TYPED = frozenset("yYnNtTfFoO~-+.<=0123456789")


class _QuickLoader(_Loader):
    """Reads most words as text without trying every pattern on them; the result is that of the loader beneath."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:  # noqa: ANN401 - PyYAML carries no types here
        if kind is yaml.ScalarNode and implicit[0] and value and value[0] not in _TYPED:
            return _TEXT
        return super().resolve(kind, value, implicit)  # type: ignore[no-untyped-call]


def parse_yaml(text: str) -> Any:  # noqa: ANN401 - YAML holds anything
    """Return the content of a YAML text, as ``yaml.safe_load`` does, faster.

    Raises:
        yaml.YAMLError: it is no YAML.
    """
    return yaml.load(text, Loader=_QuickLoader)  # noqa: S506 - a safe loader's own child
