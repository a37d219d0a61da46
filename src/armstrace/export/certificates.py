"""A certificate of screening as text for a person: what was searched, against what, with which result and why."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from typing import Any, Final

from armstrace.export.plain import plain

_WIDTH: Final = 100
_LONGEST_REMARKS: Final = 300
_SHOWN_HASH: Final = 12  # characters; the whole stands with the list
Body = Mapping[str, Any]


def certificate_text(body: Body) -> str:
    """Return the text of a certificate; the same certificate gives the same text. Text of lists is safe to show."""
    return "\n".join(_lines(body)) + "\n"


def _lines(body: Body) -> Iterator[str]:
    yield f"SCREENING CERTIFICATE {body['certificate']}"
    yield ""
    yield f"Searched at   {body['searched_at']}"
    yield f"By            {body['program']}, matcher {body['matcher']}, least points {body['threshold']}"
    yield "Against"
    for one in body["lists"]:
        yield from _list_lines(one)
    if body["official_lists_not_searched"]:
        yield from _wrapped(f"Not loaded, so not searched: {'; '.join(body['official_lists_not_searched'])}", 0)
    for searched in body["searched"]:
        yield ""
        yield from searched_lines(searched)
    yield ""
    yield from _wrapped(body["limits"], 0)


def _list_lines(one: Body) -> Iterator[str]:
    dated = f"of {one['dated']}" if one["dated"] else "which bears no date"
    left_out = f", {len(one['rows_left_out'])} rows could not be read" if one["rows_left_out"] else ""
    yield f"  {plain(one['title'])}, {dated}"
    yield f"    {one['entries']:,} entries{left_out}; loaded {one['added_at']}; {one['format']}"
    yield f"    sha256 {one['sha256']}"
    for fault in one["rows_left_out"]:
        yield from _wrapped(f"left out: {plain(fault['place'])} {plain(fault['reason'])}", 4)


def searched_lines(searched: Body) -> Iterator[str]:
    """Yield the lines on one name."""
    known = [f"{key} {plain(str(searched[key]))}" for key in ("kind", "imo", "born", "country") if searched[key]]
    yield f'"{plain(searched["name"])}"' + (f" ({', '.join(known)})" if known else "")
    if not searched["hits"]:
        yield "  nothing found"
    for hit in searched["hits"]:
        yield from _hit_lines(hit)


def _hit_lines(hit: Body) -> Iterator[str]:
    version = f"list of {hit['list_dated'] or 'no date'}, sha256 {hit['list_sha256'][:_SHOWN_HASH]}"
    entry = f"{plain(hit['list'])} {plain(hit['entry'])}, {hit['kind']}; {version}"
    yield f"  {hit['points']:.2f}  {plain(hit['primary_name'])}  [{entry}]"
    if hit["matched_name"] != hit["primary_name"]:
        yield f'        as "{plain(hit["matched_name"])}" ({hit["matched_name_is"]})'
    for reason in hit["reasons"]:
        yield from _wrapped(f"{reason['points']:+.2f} {reason['feature']}: {plain(reason['words'])}", 8)
    facts = (
        ("programme", ", ".join(hit["programmes"])),
        ("listed on", hit["listed_on"] or ""),
        ("countries", ", ".join(hit["countries"])),
        ("born", ", ".join(hit["born"])),
        ("numbers", ", ".join(f"{one['kind']} {one['value']}" for one in hit["identifiers"])),
        ("remarks", _cut(hit["remarks"])),
    )
    for name, words in facts:
        if words:
            yield from _wrapped(f"{name}: {plain(words)}", 8)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST_REMARKS else f"{words[:_LONGEST_REMARKS]} [...]"


def _wrapped(words: str, indent: int) -> list[str]:
    space = " " * indent
    return textwrap.wrap(words, _WIDTH, initial_indent=space, subsequent_indent=f"{space}  ", break_on_hyphens=False)
