"""Which lists there are, and where their publishers offer them."""

from __future__ import annotations

from typing import Final, NamedTuple

from armstrace.screen.ftm import KEY as OPENSANCTIONS


class ListKind(NamedTuple):
    """A list: its key, its title, the official address, and which of the files offered there to take."""

    key: str
    title: str
    address: str
    files: str


LIST_KINDS: Final = (
    ListKind(
        "un",
        "United Nations Security Council Consolidated List",
        "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list",
        "the XML",
    ),
    ListKind(
        "eu",
        "European Union consolidated list of financial sanctions",
        "https://data.europa.eu/data/datasets/consolidated-list-of-persons-groups-and-entities-subject-to-eu-financial-sanctions",
        "XML or CSV, version 1.1",
    ),
    ListKind(
        "us-sdn",
        "United States Treasury, Specially Designated Nationals",
        "https://sanctionslist.ofac.treas.gov/Home/SdnList",
        "SDN.XML, SDN_ADVANCED.XML, or SDN.CSV with ALT.CSV and ADD.CSV",
    ),
    ListKind(
        "us-consolidated",
        "United States Treasury, consolidated list beside the SDN list",
        "https://sanctionslist.ofac.treas.gov/Home/ConsolidatedList",
        "CONSOLIDATED.XML, CONS_ADVANCED.XML, or CONS_PRIM.CSV with CONS_ALT.CSV and CONS_ADD.CSV",
    ),
    ListKind(
        "uk",
        "UK Sanctions List",
        "https://www.gov.uk/government/publications/the-uk-sanctions-list",
        "XML or CSV",
    ),
    ListKind(
        "uk-ofsi",
        "UK consolidated list of asset freeze targets (ended on 28 January 2026)",
        "https://www.gov.uk/government/publications/financial-sanctions-consolidated-list-of-targets",
        "the last ConList.xml or ConList.csv, for looking back",
    ),
    ListKind(
        OPENSANCTIONS,
        "OpenSanctions",
        "https://www.opensanctions.org/datasets/",
        "entities.ftm.json or targets.simple.csv; mind its licence",
    ),
)
OFFICIAL: Final = ("un", "eu", "us-sdn", "us-consolidated", "uk")


def list_title(key: str) -> str:
    """Return the title of a list; a data set of OpenSanctions is named after it."""
    base, _, dataset = key.partition(":")
    title = next((kind.title for kind in LIST_KINDS if kind.key == base), base)
    return f"{title}: {dataset}" if dataset else title


def is_list_key(key: str) -> bool:
    """Tell whether a list may go by a key: one of the table, or "opensanctions:" and a name."""
    base, separator, dataset = key.partition(":")
    known = base in {kind.key for kind in LIST_KINDS}
    return known and (not separator or (base == OPENSANCTIONS and bool(dataset.strip())))
