"""Parties in SIPRI's spelling: ``*`` behind an armed group, ``**`` behind an international body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from armstrace.export.sipri.deals import Deal
from armstrace.export.wording import CountryNames
from armstrace.extract.sipri_rows import Column
from armstrace.lexicon.entries import EntryKind
from armstrace.lexicon.load import load_lexicon
from armstrace.lexicon.sipri_words import load_sipri_words
from armstrace.register.types import Alternative, PartyValue

_GROUPS: Final = frozenset({EntryKind.GROUP, EntryKind.GROUP_NOUN})


def party_cell(deal: Deal, alternatives: Sequence[Alternative[PartyValue]], column: Column, names: CountryNames) -> str:
    """Return the party that stands first: as SIPRI's row has it, else in its spelling; unknown where none is told."""
    known = [one for one in alternatives if one.value is not None]
    told = known[0] if known else None
    if told is None or told.value is None:
        return deal.cell(column).strip() or f"unknown {column.name.lower()}(s)"
    return deal.cell(column).strip() if deal.is_own(told) else sipri_name(told.value, names)


def sipri_name(value: PartyValue, names: CountryNames) -> str:
    """Return a party as SIPRI spells such ones; an office or a firm of a known state is that state."""
    code = value.country
    state = load_sipri_words().states.get(code, names.get(code, code)) if code else None
    if value.organisation is None:
        return state or "unknown"
    kinds = {e.kind for hit in load_lexicon().matcher.find(value.organisation) for e in hit.entries}
    if kinds & _GROUPS:
        return f"{value.organisation} ({state})*" if state else f"{value.organisation}*"
    if EntryKind.BODY in kinds and state is None:
        return f"{value.organisation}**"
    return state or value.organisation
