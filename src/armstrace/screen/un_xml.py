"""The United Nations Security Council Consolidated List, XML."""

from __future__ import annotations

from typing import BinaryIO, Final

from armstrace.screen.days import read_day
from armstrace.screen.entries import Fault, Identifier, ListedEntry, ListedKind, ListedName, NameSort
from armstrace.screen.reading import About, Context, Draft, Read, finish, named
from armstrace.screen.xml_records import Node, read_records

ROOT: Final = "CONSOLIDATED_LIST"
_KINDS: Final = {"INDIVIDUAL": ListedKind.PERSON, "ENTITY": ListedKind.ORGANISATION}
_QUALITIES: Final = {"low": NameSort.WEAK, "f.k.a.": NameSort.FORMER}
_NAME_PARTS: Final = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")


def read_un(stream: BinaryIO, context: Context) -> Read:
    """Yield what the list says of itself, then its entries; a record without name or number is a Fault.

    Raises:
        ListError: the file is cut short or no XML.
    """
    records = read_records(stream, context.name, frozenset(_KINDS))
    root = next(records, None)
    if root:
        yield About(dated=read_day(root.attributes.get("dateGenerated", "")), key="un")
    for number, node in enumerate(records, 1):
        yield _entry(node, context, number)


def _entry(node: Node, context: Context, number: int) -> ListedEntry | Fault:
    draft = Draft(
        node.get("REFERENCE_NUMBER") or node.get("DATAID"),
        _KINDS[node.tag],
        _names(node),
        context.countries([*node.texts("NATIONALITY", "VALUE"), *node.texts(f"{node.tag}_ADDRESS", "COUNTRY")]),
        [_birth(birth) for birth in node.each("INDIVIDUAL_DATE_OF_BIRTH")],
        [_document(document) for document in node.each("INDIVIDUAL_DOCUMENT")],
        node.texts("UN_LIST_TYPE"),
        read_day(node.get("LISTED_ON")),
        node.get("COMMENTS1"),
    )
    return finish(draft, f"{context.name}, record {number}")


def _names(node: Node) -> list[ListedName]:
    whole = " ".join(filter(None, (node.get(part) for part in _NAME_PARTS)))
    names = named([whole], NameSort.PRIMARY)
    for alias in node.each(f"{node.tag}_ALIAS"):
        names += named([alias.get("ALIAS_NAME")], _QUALITIES.get(alias.get("QUALITY").lower(), NameSort.ALIAS))
    return names + named(node.texts("NAME_ORIGINAL_SCRIPT"), NameSort.ORIGINAL)


def _birth(node: Node) -> str:
    if node.get("FROM_YEAR"):
        return read_day(f"{node.get('FROM_YEAR')} to {node.get('TO_YEAR') or node.get('FROM_YEAR')}")
    return read_day(node.get("DATE") or node.get("YEAR"))


def _document(node: Node) -> Identifier:
    return Identifier(node.get("TYPE_OF_DOCUMENT") or "document", node.get("NUMBER"))
