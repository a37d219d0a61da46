"""Who the far end of one attribution chain is: one literal table of rules, the first that applies counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from armstrace.group.sides import named_in, plain
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import country_label
from armstrace.lexicon.match import Matcher
from armstrace.model import Source, SourceKind
from armstrace.told import Told

GOVERNMENT: Final = "government:"
LEGISLATURE: Final = "legislature:"
STATES: Final = "states:"
OUTLET: Final = "outlet:"
REPORTS: Final = "reports:"

_STATE: Final = frozenset(
    {SourceKind.GOVERNMENT, SourceKind.OFFICIAL_NAMED, SourceKind.OFFICIAL_ANONYMOUS, SourceKind.INTELLIGENCE}
)
_OFFICE: Final = frozenset({EntryKind.INSTITUTION, EntryKind.INSTITUTION_NOUN, EntryKind.LEADER})
_NOT_GOVERNMENT: Final = frozenset({"legislature", "opposition"})
_LEGISLATORS: Final = frozenset(
    "congressional congressman congresswoman congressmen senator senators sen rep lawmaker lawmakers legislator"
    " legislators parliamentarian parliamentarians parliamentary parliament mp mps democrat democrats republican"
    " republicans opposition peers backbencher backbenchers".split()
)
_WITNESSES: Final = frozenset(
    "witness witnesses eyewitness eyewitnesses resident residents villager villagers refugee refugees survivor"
    " survivors traveller travellers traveler travelers crew docker dockers worker workers driver drivers".split()
)
_FORMER: Final = frozenset({"former", "ex", "retired", "onetime", "erstwhile"})
# Words of a document that an office of a state made, where no office is named beside it.
_OFFICIAL_PAPER: Final = frozenset(
    "intelligence official government ministry court customs classified embassy diplomatic cable cables military police"
    " indictment notification licence license gazette treasury congressional parliamentary budget".split()
)
# The states that a word for a region means in the press; a word that is not here may mean any.
_REGIONS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "gulf": frozenset("AE BH KW OM QA SA".split()),
        "arab": frozenset("AE BH DZ EG IQ JO KW LB LY MA OM QA SA SD SY TN YE".split()),
        "baltic": frozenset("EE LT LV".split()),
        "nordic": frozenset("DK FI IS NO SE".split()),
        "scandinavian": frozenset("DK NO SE".split()),
        "balkan": frozenset("AL BA BG GR HR ME MK RO RS SI XK".split()),
        "latin": frozenset("AR BO BR CL CO CR CU DO EC GT HN MX NI PA PE PY SV UY VE".split()),
        "central-asian": frozenset("KG KZ TJ TM UZ".split()),
    }
)


class Voice(NamedTuple):
    """Who is the far end of one chain: a key that equal origins share, its name, and the rule that says so.

    ``is_shown``: to be independent of all voices with another key.
    """

    key: str
    name: str
    is_shown: bool
    rule: str


class _Heard(NamedTuple):
    source: Source
    told: Told
    entries: tuple[Entry, ...]
    words: frozenset[str]

    def has(self, *kinds: EntryKind) -> bool:
        return any(entry.kind in kinds for entry in self.entries)

    def label(self, *kinds: EntryKind) -> str:
        """Return the name as the lexicon has it, else as written."""
        return next((e.label for e in self.entries if e.kind in kinds and e.strong), self.source.name)


class _Rule(NamedTuple):
    applies: Callable[[_Heard], bool]
    voice: Callable[[_Heard], Voice]


def voice_of(told: Told, names: Matcher) -> Voice:
    """Return the far end of one claim's chain; the publishing outlet in its own voice where the chain is empty."""
    chain = told.claim.attribution
    far = chain[-1] if chain else Source(told.outlet or "the document", SourceKind.OUTLET, None, named=True)
    heard = _Heard(far, told, named_in(far.name, names), frozenset(plain(far.name).split()))
    return next(rule.voice(heard) for rule in _RULES if rule.applies(heard))


def outlet_key(name: str, names: Matcher) -> str:
    """Return the key of an outlet that speaks in its own voice, whichever of its names is used."""
    label = next((e.label for e in named_in(name, names) if e.kind is EntryKind.OUTLET and e.strong), name)
    return OUTLET + plain(label)


def states_of(key: str) -> frozenset[str]:
    """Return the states that a voice of several governments may be."""
    return frozenset(key.removeprefix(STATES).split("+"))


def _government(heard: _Heard) -> Voice:
    rule = "officials, ministries, services, documents and state media of one state speak for one government"
    return government_voice(heard.source.country or "", rule)


def government_voice(country: str, rule: str) -> Voice:
    """Return the voice of the government of a country (its code), and the rule that says that it is that."""
    return Voice(GOVERNMENT + country, f"government of {country_label(country)}", is_shown=True, rule=rule)


def _legislators(heard: _Heard) -> Voice:
    country = heard.source.country or ""
    rule = "lawmakers and opposition speak for their state's politics, not for its government"
    return Voice(
        LEGISLATURE + country, f"lawmakers and opposition of {country_label(country)}", is_shown=True, rule=rule
    )


def _armed_group(heard: _Heard) -> Voice:
    label = heard.label(EntryKind.GROUP, EntryKind.GROUP_NOUN)
    named = heard.has(EntryKind.GROUP)
    where = "" if named else f":{heard.source.country or heard.told.family}"
    rule = "an armed group speaks for itself, not for the state in which it fights"
    return Voice(f"group:{plain(label)}{where}", label, is_shown=named or heard.source.country is not None, rule=rule)


def _body(heard: _Heard) -> Voice:
    label = next(entry.label for entry in heard.entries if entry.kind is EntryKind.BODY)
    whole = "United Nations" if label.startswith(("U.N.", "UN ", "United Nations")) else label
    rule = "an international body speaks, by its organs, panels and reports, for itself and for no government"
    return Voice(f"body:{plain(whole)}", whole, is_shown=True, rule=rule)


def _several_states(heard: _Heard) -> Voice:
    states = _states_named(heard)
    rule = "several governments speak as one; which of them has it from which is not told"
    return Voice(STATES + "+".join(sorted(states)), heard.source.name, is_shown=True, rule=rule)


def _apart(kind: str, rule: str) -> Callable[[_Heard], Voice]:
    """Return a voice that is kept apart, one for each text, and not shown to be independent."""

    def voice(heard: _Heard) -> Voice:
        name = plain(heard.source.name)
        where = "" if heard.source.named else f":{heard.told.family}"
        return Voice(f"{kind}:{name}{where}", heard.source.name, is_shown=False, rule=rule)

    return voice


def _by_name(kind: str, rule: str) -> Callable[[_Heard], Voice]:
    unnamed = _apart(kind, f"an unnamed {kind} may be anybody: kept apart, one for each text")

    def voice(heard: _Heard) -> Voice:
        if not heard.source.named:
            return unnamed(heard)
        label = heard.label(EntryKind.COMPANY, EntryKind.THINK_TANK)
        return Voice(f"{kind}:{plain(label)}", label, is_shown=True, rule=rule)

    return voice


def _rumour(heard: _Heard) -> Voice:
    rule = "reports for which nobody is named may come from any other origin"
    return Voice(REPORTS + heard.told.family, heard.source.name, is_shown=False, rule=rule)


def _outlet(heard: _Heard) -> Voice:
    label = heard.label(EntryKind.OUTLET)
    rule = "an outlet that does not say from whom it has it may have it from any other origin"
    return Voice(OUTLET + plain(label), label, is_shown=False, rule=rule)


def _is_legislator(heard: _Heard) -> bool:
    if heard.source.kind not in _STATE or heard.source.country is None:
        return False
    offices = {entry.detail for entry in heard.entries if entry.kind in _OFFICE}
    return bool(heard.words & _LEGISLATORS or (offices and offices <= _NOT_GOVERNMENT))


def _is_state_paper(heard: _Heard) -> bool:
    if heard.source.kind is not SourceKind.DOCUMENT or heard.source.country is None:
        return False
    return heard.has(*_OFFICE) or bool(heard.words & _OFFICIAL_PAPER)


def _is_body(heard: _Heard) -> bool:
    bodies = [entry for entry in heard.entries if entry.kind is EntryKind.BODY and entry.country is None]
    if not bodies:
        return False
    writes = heard.source.kind in {SourceKind.DOCUMENT, SourceKind.EXPERT} and any(entry.strong for entry in bodies)
    return writes or (heard.source.country is None and heard.source.kind is not SourceKind.OUTLET)


def _states_named(heard: _Heard) -> frozenset[str]:
    regions = [states for word, states in _REGIONS.items() if frozenset(word.split("-")) <= heard.words]
    if regions:
        return min(regions, key=len)
    countries = frozenset(entry.country for entry in heard.entries if entry.country)
    return countries if len(countries) > 1 else frozenset()


_RULES: Final[tuple[_Rule, ...]] = (
    _Rule(lambda h: h.source.kind is SourceKind.OUTLET and not h.source.named, _rumour),
    _Rule(_is_body, _body),
    _Rule(lambda h: h.source.kind in _STATE and h.has(EntryKind.GROUP, EntryKind.GROUP_NOUN), _armed_group),
    _Rule(
        lambda h: h.source.kind in _STATE and bool(h.words & _WITNESSES) and not h.has(*_OFFICE),
        _apart("witness", "a witness who is not named speaks for no government"),
    ),
    _Rule(
        lambda h: h.source.kind in _STATE and bool(h.words & _FORMER),
        _apart("former", "a former official may have it from the government that he served"),
    ),
    _Rule(_is_legislator, _legislators),
    _Rule(lambda h: h.source.kind in _STATE and h.source.country is not None, _government),
    _Rule(lambda h: h.source.kind is SourceKind.STATE_MEDIA and h.source.country is not None, _government),
    _Rule(_is_state_paper, _government),
    _Rule(lambda h: h.source.kind is SourceKind.GOVERNMENT and bool(_states_named(h)), _several_states),
    _Rule(
        lambda h: h.source.kind in _STATE,
        _apart("official", "an official of an unknown state may be any government's: kept apart"),
    ),
    _Rule(lambda h: h.source.kind is SourceKind.COMPANY, _by_name("company", "a company speaks for itself")),
    _Rule(lambda h: h.source.kind is SourceKind.DOCUMENT, _by_name("document", "a document says it by itself")),
    _Rule(lambda h: h.source.kind is SourceKind.EXPERT, _by_name("expert", "an expert speaks for himself")),
    _Rule(lambda h: h.source.kind is SourceKind.NGO, _by_name("organisation", "an organisation speaks for itself")),
    _Rule(lambda _: True, _outlet),
)
