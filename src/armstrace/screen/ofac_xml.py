"""The lists of the United States Treasury (OFAC) in the older XML (SDN.XML, CONSOLIDATED.XML)."""

from __future__ import annotations

from typing import BinaryIO, Final

from armstrace.screen.days import read_american_day, read_day
from armstrace.screen.entries import Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.ofac_csv import ALIAS_SORTS, KINDS, is_not_sdn
from armstrace.screen.reading import About, Context, Draft, Read, finish, identify, named
from armstrace.screen.xml_records import Node, read_records

ROOT: Final = "sdnList"
NAMESPACES: Final = frozenset(
    {
        "http://tempuri.org/sdnList.xsd",
        "https://sanctionslistservice.ofac.treas.gov/api/PublicationPreview/exports/XML",
    }
)
_PUBLISHED, _ENTRY = "publshInformation", "sdnEntry"  # the file's own spelling


def read_ofac_xml(stream: BinaryIO, context: Context) -> Read:
    """Yield the entries, then what the list says of itself.

    Raises:
        ListError: the file is cut short or no XML.
    """
    records = read_records(stream, context.name, frozenset({_PUBLISHED, _ENTRY}))
    next(records, None)
    about = About(key="us-sdn")
    for number, node in enumerate(records):
        if node.tag == _PUBLISHED:
            total = node.get("Record_Count")
            about = about._replace(
                dated=read_american_day(node.get("Publish_Date")), total=int(total) if total.isdecimal() else None
            )
            continue
        if is_not_sdn(node.texts("programList", "program")):
            about = about._replace(key="us-consolidated")
        yield _entry(node, context, number)
    yield about


def _entry(node: Node, context: Context, number: int) -> ListedEntry | Fault:
    kind = KINDS.get(node.get("sdnType").lower(), ListedKind.UNKNOWN)
    countries = [
        *node.texts("nationalityList", "nationality", "country"),
        *node.texts("citizenshipList", "citizenship", "country"),
        *node.texts("addressList", "address", "country"),
        *node.texts("vesselInfo", "vesselFlag"),
    ]
    draft = Draft(
        node.get("uid"),
        kind,
        _names(node),
        context.countries(countries),
        [read_day(day) for day in node.texts("dateOfBirthList", "dateOfBirthItem", "dateOfBirth")],
        _numbers(node, is_vessel=kind is ListedKind.VESSEL),
        node.texts("programList", "program"),
        "",
        node.get("remarks"),
    )
    return finish(draft, f"{context.name}, record {number}")


def _names(node: Node) -> list[ListedName]:
    names = named([_whole(node)], NameSort.PRIMARY)
    for alias in node.each("akaList", "aka"):
        sort = ALIAS_SORTS.get(alias.get("type").replace(".", "").lower(), NameSort.ALIAS)
        names += named([_whole(alias)], NameSort.WEAK if alias.get("category").lower() == "weak" else sort)
    return names


def _whole(node: Node) -> str:
    return ", ".join(filter(None, (node.get("lastName"), node.get("firstName"))))


def _numbers(node: Node, *, is_vessel: bool) -> list[Identifier]:
    numbers = [
        identify(one.get("idType"), one.get("idNumber"), is_vessel=is_vessel) for one in node.each("idList", "id")
    ]
    return [*(Identifier("call sign", sign) for sign in node.texts("vesselInfo", "callSign")), *numbers]
