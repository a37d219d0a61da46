"""Leaders: the file's schema, and names and surnames that must tell their country."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pytest

from armstrace.lexicon.entries import Entry, Names
from armstrace.lexicon.match import Matcher
from armstrace.lexicon.parties import NO_STATE, leader_names
from armstrace.lexicon.schema import LexiconFiles, packaged_data

FILES = LexiconFiles(packaged_data())
ROWS = FILES.read("leaders.yml")
KEYS = {"name", "aliases", "country", "office", "branch"}
BRANCHES = {"executive", "legislature", "military", "intelligence", "body"}

# Surnames that are everyday words or so common that they tell nobody.
NO_ALIAS = {
    "Ali", "Antonov", "Aziz", "Baker", "Barak", "Begin", "Bennett", "Brown", "Butler", "Casey",
    "Christopher", "Clark", "Cohen", "Conte", "Cook", "Cooper", "Costa", "Cotton", "Davis", "Deng", "Fox",
    "Gallant", "Garcia", "Gates", "Gonzalez", "Graham", "Hadi", "Hammond", "Harris", "Howard", "Howe",
    "Hunt", "Hussein", "Ivanov", "Johnson", "Katz", "Khan", "Kim", "King", "Lake", "Lee", "Levy", "Li",
    "Little", "Lloyd", "Major", "Martin", "May", "Michel", "Miller", "Moore", "Mousavi", "Myers",
    "Nasser", "Pace", "Park", "Patriot", "Paul", "Pavel", "Perez", "Power", "Price", "Pym", "Reed",
    "Reid", "Rice", "Richard", "Rodriguez", "Ross", "Saleh", "Salam", "Salami", "Salman", "Sanchez",
    "Sanders", "Sharif", "Sharon", "Shelton", "Silva", "Singh", "Smith", "Straw", "Sudani", "Sullivan",
    "Taylor", "Turner", "Wang", "Warner", "Warren", "Webster", "Williams", "Wilson", "Wright", "Young",
    "Younger", "Yilmaz", "Zia",
}  # fmt: skip

SAMPLES = [
    # --- 1980s
    ("Reagan", "US"), ("Caspar W. Weinberger", "US"), ("Shultz", "US"), ("McFarlane", "US"),
    ("Poindexter", "US"), ("Oliver L. North", "US"), ("Haig", "US"), ("Solarz", "US"), ("Brezhnev", "RU"),
    ("Andropov", "RU"), ("Gorbachev", "RU"), ("Gromyko", "RU"), ("Dmitri T. Yazov", "RU"),
    ("Mrs. Thatcher", "GB"), ("Heseltine", "GB"), ("Mitterrand", "FR"), ("Hernu", "FR"),
    ("Genscher", "DE"), ("Honecker", "DE"), ("Jaruzelski", "PL"), ("Ceausescu", "RO"), ("Khomeini", "IR"),
    ("Rafsanjani", "IR"), ("Bani-Sadr", "IR"), ("Saddam", "IQ"), ("Tariq Aziz", "IQ"),
    ("Hafez al-Assad", "SY"), ("Qaddafi", "LY"), ("Khadafy", "LY"), ("Kadhafi", "LY"), ("Mubarak", "EG"),
    ("Abu Ghazala", "EG"), ("Shamir", "IL"), ("Rabin", "IL"), ("Zia ul-Haq", "PK"),
    ("Rajiv Gandhi", "IN"), ("Deng Xiaoping", "CN"), ("Kim Il Sung", "KP"), ("Chun Doo Hwan", "KR"),
    ("Nakasone", "JP"), ("Mengistu", "ET"), ("Siad Barre", "SO"), ("Mobutu", "CD"), ("Botha", "ZA"),
    ("Habre", "TD"), ("Ortega", "NI"), ("Castro", "CU"), ("Noriega", "PA"), ("Pinochet", "CL"),
    ("Galtieri", "AR"), ("Hun Sen", "KH"),
    # --- 1990s
    ("Clinton", "US"), ("Helms", "US"), ("Yeltsin", "RU"), ("Grachev", "RU"), ("Primakov", "RU"),
    ("Kuchma", "UA"), ("Milošević", "RS"), ("Karadzic", "BA"), ("Izetbegovic", "BA"), ("Tudjman", "HR"),
    ("Lee Teng-hui", "TW"), ("Nawaz Sharif", "PK"), ("Vajpayee", "IN"), ("Suharto", "ID"),
    ("Abacha", "NG"), ("Aidid", "SO"), ("Fujimori", "PE"), ("Menem", "AR"), ("Blix", "ZZ"),
    ("Boutros-Ghali", "ZZ"), ("Solana", "EU"), ("Khaddam", "SY"),
    # --- 2000s
    ("Rumsfeld", "US"), ("Condoleezza Rice", "US"), ("Blair", "GB"), ("Musharraf", "PK"),
    ("Karzai", "AF"), ("Ahmadinejad", "IR"), ("Chávez", "VE"), ("Omar al-Bashir", "SD"), ("Mugabe", "ZW"),
    ("Olmert", "IL"), ("Siniora", "LB"), ("Annan", "ZZ"), ("Kim Jong-il", "KP"), ("Thaksin", "TH"),
    ("Saakashvili", "GE"),
    # --- 2010s and 2020s
    ("Obama", "US"), ("Trump", "US"), ("Hegseth", "US"), ("Menendez", "US"), ("Lavrov", "RU"),
    ("Shoigu", "RU"), ("Zelenskiy", "UA"), ("Zelensky", "UA"), ("Zaluzhny", "UA"), ("Pistorius", "DE"),
    ("Le Drian", "FR"), ("Erdoğan", "TR"), ("al-Sisi", "EG"), ("MBS", "SA"), ("MBZ", "AE"),
    ("Sheikh Tamim", "QA"), ("Hifter", "LY"), ("Dbeibah", "LY"), ("al-Assad", "SY"), ("al-Sharaa", "SY"),
    ("Mansour Hadi", "YE"), ("Hemedti", "SD"), ("Burhan", "SD"), ("Abiy", "ET"), ("Kagame", "RW"),
    ("Min Aung Hlaing", "MM"), ("Prabowo", "ID"), ("Maduro", "VE"), ("Tsai Ing-wen", "TW"), ("Xi", "CN"),
    ("Kim Jong Un", "KP"), ("Yoon Suk Yeol", "KR"), ("Vucic", "RS"), ("Jonas Gahr Støre", "NO"),
    ("von der Leyen", "EU"), ("Stoltenberg", "ZZ"), ("Guterres", "ZZ"),
]  # fmt: skip

# The longer name must win over the surname of somebody in another country.
SHIELDED = [
    ("Canadian minister Bill Blair pledged rifles.", {"CA"}),
    ("Joaquin Castro asked for a halt.", {"US"}),
    ("Honduran president Xiomara Castro spoke.", {"HN"}),
    ("Riyad al-Maliki protested.", {"PS"}),
    ("Hina Rabbani Khar denied it.", {"PK"}),
    ("Burhan Ghalioun asked for missiles.", {"SY"}),
    ("Estonian Prime Minister Kaja Kallas sent howitzers.", {"EE"}),
    ("President Eduard Shevardnadze met Soviet Foreign Minister Eduard Shevardnadze's heirs.", {"GE", "RU"}),
    ("Emily Thornberry called for a ban.", {"GB"}),
    ("Blairite Bushes; Assadist, Putinism and Sisist are no names here.", set()),
]


def _by_name() -> dict[str, tuple[Entry, ...]]:
    found: dict[str, tuple[Entry, ...]] = {}
    for name, entry in leader_names(FILES):
        found[name] = (*found.get(name, ()), entry)
    return found


BY_NAME = _by_name()
MATCHER = Matcher(Names(BY_NAME, {}))


def _problems(row: dict[str, object]) -> list[str]:
    aliases = row.get("aliases", [])
    if set(row) | {"aliases"} != KEYS or not isinstance(aliases, list):
        return ["keys"]
    texts = [row["name"], row["country"], row["office"], *aliases]
    checks = {
        "a text is empty, has stray spaces or is no text": all(
            isinstance(text, str) and text and text == " ".join(text.split()) for text in texts
        ),
        "branch": row["branch"] in BRANCHES,
        "country": re.fullmatch(r"[A-Z]{2}", str(row["country"])) is not None,
        "office is not in lower case": row["office"] == str(row["office"]).lower(),
        "a name comes twice": len({row["name"], *aliases}) == len(aliases) + 1,
    }
    return [problem for problem, well in checks.items() if not well]


def test_rows_follow_the_schema():
    assert len(ROWS) > 400
    assert [(row.get("name"), problem) for row in ROWS for problem in _problems(row)] == []


@pytest.mark.parametrize(
    "changed",
    [
        {"country": "no"},
        {"country": False},
        {"branch": "army"},
        {"office": "Prime Minister"},
        {"aliases": ["Ada  Example"]},
        {"aliases": [True]},
        {"aliases": ["Ada Example"]},
        {"party": "none"},
    ],
)
def test_schema_check_finds_a_broken_row(changed: dict[str, object]):
    row = {"name": "Ada Example", "aliases": [], "country": "NO", "office": "minister", "branch": "executive"}
    assert _problems(row) == []
    assert _problems({**row, **changed})


def test_rows_are_sorted_and_no_name_comes_twice():
    keys = [(row["country"], row["name"]) for row in ROWS]
    assert keys == sorted(keys)
    assert [name for name, count in Counter(row["name"] for row in ROWS).items() if count > 1] == []


def test_no_name_belongs_to_two_countries():
    countries: defaultdict[str, set[str | None]] = defaultdict(set)
    for name, entries in BY_NAME.items():
        countries[name.casefold()].update(entry.country for entry in entries)
    assert {name: found for name, found in countries.items() if len(found) > 1} == {}


def test_no_alias_is_an_everyday_surname():
    assert sorted(NO_ALIAS & set(BY_NAME)) == []


def test_no_name_is_the_name_of_a_country():
    taken = {name for row in FILES.read("countries.yml") for name in row["names"]}
    assert sorted(taken & set(BY_NAME)) == []


@pytest.mark.parametrize(("name", "country"), SAMPLES)
def test_sample_tells_its_country(name: str, country: str):
    assert {entry.country for entry in BY_NAME.get(name, ())} == {None if country == NO_STATE else country}


@pytest.mark.parametrize(("text", "countries"), SHIELDED)
def test_longest_name_tells_the_country(text: str, countries: set[str]):
    hits = MATCHER.find(text)
    assert {entry.country for hit in hits for entry in hit.entries} == countries
