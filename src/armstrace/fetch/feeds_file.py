"""Reading ``feeds.yml``: what is watched, how often, and which pages of it are taken.

::

    sources:
      - url: https://outlet.example/world/feed.xml   # the only field that must be there
        kind: feed             # feed (RSS, Atom), sitemap, or page (one page that changes)
        outlet: The Outlet     # goes into the metadata of its documents
        every: 1h              # 5m to 30d; how often it is asked what is new
        max_pages: 50          # pages fetched each time at most; the rest comes the next times
        include: "*/world/*"   # only pages whose address fits one of these patterns; * stands for anything
        exclude: ["*/sport/*", "*/video/*"]
        full_text: auto        # auto: from the feed where it has it, else the page; feed or page: always
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from armstrace.errors import ArmstraceError, InputError, refused
from armstrace.fetch.address import parse_address
from armstrace.fetch.fetched import shown
from armstrace.text.yaml_files import parse_given_yaml

KINDS = ("feed", "sitemap", "page")
FULL_TEXTS = ("auto", "feed", "page")
_UNITS = {"m": 1, "h": 60, "d": 24 * 60}  # minutes
_EVERY = re.compile(r"([1-9][0-9]{0,4}) ?([mhd])")
_SHORTEST = timedelta(minutes=5)  # asked more often, sites shut out whoever asks
_LONGEST = timedelta(days=30)
_MOST_PAGES = 10_000
_MOST_BYTES = 4_000_000


class FeedsFileError(ArmstraceError):
    """A feeds file is malformed; the text names file, entry and remedy."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class WatchSource:
    """One entry of a feeds file; ``url`` in its one spelling."""

    url: str
    kind: str = "feed"
    outlet: str | None = None
    every: timedelta = timedelta(hours=1)
    max_pages: int = 50
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    full_text: str = "auto"

    def wants(self, url: str) -> bool:
        """Tell whether a page of this address is to be taken."""
        included = not self.include or any(fnmatchcase(url, pattern) for pattern in self.include)
        return included and not any(fnmatchcase(url, pattern) for pattern in self.exclude)

    @property
    def choice(self) -> str:
        """Return what decides which pages are taken and from where, as one line."""
        return f"{self.full_text} {' '.join(self.include)} - {' '.join(self.exclude)}"


def read_feeds_file(path: Path) -> tuple[WatchSource, ...]:
    """Return the sources of a feeds file, in its order.

    Raises:
        InputError: the file cannot be read.
        FeedsFileError: it is no feeds file; the text names the entry and what to write instead.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read {refused(error)}") from error
    if len(data) > _MOST_BYTES:
        raise FeedsFileError(f"{path}: is larger than {_MOST_BYTES:,} bytes; split it into several files")
    try:
        return parse_feeds(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        raise FeedsFileError(f"{path}: is not in UTF-8; save it so") from error


def parse_feeds(text: str, name: str) -> tuple[WatchSource, ...]:
    """Return the sources of a feeds file's text; ``name`` is its name in messages.

    Raises:
        FeedsFileError: it is malformed.
    """
    try:
        content = parse_given_yaml(text)
    except yaml.YAMLError as error:
        raise FeedsFileError(f"{name}: is no YAML ({' '.join(str(error).split())})") from error
    if not isinstance(content, dict) or list(content) != ["sources"] or not isinstance(content["sources"], list):
        raise FeedsFileError(f"{name}: must hold one list, 'sources:', with an entry '- url: https://...' a source")
    if not content["sources"]:
        raise FeedsFileError(f"{name}: lists no sources; add an entry '- url: https://...' a source")
    sources: dict[str, WatchSource] = {}
    for number, row in enumerate(content["sources"], start=1):
        source = _source(row, f"{name}: source {number}")
        if source.url in sources:
            raise FeedsFileError(f"{name}: source {number} ({source.url}) is listed twice; keep one of them")
        sources[source.url] = source
    return tuple(sources.values())


def _source(row: object, place: str) -> WatchSource:
    if not isinstance(row, dict):
        raise FeedsFileError(f"{place}: is no entry of fields; write it as '- url: https://...'")
    if "url" not in row:
        raise FeedsFileError(f"{place}: has no url; add 'url: https://...'")
    place = f"{place} ({shown(str(row['url']))})"
    fields: dict[str, Any] = {}
    for key, value in row.items():
        if key not in _FIELDS:
            raise FeedsFileError(f"{place}: has an unknown field {shown(str(key))!r}; {_meant(str(key))}")
        try:
            fields[key] = _FIELDS[key](value)
        except ValueError as error:
            raise FeedsFileError(f"{place}: {key}: {error}") from error
    return WatchSource(**fields)


def _meant(key: str) -> str:
    near = difflib.get_close_matches(key, _FIELDS, n=1)
    return f"is {near[0]!r} meant?" if near else f"the fields are {', '.join(_FIELDS)}"


def _url(value: object) -> str:
    try:
        return str(parse_address(_text(value)))
    except InputError as error:
        raise ValueError(str(error)) from error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"must be a text, not {_said(value)}")
    if not value.isprintable():
        raise ValueError("holds line breaks or characters that cannot be seen; leave them out")
    return value.strip()


def _one_of(choices: tuple[str, ...]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if value not in choices:
            raise ValueError(f"must be {', '.join(choices[:-1])} or {choices[-1]}, not {_said(value)}")
        return str(value)

    return read


def _every(value: object) -> timedelta:
    match = _EVERY.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise ValueError(f"must be a number with m, h or d, as in 30m, 1h or 1d, not {_said(value)}")
    every = timedelta(minutes=int(match[1]) * _UNITS[match[2]])
    if not _SHORTEST <= every <= _LONGEST:
        raise ValueError(f"must lie between 5m and 30d, not {_said(value)}")
    return every


def _max_pages(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= _MOST_PAGES:
        raise ValueError(f"must be a whole number from 1 to {_MOST_PAGES:,}, not {_said(value)}")
    return value


def _patterns(value: object) -> tuple[str, ...]:
    rows = value if isinstance(value, list) else [value]
    if not rows:
        raise ValueError("lists no pattern; leave it out, or write one as in '*/world/*'")
    patterns = tuple(_text(row) for row in rows)
    for pattern in patterns:
        if "*" not in pattern and "://" not in pattern:
            raise ValueError(f"{shown(pattern)!r} fits no address; * stands for anything, as in '*/{pattern}/*'")
    return patterns


def _said(value: object) -> str:
    return shown(repr(value))


_FIELDS: dict[str, Callable[[object], Any]] = {
    "url": _url,
    "kind": _one_of(KINDS),
    "outlet": _text,
    "every": _every,
    "max_pages": _max_pages,
    "include": _patterns,
    "exclude": _patterns,
    "full_text": _one_of(FULL_TEXTS),
}
