"""Numbers that count nothing: calibres, distances, shares, ages, durations, designations, articles of law."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from armstrace.text.numerals import FLAGS, GAP, LEFT, RIGHT, Numeral, read_numeral

if TYPE_CHECKING:
    from collections.abc import Iterable

LOOK_BACK = 64

MEASURES = (
    # length, area, volume
    *(
        "mm",
        "cm",
        "m",
        "km",
        "kms",
        "nm",
        "nmi",
        "ft",
        "inch",
        "inches",
        "yds?",
        "mi",
        "meters?",
        "metres?",
        "feet",
    ),
    *(
        "kilometers?",
        "kilometres?",
        "miles?",
        "foot",
        "yards?",
        "millimeters?",
        "millimetres?",
        "centimeters?",
    ),
    *("centimetres?", "fathoms?", "nautical", "square", "cubic", "sq", "statute", "hectares?", "acres?"),
    # weight, content, force; tons are left out because arms are counted in them
    *(
        "kg",
        "kgs",
        "kilos?",
        "kilograms?",
        "kilogrammes?",
        "grams?",
        "grammes?",
        "lbs?",
        "pounds?",
        "ounces?",
        "oz",
    ),
    *(
        "kilotons?",
        "megatons?",
        "kt",
        "dwt",
        "gallons?",
        "litres?",
        "liters?",
        "bbl",
        "horsepower",
        "hp",
        "pounds-force",
    ),
    # shares and rates
    *(
        "percent",
        "per{GAP}cent",
        "per-cent",
        "pct",
        "percentage",
        "degrees?",
        "kph",
        "km/h",
        "kmh",
        "mph",
        "knots?",
    ),
    *("kts?", "mhz", "ghz", "khz", "hz", "kw", "mw", "gw", "megawatts?", "kilowatts?", "watts?", "volts?"),
    *(
        "calibers?",
        "calibres?",
        "cal",
        "times",
        "fold",
        "decibels?",
        "megabytes?",
        "gigabytes?",
        "megahertz",
        "gigahertz",
    ),
    # time
    *(
        "seconds?",
        "minutes?",
        "mins?",
        "hours?",
        "hrs?",
        "days?",
        "weeks?",
        "fortnights?",
        "months?",
        "years?",
        "yrs?",
    ),
    *(
        "decades?",
        "centuries",
        "century",
        "nights",
        r"a\.?m",
        r"p\.?m",
        "gmt",
        "utc",
        "o['’]clock",
        "est",
        "edt",
    ),
    *("weekends?", "quarters?", "generations?", "consecutive", "straight", "successive"),
    # fractions; the last is an address
    *("thirds?", "fifths?", "sixths?", "eighths?", "tenths?", "halves", "downing"),
)
REFERENCES = (
    *(
        "resolutions?",
        "articles?",
        "art",
        "no",
        "nos",
        "numbers?",
        "sections?",
        "chapters?",
        "paragraphs?",
        "paras?",
    ),
    *(
        "annex(?:es)?",
        "appendix",
        "pages?",
        "pp?",
        "figures?",
        "tables?",
        "title",
        "clauses?",
        "rules?",
        "orders?",
    ),
    *(
        "decisions?",
        "decrees?",
        "directives?",
        "regulations?",
        "laws?",
        "bills?",
        "volumes?",
        "vol",
        "issues?",
        "aged?",
    ),
    *(
        "ages",
        "mach",
        "highways?",
        "routes?",
        "interstate",
        "gates?",
        "rooms?",
        "phase",
        "stage",
        "step",
        "level",
    ),
    *(
        "category",
        "tier",
        "grade",
        "day",
        "type",
        "mark",
        "mk",
        "mod",
        "model",
        "series",
        "tranche",
        "flight",
        "version",
    ),
    *(
        "increments?",
        "lots?",
        "items?",
        "case",
        "exhibit",
        "channel",
        "psalms?",
        "verse",
        "apollo",
        "formula",
        "protocol",
    ),
)
"""Words that a number after them names; a full stop may follow ("No. 5")."""

SERIES = (
    # makers and models that are followed by a bare number; they must be capitalised
    *(
        "Boeing",
        "Airbus",
        "Embraer",
        "Saab",
        "Dornier",
        "Bell",
        "Sikorsky",
        "Agusta",
        "Antonov",
        "Ilyushin",
        "Tupolev",
    ),
    *(
        "Sukhoi",
        "Mikoyan",
        "Cessna",
        "Dash",
        "Beechcraft",
        "Air",
        "Lockheed",
        "Gulfstream",
        "Fokker",
        "Pilatus",
        "Casa",
    ),
    *(
        "Leopard",
        "Challenger",
        "Merkava",
        "Chieftain",
        "Centurion",
        "Vickers",
        "Arjun",
        "Patton",
        "Abrams",
        "Leclerc",
    ),
    *(
        "Mirage",
        "Hawk",
        "Falcon",
        "Tornado",
        "Typhoon",
        "Jaguar",
        "Alpha",
        "Puma",
        "Phantom",
        "Hercules",
        "Panther",
    ),
    *(
        "Block",
        "Batch",
        "Class",
        "Project",
        "Scud",
        "Shahab",
        "Fajr",
        "Fateh",
        "Zelzal",
        "Shahed",
        "Mohajer",
        "Nodong",
    ),
    *(
        "Taepodong",
        "Hwasong",
        "Pukguksong",
        "Agni",
        "Prithvi",
        "Ghauri",
        "Shaheen",
        "Nasr",
        "Badr",
        "Burkan",
        "Qiam",
    ),
    *(
        "Khordad",
        "Sayyad",
        "Raad",
        "Arrow",
        "Bavar",
        "Strela",
        "Igla",
        "Spike",
        "Milan",
        "Hellfire",
        "Jericho",
        "Karrar",
    ),
    *(
        "Group",
        "Unit",
        "Bureau",
        "Office",
        "Force",
        "Radio",
        "Fox",
        "Area",
        "Camp",
        "Station",
        "Pier",
        "Hangar",
    ),
    *(
        "Ural",
        "Zil",
        "Kamaz",
        "Tatra",
        "Unimog",
        "Sparrow",
        "Standard",
        "Super",
        "Python",
        "Derby",
        "Barak",
        "Griffon",
    ),
)
SYMBOLS = (
    *(
        "AK",
        "SA",
        "SS",
        "SAM",
        "MiG",
        "MIG",
        "Mig",
        "Su",
        "SU",
        "Mi",
        "MI",
        "Tu",
        "TU",
        "Il",
        "IL",
        "Ka",
        "KA",
        "An",
    ),
    *(
        "AN",
        "Yak",
        "Be",
        "Bo",
        "Kh",
        "KH",
        "KC",
        "CH",
        "UH",
        "AH",
        "MH",
        "SH",
        "HH",
        "MQ",
        "RQ",
        "AIM",
        "AGM",
        "BGM",
    ),
    *(
        "FIM",
        "FGM",
        "MIM",
        "RIM",
        "BM",
        "BMP",
        "BTR",
        "BRDM",
        "BMD",
        "ZSU",
        "ZU",
        "RPG",
        "PG",
        "RPK",
        "SPG",
        "HQ",
        "HJ",
    ),
    *(
        "JF",
        "FC",
        "DF",
        "CJ",
        "YJ",
        "HY",
        "QW",
        "FN",
        "KN",
        "TB",
        "GBU",
        "CBU",
        "AT",
        "SM",
        "PAC",
        "KS",
        "CZ",
        "MB",
    ),
    *(
        "B",
        "C",
        "D",
        "E",
        "F",
        "G",
        "H",
        "J",
        "K",
        "L",
        "M",
        "N",
        "P",
        "Q",
        "R",
        "S",
        "T",
        "U",
        "V",
        "W",
        "X",
        "Y",
        "Z",
    ),
)
COMPOUND_ITEMS = (
    *(
        "aircraft",
        "plane",
        "jet",
        "fighter",
        "helicopter",
        "chopper",
        "tank",
        "ship",
        "vessel",
        "submarine",
        "frigate",
    ),
    *("corvette", "vehicle", "drone", "boat"),
)
DEALS = (
    *(
        "order",
        "deal",
        "contract",
        "fleet",
        "sale",
        "package",
        "buy",
        "purchase",
        "tender",
        "programme",
        "program",
    ),
    *(
        "batch",
        "shipment",
        "delivery",
        "requirement",
        "acquisition",
        "procurement",
        "competition",
        "agreement",
    ),
)
YEAR_LIKE_COUNTS = (
    *(
        "rifles",
        "missiles",
        "rockets",
        "shells",
        "rounds",
        "tanks",
        "vehicles",
        "planes",
        "jets",
        "helicopters",
    ),
    *(
        "drones",
        "guns",
        "mortars",
        "howitzers",
        "grenades",
        "mines",
        "bombs",
        "launchers",
        "pistols",
        "cartridges",
    ),
    *(
        "warheads",
        "torpedoes",
        "ships",
        "boats",
        "tonnes",
        "tons",
        "containers",
        "crates",
        "troops",
        "soldiers",
        "men",
    ),
    *(
        "people",
        "uavs",
        "trucks",
        "kalashnikovs",
        "carbines",
        "machine-guns",
        "bullets",
        "detonators",
        "warplanes",
    ),
)
"""Plurals that make even a number such as 2014 a count ("2014 rifles"), within three words after it."""


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)).replace("{GAP}", GAP) + ")"


_STUCK = re.compile(
    r"(?u:\w)|[-–](?u:\w)|['’][a-z]|[ \u00a0\u2009\u202f]?(?:%|‰|°|″|′|[x×][ ]?[0-9])|[:/+.,][0-9]|[½¼¾]"
    rf"|(?:,?{GAP})?(?:away|wide|tall|deep|apart){RIGHT}",
    FLAGS,
)
_MEASURED = re.compile(
    rf"{GAP}(?:(?:more|full|long|other|additional|further|whole|and{GAP}a{GAP}half|of{GAP}the|of{GAP}its){GAP})?"
    rf"{_any(MEASURES)}{RIGHT}(?!-[a-z0-9])",  # "eight Mi-17s" are no miles, "two second-hand frigates" no seconds
    FLAGS,
)
_ORDER_SIZE = re.compile(
    rf"-{_any(COMPOUND_ITEMS)}(?:{GAP}[a-z-]{{1,20}})?{GAP}{_any(DEALS)}s?{RIGHT}", FLAGS
)
_LISTED = re.compile(rf"(?:,{GAP}|,?{GAP}(?:and|or|by){GAP}|[-–](?=[0-9]))", FLAGS)
_REFERENCE = re.compile(
    rf"{LEFT}{_any(REFERENCES)}(?:\.|\.?{GAP})(?:[0-9]{{1,5}}(?:[ ]\([0-9]{{4}}\))?(?:,{GAP}(?:and{GAP})?|{GAP}(?:and|or|to){GAP}|[-–])){{0,4}}\Z",
    FLAGS,
)
_SERIES = re.compile(rf"{LEFT}(?:{'|'.join((*SERIES, *SYMBOLS))}){GAP}\Z", re.ASCII)
_AGE = re.compile(r"(?u:[^\W\d_][\w'’.-]*), \Z", re.ASCII)
_LIST_MARK = re.compile(r"(?:\A|[\n;:,.]|(?:and|or)[ ])[ \t]{0,8}\(\Z", FLAGS)
_LINE_START = re.compile(r"(?:\A|\n)[ \t]{0,8}\Z", FLAGS)
_COUNTED = re.compile(rf"(?:{GAP}[a-z0-9-]{{1,24}}){{0,2}}{GAP}{_any(YEAR_LIKE_COUNTS)}{RIGHT}", FLAGS)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def is_part_of_word(text: str, numeral: Numeral) -> bool:
    """Tell whether the number runs on into a word, a sign or another number: "155mm", "24-year-old", "5 %"."""
    end = numeral.span.end
    return _STUCK.match(text, end) is not None and _ORDER_SIZE.match(text, end) is None


def is_measured(text: str, numeral: Numeral, depth: int = 3) -> bool:
    """Tell whether a measure follows the number, or a list of numbers that ends in one ("10, 20 and 30 km")."""
    end = numeral.span.end
    if _MEASURED.match(text, end):
        return True
    listed = _LISTED.match(text, end) if depth else None
    following = read_numeral(text, listed.end()) if listed else None
    return following is not None and is_measured(text, following, depth - 1)


def is_reference(text: str, numeral: Numeral) -> bool:
    """Tell whether what stands before names the number: "Resolution 1718", "Type 054", "MiG 29", "aged 24"."""
    start, end = numeral.span
    before = text[max(start - LOOK_BACK, 0) : start]
    if before.endswith("[") or _REFERENCE.search(before) or _SERIES.search(before):
        return True
    if _LIST_MARK.search(before) and text.startswith(")", end):
        return True
    if _LINE_START.search(before) and text[end : end + 2] in {". ", ") ", ".\t", ")\t"}:
        return True
    return end - start == len("24") and _AGE.search(before) is not None and text.startswith((",", "."), end)


def is_year(text: str, numeral: Numeral) -> bool:
    """Tell whether a number looks like a year and no plural of arms or people after it says otherwise."""
    start, end = numeral.span
    return _YEAR.fullmatch(text, start, end) is not None and not counts_things(text, end)


def counts_things(text: str, end: int) -> bool:
    """Tell whether a plural of arms or people follows within three words."""
    return _COUNTED.match(text, end) is not None
