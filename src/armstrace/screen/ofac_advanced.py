"""The lists of the United States Treasury (OFAC) in the advanced XML (SDN_ADVANCED.XML, CONS_ADVANCED.XML).

Everything in it is a reference to something else: kinds of names, features, places and documents. What
says which programme a party is listed under comes last.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO, Final

from armstrace.screen.days import read_day
from armstrace.screen.entries import Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.fold import is_latin
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named
from armstrace.screen.xml_records import Node, read_records

ROOT: Final = "Sanctions"
NAMESPACES: Final = frozenset(
    {
        "http://www.un.org/sanctions/1.0",
        "https://www.un.org/sanctions/1.0",
        "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/ADVANCED_XML",
    }
)
_REFERENCES: Final = frozenset(
    "AliasType FeatureType PartySubType PartyType Country List SanctionsType IDRegDocType".split()
)
_RECORDS: Final = _REFERENCES | {"DateOfIssue", "Location", "IDRegDocument", "DistinctParty", "SanctionsEntry"}
_KINDS: Final = {
    "individual": ListedKind.PERSON,
    "entity": ListedKind.ORGANISATION,
    "vessel": ListedKind.VESSEL,
    "aircraft": ListedKind.AIRCRAFT,
}
_ALIASES: Final = {"f.k.a.": NameSort.FORMER}
_PLACES: Final = frozenset({"nationality country", "citizenship country", "location", "vessel flag"})
_NUMBERS: Final = frozenset({"vessel call sign", "mmsi", "other vessel call sign"})
_BORN, _SDN = "birthdate", "sdn list"


def read_ofac_advanced(stream: BinaryIO, context: Context) -> Read:
    """Yield the entries, then what the list says of itself; the file is read to its end before the first comes.

    Raises:
        ListError: the file is cut short or no XML.
    """
    file = _File(context)
    records = read_records(stream, context.name, _RECORDS)
    next(records, None)
    for node in records:
        file.take(node)
    yield from file.entries()
    yield About(file.dated, key="us-sdn" if file.is_sdn else "us-consolidated")


class _File:
    """What has been read so far, by what refers to it."""

    def __init__(self, context: Context) -> None:
        self.dated = ""
        self._context = context
        self._words: dict[str, dict[str, str]] = {tag: {} for tag in _REFERENCES}
        self._parents: dict[str, str] = {}
        self._places: dict[str, list[str]] = {}
        self._documents: dict[str, list[Identifier]] = {}
        self._parties: list[Node] = []
        self._listings: dict[str, list[Node]] = {}

    @property
    def is_sdn(self) -> bool:
        lists = {node.attributes.get("ListID", "") for nodes in self._listings.values() for node in nodes}
        return any(self._word("List", one).lower() == _SDN for one in lists) or not lists

    def take(self, node: Node) -> None:
        identity = node.attributes.get("ID", "")
        if node.tag in _REFERENCES:
            self._words[node.tag][identity] = node.text
            if node.tag == "PartySubType":
                self._parents[identity] = node.attributes.get("PartyTypeID", "")
        elif node.tag == "DateOfIssue":
            self.dated = _day(node)
        elif node.tag == "Location":
            countries = (one.attributes.get("CountryID", "") for one in node.each("LocationCountry"))
            self._places[identity] = [self._word("Country", one) for one in countries]
        elif node.tag == "IDRegDocument":
            kind = self._word("IDRegDocType", node.attributes.get("IDRegDocTypeID", ""))
            number = identify(kind, node.get("IDRegistrationNo"), is_vessel=True)
            self._documents.setdefault(node.attributes.get("IdentityID", ""), []).append(number)
        elif node.tag == "DistinctParty":
            self._parties.append(node)
        else:
            self._listings.setdefault(node.attributes.get("ProfileID", ""), []).append(node)

    def entries(self) -> Iterable[ListedEntry | Fault]:
        for number, party in enumerate(self._parties, 1):
            profile = next(party.each("Profile"), party)
            yield finish(self._draft(party, profile), f"{self._context.name}, party {number}")

    def _draft(self, party: Node, profile: Node) -> Draft:
        features = self._features([*profile.each("Feature"), *party.each("Feature")])
        identities = list(profile.each("Identity"))
        documents = [d for one in identities for d in self._documents.get(one.attributes.get("ID", ""), ())]
        listings = self._listings.get(profile.attributes.get("ID", ""), [])
        measures = [m for one in listings for m in one.each("SanctionsMeasure")]
        days = [_day(day) for one in listings for day in one.each("EntryEvent", "Date")]
        return Draft(
            party.attributes.get("FixedRef", "") or profile.attributes.get("ID", ""),
            self._kind(profile.attributes.get("PartySubTypeID", "")),
            [name for one in identities for alias in one.each("Alias") for name in self._names(alias)],
            self._context.countries(place for kind, place in features if kind in _PLACES),
            [day for kind, day in features if kind == _BORN],
            [*documents, *(Identifier(kind, number) for kind, number in features if kind in _NUMBERS)],
            [
                m.get("Comment")
                for m in measures
                if self._word("SanctionsType", m.attributes.get("SanctionsTypeID", "")) == "Program"
            ],
            min(filter(None, days), default=""),
            party.get("Comment"),
        )

    def _kind(self, sub_type: str) -> ListedKind:
        words = (self._word("PartySubType", sub_type), self._word("PartyType", self._parents.get(sub_type, "")))
        return next((_KINDS[word.lower()] for word in words if word.lower() in _KINDS), ListedKind.UNKNOWN)

    def _names(self, alias: Node) -> list[ListedName]:
        kind = self._word("AliasType", alias.attributes.get("AliasTypeID", "")).lower()
        sort = NameSort.PRIMARY if alias.attributes.get("Primary") == "true" else _ALIASES.get(kind, NameSort.ALIAS)
        if alias.attributes.get("LowQuality") == "true":
            sort = NameSort.WEAK
        wholes = [" ".join(name.texts("DocumentedNamePart", "NamePartValue")) for name in alias.each("DocumentedName")]
        return [one for whole in wholes for one in named([whole], sort if is_latin(whole) else NameSort.ORIGINAL)]

    def _features(self, nodes: Iterable[Node]) -> list[tuple[str, str]]:
        """Return the kind and each value of the features that are read."""
        found: list[tuple[str, str]] = []
        for node in nodes:
            kind = self._word("FeatureType", node.attributes.get("FeatureTypeID", "")).lower().strip()
            for version in (node, *node.each("FeatureVersion")):
                places = (one.attributes.get("LocationID", "") for one in version.each("VersionLocation"))
                found += [(kind, place) for one in places for place in self._places.get(one, ())]
                found += [(kind, text) for text in version.texts("VersionDetail")]
                found += [(kind, _period(period)) for period in version.each("DatePeriod") if kind == _BORN]
        return found

    def _word(self, tag: str, identity: str) -> str:
        return self._words[tag].get(identity, "")


def _day(node: Node) -> str:
    parts = [node.get(part) for part in ("Year", "Month", "Day")]
    return read_day("-".join([parts[0], *(part.zfill(2) for part in parts[1:] if part)]))


def _period(node: Node) -> str:
    """Return the day of a period, or the year or years where it spans them: so the list says that it knows no day."""
    ends = [_day(one) for path in (("Start", "From"), ("End", "To")) for one in node.each(*path)]
    days = list(filter(None, ends)) or [""]
    if days[0] == days[-1]:
        return days[0]
    first, last = days[0][:4], days[-1][:4]
    return first if first == last else read_day(f"{first} to {last}")
