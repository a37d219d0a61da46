"""Small lists in the shapes in which their publishers offer them; every entry is invented.

Each list holds the same: a person of two spellings, born in 1961, with a name in Cyrillic and, where the list tells
them, a weak alias; a firm; and, where the list knows ships, a vessel with an IMO number.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

_FOLDER = Path(__file__).parent / "lists"


def read(name):
    return (_FOLDER / name).read_bytes().decode()


UN_XML = read("un.xml")
EU_XML = read("eu.xml")
EU_CSV = read("eu.csv")
SDN_CSV = read("ofac_sdn.csv")
ALT_CSV = read("ofac_alt.csv")
ADD_CSV = read("ofac_add.csv")
SDN_XML = read("ofac_sdn.xml")
SDN_ADVANCED = read("ofac_advanced.xml")
UK_XML = read("uk.xml")
UK_CSV = read("uk.csv")
OFSI_XML = read("ofsi.xml")
OFSI_CSV = read("ofsi.csv")
FTM = read("entities.ftm.json")
TARGETS_CSV = read("targets.simple.csv")


class Sample(NamedTuple):
    """A list as files, and what must be read of it: its key, its date, and whether it has the vessel."""

    files: dict[str, str]
    key: str
    dated: str
    has_vessel: bool = True
    has_weak_alias: bool = True


SAMPLES = {
    "UN XML": Sample({"a.bin": UN_XML}, "un", "2026-03-02", has_vessel=False),
    "EU XML": Sample({"a.bin": EU_XML}, "eu", "2026-03-03", has_vessel=False),
    "EU CSV": Sample({"a.bin": EU_CSV}, "eu", "2026-03-03", has_vessel=False, has_weak_alias=False),
    "OFAC CSV": Sample({"c.bin": ADD_CSV, "a.bin": SDN_CSV, "b.bin": ALT_CSV}, "us-sdn", ""),
    "OFAC XML": Sample({"a.bin": SDN_XML}, "us-sdn", "2026-03-04"),
    "OFAC advanced XML": Sample({"a.bin": SDN_ADVANCED}, "us-sdn", "2026-03-04"),
    "UK XML": Sample({"a.bin": UK_XML}, "uk", "2026-03-05"),
    "UK CSV": Sample({"a.bin": UK_CSV}, "uk", "2026-03-05"),
    "OFSI XML": Sample({"a.bin": OFSI_XML}, "uk-ofsi", "2026-01-20"),
    "OFSI CSV": Sample({"a.bin": OFSI_CSV}, "uk-ofsi", "2026-01-20", has_vessel=False),
    "FollowTheMoney": Sample({"a.bin": FTM}, "opensanctions:nv_norvik_list", ""),
    "targets.simple.csv": Sample({"a.bin": TARGETS_CSV}, "opensanctions:Norvik List", "", has_weak_alias=False),
}
