"""The whole lexicon, read from the packaged files and checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources.abc import Traversable
from itertools import chain

from armstrace.lexicon import parties, weapons, words
from armstrace.lexicon.designations import Designations, read_designations
from armstrace.lexicon.entries import (
    ContextRule,
    Cues,
    Entry,
    EntryKind,
    Hedges,
    Names,
    Speaker,
    TransferWords,
)
from armstrace.lexicon.item_codes import ItemCodes, read_item_codes
from armstrace.lexicon.match import Matcher, folded, lower_keeping_length
from armstrace.lexicon.schema import LexiconFiles, packaged_data


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the reader knows of words; built once by ``load_lexicon`` and read only."""

    matcher: Matcher
    speakers: Mapping[str, Speaker]
    transfer: TransferWords
    cues: Cues
    hedges: Hedges
    contexts: tuple[ContextRule, ...]
    sets: Mapping[str, frozenset[str]]
    designations: Designations
    country_kinds: Mapping[str, frozenset[str]]
    country_labels: Mapping[str, str]
    outlets: Mapping[str, Entry]
    item_codes: ItemCodes
    towns: Mapping[str, str]


def load_lexicon(folder: Traversable | None = None) -> Lexicon:
    """Return the lexicon of ``folder`` (default: the packaged one, which is read once and the same at every call).

    Raises:
        LexiconError: a file is missing or breaks its schema.
    """
    return _packaged() if folder is None else _read(folder)


@cache
def _packaged() -> Lexicon:
    return _read(packaged_data())


def _read(folder: Traversable) -> Lexicon:
    files = LexiconFiles(folder)
    countries = list(parties.country_names(files))
    outlets = list(parties.outlet_names(files))
    speakers = words.speakers(files)
    cased = chain(
        countries,
        parties.leader_names(files),
        parties.institution_names(files),
        parties.group_names(files),
        parties.body_names(files),
        outlets,
        parties.think_tank_names(files),
        parties.company_names(files),
        weapons.weapon_types(files),
        weapons.not_designations(files),
        parties.not_parties(files),
    )
    lower = chain(parties.institution_nouns(files), parties.group_nouns(files), weapons.weapon_nouns(files))
    names = Names(
        _grouped((folded(name), entry) for name, entry in cased),
        _grouped((lower_keeping_length(folded(name)), entry) for name, entry in lower),
    )
    return Lexicon(
        matcher=Matcher(names),
        speakers=speakers,
        transfer=words.transfer_words(files),
        cues=words.cues(files),
        hedges=words.hedges(files),
        contexts=words.contexts(files),
        sets=words.word_sets(files),
        designations=read_designations(files),
        country_kinds=parties.country_kinds(files),
        country_labels=_labels(countries),
        outlets={name.lower(): entry for name, entry in outlets},
        item_codes=read_item_codes(files),
        towns=parties.outlet_towns(files),
    )


def load_country_labels(folder: Traversable | None = None) -> Mapping[str, str]:
    """Return the name to show of each country by its code; a tenth of what the whole lexicon takes.

    Raises:
        LexiconError: the file of countries is missing or breaks its schema.
    """
    return _labels(parties.country_names(LexiconFiles(folder or packaged_data())))


def country_label(code: str) -> str:
    """Return the packaged name to show of a country by its code; the code where there is none."""
    return _packaged_labels().get(code, code)


@cache  # read-only data of the package
def _packaged_labels() -> Mapping[str, str]:
    return load_country_labels()


def _labels(countries: Iterable[tuple[str, Entry]]) -> dict[str, str]:
    """Return code -> the name to show: the first strong one that is no historic one."""
    labels: dict[str, str] = {}
    for _, entry in countries:
        if entry.country and entry.kind is EntryKind.COUNTRY and entry.strong and entry.detail != "historic":
            labels.setdefault(entry.country, entry.label)
    return labels


def _grouped(named: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    grouped: dict[str, dict[Entry, None]] = {}
    for name, entry in named:
        grouped.setdefault(name, {})[entry] = None
    return {name: tuple(entries) for name, entries in grouped.items()}
