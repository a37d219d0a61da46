"""Sanctions lists and certificates of screening as pages show them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from armstrace.export.plain import plain
from armstrace.screen.certificate import is_certificate
from armstrace.screen.entries import ListedKind
from armstrace.screen.list_kinds import LIST_KINDS, OFFICIAL, list_title
from armstrace.store.screen_state import StoredList

PATH: Final = "/lists"
CERTIFICATES: Final = "/screenings"
AT_ONCE: Final = 20
KINDS: Final = tuple(str(kind) for kind in ListedKind if kind is not ListedKind.UNKNOWN)
_MOST_NAMES: Final = 3
_LONGEST_REMARKS: Final = 600
Body = Mapping[str, Any]


class ListLine(NamedTuple):
    """A version of a list: what it is, of when, how long, whether it is in force."""

    title: str
    key: str
    dated: str
    entries: int
    faults: int
    added_at: str
    format: str
    sha256: str
    in_force: bool


class Offer(NamedTuple):
    """A list that can be downloaded, and where."""

    title: str
    files: str
    href: str
    is_loaded: bool


class CertificateLine(NamedTuple):
    """A certificate in the table."""

    href: str
    id: str
    at: str
    names: str
    hits: int
    lists: str


@dataclass(frozen=True, slots=True)
class ListsView:
    """The lists in force and kept, those that could be, and a page of certificates."""

    in_force: tuple[ListLine, ...]
    kept: tuple[ListLine, ...]
    offers: tuple[Offer, ...]
    certificates: tuple[CertificateLine, ...]
    told: str
    previous: str
    following: str


class HitView(NamedTuple):
    """An entry that may be meant: points, names, the list and entry, why, and what the entry says."""

    points: str
    name: str
    matched: str
    entry: str
    reasons: tuple[tuple[str, str, str], ...]
    facts: tuple[tuple[str, str], ...]


class SearchedView(NamedTuple):
    """A name that was searched, what else was told of it, and what was found."""

    name: str
    known: str
    hits: tuple[HitView, ...]


@dataclass(frozen=True, slots=True)
class CertificateView:
    """A certificate, to be read and printed; ``is_whole`` tells whether it still is what it was."""

    id: str
    at: str
    program: str
    lists: tuple[tuple[str, str, str], ...]
    left_out: tuple[str, ...]
    not_searched: tuple[str, ...]
    searched: tuple[SearchedView, ...]
    limits: str
    is_whole: bool


def view_lists(lists: Sequence[StoredList], certificates: Sequence[Body], page: int, count: int) -> ListsView:
    """Return the page of lists; ``count`` is how many certificates there are in all."""
    lines = [_list_line(one) for one in lists]
    loaded = {one.key.partition(":")[0] for one in lists if one.in_force}
    return ListsView(
        in_force=tuple(line for line in lines if line.in_force),
        kept=tuple(line for line in lines if not line.in_force),
        offers=tuple(
            Offer(kind.title, kind.files, kind.address, kind.key in loaded)
            for kind in LIST_KINDS
            if kind.key in OFFICIAL or kind.key in loaded
        ),
        certificates=tuple(_certificate_line(body) for body in certificates),
        told="1 search was made" if count == 1 else f"{count:,} searches were made",
        previous=f"{PATH}?page={page - 1}#searches" if page > 1 else "",
        following=f"{PATH}?page={page + 1}#searches" if page * AT_ONCE < count else "",
    )


def view_certificate(body: Body) -> CertificateView:
    """Return the page of a certificate."""
    faults = [fault for one in body["lists"] for fault in one["rows_left_out"]]
    return CertificateView(
        id=plain(body["certificate"]),
        at=plain(body["searched_at"]),
        program=plain(f"{body['program']}, matcher {body['matcher']}, least points {body['threshold']}"),
        lists=tuple(
            (
                plain(f"{one['title']}, {'of ' + one['dated'] if one['dated'] else 'which bears no date'}"),
                plain(f"{one['entries']:,} entries; loaded {one['added_at']}; {one['format']}"),
                plain(one["sha256"]),
            )
            for one in body["lists"]
        ),
        left_out=tuple(plain(f"{fault['place']} {fault['reason']}") for fault in faults),
        not_searched=tuple(map(plain, body["official_lists_not_searched"])),
        searched=tuple(_searched(one) for one in body["searched"]),
        limits=plain(body["limits"]),
        is_whole=is_certificate(body),
    )


def _list_line(one: StoredList) -> ListLine:
    return ListLine(
        plain(list_title(one.key)),
        plain(one.key),
        plain(one.dated) or "no date",
        one.entry_count,
        one.fault_count,
        plain(one.added_at),
        plain(one.format),
        plain(one.sha256),
        one.in_force,
    )


def _certificate_line(body: Body) -> CertificateLine:
    names = [plain(one["name"]) for one in body["searched"]]
    more = f" and {len(names) - _MOST_NAMES:,} more" if len(names) > _MOST_NAMES else ""
    identity = plain(body["certificate"])
    return CertificateLine(
        f"{CERTIFICATES}/{identity}",
        identity,
        plain(body["searched_at"]),
        f"{', '.join(names[:_MOST_NAMES])}{more}",
        sum(len(one["hits"]) for one in body["searched"]),
        ", ".join(plain(one["list"]) for one in body["lists"]),
    )


def _searched(one: Body) -> SearchedView:
    known = [f"{key} {plain(str(one[key]))}" for key in ("kind", "imo", "born", "country") if one[key]]
    return SearchedView(plain(one["name"]), ", ".join(known), tuple(_hit(hit) for hit in one["hits"]))


def _hit(hit: Body) -> HitView:
    matched = f"as “{plain(hit['matched_name'])}” ({plain(hit['matched_name_is'])})"
    return HitView(
        points=f"{hit['points']:.2f}",
        name=plain(hit["primary_name"]),
        matched=matched if hit["matched_name"] != hit["primary_name"] else "",
        entry=plain(f"{hit['list']} {hit['entry']}, {hit['kind']}; list of {hit['list_dated'] or 'no date'}"),
        reasons=tuple((f"{r['points']:+.2f}", plain(r["feature"]), plain(r["words"])) for r in hit["reasons"]),
        facts=tuple(_facts(hit)),
    )


def _facts(hit: Body) -> Iterator[tuple[str, str]]:
    remarks = plain(hit["remarks"] or "")
    cut = f"{remarks[:_LONGEST_REMARKS]} …" if len(remarks) > _LONGEST_REMARKS else remarks
    numbers = ", ".join(f"{one['kind']} {one['value']}" for one in hit["identifiers"])
    for name, words in (
        ("programme", ", ".join(hit["programmes"])),
        ("listed on", hit["listed_on"] or ""),
        ("countries", ", ".join(hit["countries"])),
        ("born", ", ".join(hit["born"])),
        ("numbers", numbers),
        ("remarks", cut),
    ):
        if words:
            yield name, plain(words)
