"""Screening as a whole: lists into the store, names against the lists in force, the certificate of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from armstrace import __version__
from armstrace.errors import ListError, MetadataError, refused
from armstrace.model import Claim, Party
from armstrace.register.types import Transfer
from armstrace.screen.certificate import Basis, Body, Searched, make_certificate
from armstrace.screen.countries import load_country_codes
from armstrace.screen.index import ListIndex
from armstrace.screen.list_kinds import LIST_KINDS, OFFICIAL
from armstrace.screen.load import ListFile, SanctionsList, read_lists
from armstrace.screen.match import Asked, screen_name
from armstrace.screen.name_words import load_name_words
from armstrace.store.repository import Store
from armstrace.store.screen_state import StoredList

_BORN: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)
_IMO: Final = re.compile(r"\d{7}", re.ASCII)
LEAST_SHARE: Final = 0.5  # of the entries in force that a new version must have, or it is taken for cut short


def add_lists(
    store: Store, paths: Sequence[Path], at: str, key: str | None = None, *, anyway: bool = False
) -> list[tuple[SanctionsList, str]]:
    """Put the lists of files in force; return each and whether it is new. Where one cannot be taken, none is.

    ``anyway`` takes also a list that is older than the one in force, or less than half as long.

    Raises:
        ListError: a file is no list, is cut short, or is of an unknown version; the lists in force stay.
        StoreError: the store cannot be used.
    """
    try:
        files = [ListFile(path.name, lambda path=path: path.open("rb")) for path in paths]  # type: ignore[misc]
        lists = read_lists(files, load_country_codes(), key)
    except OSError as error:
        raise ListError(f"{error.filename}: cannot be read {refused(error)}; the lists in force stay") from error
    except ListError as error:
        raise ListError(f"{error}; the lists in force stay as they are") from error
    in_force = {one.key: one for one in store.screening.lists()}
    if not anyway:
        for one in lists:
            _check_is_later(one, in_force.get(one.key))
    return list(zip(lists, store.screening.put_in_force(lists, at), strict=True))


def _check_is_later(new: SanctionsList, old: StoredList | None) -> None:
    if old is None or old.sha256 == new.sha256:
        return
    name, stays = new.files[0].name, "the list in force stays as it is; --anyway takes this one all the same"
    if len(new.entries) < LEAST_SHARE * old.entry_count:
        raise ListError(
            f"{name}: has {len(new.entries):,} entries and the list in force {old.entry_count:,}: "
            f"it may be cut short; {stays}"
        )
    if new.dated and old.dated and new.dated < old.dated:
        raise ListError(f"{name}: is of {new.dated} and the list in force of {old.dated}; {stays}")


@dataclass(frozen=True, slots=True)
class InForce:
    """The lists in force, each with the moment it was added, and their index."""

    lists: tuple[tuple[SanctionsList, str], ...]
    index: ListIndex


def load_index(store: Store, keys: Sequence[str] = ()) -> InForce:
    """Return the lists in force, or those of ``keys``, ready to be searched.

    Raises:
        ListError: no list is loaded, or not one of ``keys``.
        StoreError: the store cannot be used.
    """
    lists = store.screening.load_in_force(keys)
    if missing := [key for key in keys if key not in {one.key for one, _ in lists}]:
        raise ListError(f"{missing[0]}: no such list is in force; `armstrace lists` shows those that are")
    if not lists:
        raise ListError(NO_LIST)
    return InForce(tuple(lists), ListIndex([one for one, _ in lists], load_name_words()))


def screen_names(store: Store, asked: Iterable[Asked], at: str, threshold: float, in_force: InForce) -> Body:
    """Screen names against lists, keep the certificate, and return it.

    Raises:
        StoreError: the store cannot be used.
    """
    searched = [Searched(one, screen_name(one, in_force.index, threshold)) for one in asked]
    body = make_certificate(searched, Basis(at, threshold, in_force.lists), f"armstrace {__version__}")
    store.screening.keep_certificate(body)
    return body


def check_facts(born: str | None, imo: str | None) -> None:
    """Return nothing if a date of birth and an IMO number can be such.

    Raises:
        MetadataError: one cannot.
    """
    if born and not _BORN.fullmatch(born):
        raise MetadataError(f"born {born}: is no year, month or day; write 1961, 1961-05 or 1961-05-02")
    if imo and not _IMO.fullmatch(imo):
        raise MetadataError(f"IMO {imo}: is no IMO number, which has seven digits")


def register_names(transfers: Iterable[Transfer]) -> list[Asked]:
    """Return the organisations that the claims of transfers name as a party, each once, by name."""
    found = {
        (party.organisation or party.text, party.country)
        for transfer in transfers
        for told in (*transfer.claims, *transfer.context)
        for party in _parties(told.claim)
        if party.organisation or party.country is None
    }
    return [Asked(name, country=country) for name, country in sorted(found, key=lambda pair: (pair[0], pair[1] or ""))]


def _parties(claim: Claim) -> Iterator[Party]:
    yield from (party for party in (claim.supplier, claim.recipient, claim.maker, *claim.via) if party)


def where_to_find() -> str:
    """Return which lists there are to download, and where."""
    kinds = [kind for kind in LIST_KINDS if kind.key in OFFICIAL]
    return "\n".join(f"  {kind.key:<16} {kind.title}: {kind.files}\n{'':<19}{kind.address}" for kind in kinds)


NO_LIST: Final = (
    "no sanctions list is loaded, so nothing can be said; download lists from their publishers (`armstrace lists` says "
    "where) and give them to `armstrace lists add FILE...`"
)
