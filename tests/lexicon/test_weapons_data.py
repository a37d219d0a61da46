"""Weapons and firms: the files' schema, and phrases that must tell category and maker, traps included."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from armstrace.lexicon.designations import read_designations
from armstrace.lexicon.entries import Entry, EntryKind, Names
from armstrace.lexicon.match import Matcher
from armstrace.lexicon.parties import company_names
from armstrace.lexicon.schema import LexiconFiles, packaged_data
from armstrace.lexicon.weapons import weapon_nouns, weapon_types
from armstrace.model import Category

FILES = LexiconFiles(packaged_data())
KINDS = FILES.read("weapon_kinds.yml")
TYPES = FILES.read("weapon_types.yml")["types"]
PATTERNS = FILES.read("weapon_patterns.yml")
COMPANIES = FILES.read("companies.yml")["companies"]
WORD_LISTS = ("wmd", "not_arms")
TYPE_KEYS = {"name", "names", "category", "maker", "company", "un_register", "ml", "bare"}
UN_REGISTER = {"I", "II", "III", "IV", "V", "VI", "VII", "VII(b)", "SALW"}

# Words of the press -> category: what a noun phrase names, longest name first.
NOUNS = [
    ("artillery shells", "ammunition"), ("shells", "ammunition"), ("mortar rounds", "ammunition"),
    ("tank shells", "ammunition"), ("155-mm shells", "ammunition"), ("cluster munitions", "ammunition"),
    ("rounds of ammunition", "ammunition"), ("bullets", "ammunition"), ("tear gas", "ammunition"),
    ("explosives", "ammunition"), ("howitzers", "artillery"), ("self-propelled guns", "artillery"),
    ("multiple rocket launchers", "artillery"), ("multiple-launch rocket systems", "artillery"),
    ("mortars", "artillery"), ("artillery pieces", "artillery"), ("cruise missiles", "missiles"),
    ("anti-ship missiles", "missiles"), ("anti-tank missiles", "missiles"),
    ("antitank weapons", "missiles"), ("shoulder-fired missiles", "missiles"), ("manpads", "missiles"),
    ("air-to-air missiles", "missiles"), ("ballistic missiles", "missiles"), ("torpedoes", "missiles"),
    ("rockets", "rockets"), ("artillery rockets", "rockets"), ("drones", "drones"),
    ("kamikaze drones", "drones"), ("unmanned aerial vehicles", "drones"),
    ("loitering munitions", "drones"), ("fighter jets", "aircraft"), ("warplanes", "aircraft"),
    ("combat aircraft", "aircraft"), ("jet trainers", "aircraft"), ("bombers", "aircraft"),
    ("transport planes", "aircraft"), ("attack helicopters", "helicopters"),
    ("helicopter gunships", "helicopters"), ("battle tanks", "tanks"), ("tanks", "tanks"),
    ("armored personnel carriers", "armoured-vehicles"),
    ("armoured personnel carriers", "armoured-vehicles"),
    ("infantry fighting vehicles", "armoured-vehicles"), ("armoured cars", "armoured-vehicles"),
    ("mine-resistant vehicles", "armoured-vehicles"), ("air defence systems", "air-defence"),
    ("air-defense batteries", "air-defence"), ("surface-to-air missiles", "air-defence"),
    ("anti-aircraft missiles", "air-defence"), ("antiaircraft guns", "air-defence"),
    ("missile defense system", "air-defence"), ("interceptors", "air-defence"), ("frigates", "ships"),
    ("submarines", "ships"), ("patrol boats", "ships"), ("warships", "ships"), ("corvettes", "ships"),
    ("landing craft", "ships"), ("assault rifles", "small-arms"), ("machine guns", "small-arms"),
    ("machineguns", "small-arms"), ("pistols", "small-arms"), ("rocket-propelled grenades", "small-arms"),
    ("hand grenades", "small-arms"), ("small arms", "small-arms"), ("light weapons", "small-arms"),
    ("sniper rifles", "small-arms"), ("laser-guided bombs", "bombs"),
    ("precision-guided munitions", "bombs"), ("cluster bombs", "bombs"), ("landmines", "bombs"),
    ("bunker busters", "bombs"), ("radars", "sensors"), ("night-vision goggles", "sensors"),
    ("electronic warfare systems", "sensors"), ("targeting pods", "sensors"),
    ("rocket motors", "components"), ("guidance systems", "components"),
    ("missile components", "components"), ("aircraft engines", "components"), ("spare parts", "components"),
    ("weapons", "other"), ("arms", "other"), ("weaponry", "other"), ("military equipment", "other"),
    ("military hardware", "other"), ("lethal aid", "other"), ("materiel", "other"),
    ("defense articles", "other"), ("body armor", "other"), ("military assistance", "other"),
]  # fmt: skip

# Names of the press -> category, maker (None: joint, mixed or disputed).
NAMES = [
    ("T-55", "tanks", "RU"), ("T-90S", "tanks", "RU"), ("T-80UD", "tanks", "UA"), ("M1A1", "tanks", "US"),
    ("Abrams", "tanks", "US"), ("Leopard 2", "tanks", "DE"), ("Leopard 2A6", "tanks", "DE"),
    ("Leopard", "tanks", "DE"), ("Challenger 2", "tanks", "GB"), ("Merkava", "tanks", "IL"),
    ("Leclerc", "tanks", "FR"), ("Altay", "tanks", "TR"), ("K2 Black Panther", "tanks", "KR"),
    ("PT-91", "tanks", "PL"), ("VT-4", "tanks", "CN"), ("Type 59 tank", "tanks", "CN"),
    ("BMP-1", "armoured-vehicles", "RU"), ("BTR-60PB", "armoured-vehicles", "RU"),
    ("M113", "armoured-vehicles", "US"), ("M2 Bradley", "armoured-vehicles", "US"),
    ("Humvee", "armoured-vehicles", "US"), ("Marder", "armoured-vehicles", "DE"),
    ("Casspir", "armoured-vehicles", "ZA"), ("Kirpi", "armoured-vehicles", "TR"),
    ("Rosomak", "armoured-vehicles", None), ("Stryker", "armoured-vehicles", "US"),
    ("Bushmaster", "armoured-vehicles", "AU"), ("CV90", "armoured-vehicles", "SE"),
    ("Cascavel", "armoured-vehicles", "BR"), ("HIMARS", "artillery", "US"), ("BM-21", "artillery", "RU"),
    ("Grad", "artillery", "RU"), ("Smerch", "artillery", "RU"), ("M777", "artillery", None),
    ("M109", "artillery", "US"), ("CAESAR", "artillery", "FR"), ("PzH 2000", "artillery", "DE"),
    ("Archer", "artillery", "SE"), ("D-30", "artillery", "RU"), ("K9 Thunder", "artillery", "KR"),
    ("Pinaka", "artillery", "IN"), ("Astros II", "artillery", "BR"), ("Krab", "artillery", "PL"),
    ("Koksan", "artillery", "KP"), ("Bohdana", "artillery", "UA"), ("SH-15", "artillery", "CN"),
    ("Chunmoo", "artillery", "KR"), ("FH-77B", "artillery", "SE"), ("Su-24", "aircraft", "RU"),
    ("Su-35", "aircraft", "RU"), ("MiG-29", "aircraft", "RU"), ("MiG-21", "aircraft", "RU"),
    ("F-16", "aircraft", "US"), ("F-35", "aircraft", "US"), ("F-4", "aircraft", "US"),
    ("F-7", "aircraft", "CN"), ("A-10 Thunderbolt", "aircraft", "US"), ("C-130", "aircraft", "US"),
    ("Mirage 2000", "aircraft", "FR"), ("Rafale", "aircraft", "FR"), ("Gripen", "aircraft", "SE"),
    ("Eurofighter Typhoon", "aircraft", None), ("Tornado", "aircraft", None), ("J-10", "aircraft", "CN"),
    ("JF-17", "aircraft", None), ("K-8", "aircraft", None), ("Super Tucano", "aircraft", "BR"),
    ("L-39", "aircraft", "CZ"), ("Kfir", "aircraft", "IL"), ("Tejas", "aircraft", "IN"),
    ("FA-50", "aircraft", "KR"), ("PC-7", "aircraft", "CH"), ("An-26", "aircraft", None),
    ("Il-76", "aircraft", "RU"), ("Mi-24", "helicopters", "RU"), ("Mi-17", "helicopters", "RU"),
    ("Ka-52", "helicopters", "RU"), ("AH-64", "helicopters", "US"), ("Apache", "helicopters", "US"),
    ("UH-1H", "helicopters", "US"), ("Black Hawk", "helicopters", "US"), ("Chinook", "helicopters", "US"),
    ("T129", "helicopters", "TR"), ("Rooivalk", "helicopters", "ZA"), ("Alouette III", "helicopters", "FR"),
    ("Shahed-136", "drones", "IR"), ("Mohajer-6", "drones", "IR"), ("Ababil-3", "drones", "IR"),
    ("Bayraktar TB2", "drones", "TR"), ("TB2", "drones", "TR"), ("Akinci", "drones", "TR"),
    ("MQ-9", "drones", "US"), ("Wing Loong", "drones", "CN"), ("CH-4", "drones", "CN"),
    ("Hermes 450", "drones", "IL"), ("Heron TP", "drones", "IL"), ("Harop", "drones", "IL"),
    ("Orlan-10", "drones", "RU"), ("ScanEagle", "drones", "US"), ("Switchblade", "drones", "US"),
    ("Scud", "missiles", "RU"), ("Silkworm", "missiles", "CN"), ("Exocet", "missiles", "FR"),
    ("Iskander", "missiles", "RU"), ("Kalibr", "missiles", "RU"), ("Kh-55", "missiles", "RU"),
    ("Javelin", "missiles", "US"), ("Stinger", "missiles", "US"), ("TOW", "missiles", "US"),
    ("Hellfire", "missiles", "US"), ("Harpoon", "missiles", "US"), ("Tomahawk", "missiles", "US"),
    ("ATACMS", "missiles", "US"), ("AMRAAM", "missiles", "US"), ("Sidewinder", "missiles", "US"),
    ("Storm Shadow", "missiles", None), ("Taurus", "missiles", None), ("Milan", "missiles", None),
    ("Brimstone", "missiles", "GB"), ("Kornet", "missiles", "RU"), ("Sagger", "missiles", "RU"),
    ("SA-7", "missiles", "RU"), ("Igla", "missiles", "RU"), ("Strela-2", "missiles", "RU"),
    ("SA-18", "missiles", "RU"), ("Misagh-2", "missiles", "IR"), ("Shahab-3", "missiles", "IR"),
    ("Fateh-110", "missiles", "IR"), ("C-802", "missiles", "CN"), ("M-11", "missiles", "CN"),
    ("CSS-2", "missiles", "CN"), ("DF-21", "missiles", "CN"), ("Nodong", "missiles", "KP"),
    ("KN-23", "missiles", "KP"), ("Hwasong-11", "missiles", "KP"), ("BrahMos", "missiles", None),
    ("Spike", "missiles", "IL"), ("RBS-15", "missiles", "SE"), ("NLAW", "missiles", None),
    ("Burkan-2", "missiles", None), ("Neptune", "missiles", "UA"), ("Stugna-P", "missiles", "UA"),
    ("Fajr-5", "rockets", "IR"), ("Katyusha", "rockets", None), ("Qassam", "rockets", None),
    ("GMLRS", "rockets", "US"), ("S-300", "air-defence", "RU"), ("S-400", "air-defence", "RU"),
    ("SA-2", "air-defence", "RU"), ("SA-6", "air-defence", "RU"), ("SA-5", "air-defence", "RU"),
    ("Buk", "air-defence", "RU"), ("Tor-M1", "air-defence", "RU"), ("Pantsir", "air-defence", "RU"),
    ("Patriot", "air-defence", "US"), ("PAC-3", "air-defence", "US"), ("THAAD", "air-defence", "US"),
    ("NASAMS", "air-defence", None), ("Iron Dome", "air-defence", "IL"),
    ("David's Sling", "air-defence", "IL"), ("IRIS-T SLM", "air-defence", "DE"),
    ("Gepard", "air-defence", "DE"), ("HQ-9", "air-defence", "CN"), ("Crotale", "air-defence", "FR"),
    ("ZU-23-2", "air-defence", "RU"), ("Akash", "air-defence", "IN"), ("Kilo-class", "ships", "RU"),
    ("Type 209", "ships", "DE"), ("Scorpene", "ships", "FR"), ("Gowind", "ships", "FR"),
    ("MEKO A-200", "ships", "DE"), ("Type 054A", "ships", "CN"), ("Mistral-class", "ships", "FR"),
    ("AK-47", "small-arms", "RU"), ("Kalashnikov", "small-arms", "RU"), ("M-16", "small-arms", "US"),
    ("G36", "small-arms", "DE"), ("FN FAL", "small-arms", "BE"), ("Galil", "small-arms", "IL"),
    ("Uzi", "small-arms", "IL"), ("RPG-7", "small-arms", "RU"), ("PKM", "small-arms", "RU"),
    ("DShK", "small-arms", "RU"), ("Carl Gustaf", "small-arms", "SE"), ("Dragunov", "small-arms", "RU"),
    ("Glock 17", "small-arms", None), ("Type 56", "small-arms", "CN"), ("JDAM", "bombs", "US"),
    ("GBU-39", "bombs", "US"), ("Paveway", "bombs", "US"), ("MK-84", "bombs", "US"),
    ("FAB-500", "bombs", "RU"), ("Excalibur", "ammunition", None), ("AN/TPQ-36", "sensors", "US"),
    ("Kolchuga", "sensors", "UA"),
]  # fmt: skip

# Everyday words and signs: the type counts only in company.
BARE = [
    "Javelin", "Stinger", "Patriot", "Leopard", "Tiger", "Hellfire", "Raven", "Reaper", "Predator",
    "Typhoon", "Abrams", "Bradley", "Paladin", "Harpoon", "Sidewinder", "Tornado", "Mirage", "Phantom",
    "Hercules", "Apache", "Cobra", "Excalibur", "Switchblade", "Archer", "Puma", "Marder", "Gepard",
    "Taurus", "Milan", "Spike", "Arrow", "Hawk", "Barak", "Python", "G3",
]  # fmt: skip
STRONG = [
    "Rafale", "Gripen", "Scud", "Exocet", "S-300", "HIMARS", "Kalashnikov", "Shahed-136", "F-16",
    "Iron Dome", "Silkworm",
]  # fmt: skip

# Look-alikes: no arms in them.
TRAPS = [
    "shell companies", "think tank", "fish tank", "water cannon", "silver bullet", "magic bullet",
    "bullet points", "arms race", "arms control", "arms' length", "brothers in arms", "up in arms",
    "top gun", "smoking gun", "gun control", "gun owners", "gun violence", "nail gun", "missile test",
    "weapons inspectors", "weapons of mass destruction", "chemical weapons", "nuclear weapons",
    "arms dealers", "freedom fighters", "rocket science", "houston rockets", "new york jets",
    "suicide bombers", "round of talks", "drone strikes", "jet lag", "coal mine",
]  # fmt: skip

FIRMS = [
    ("Rosoboronexport", "RU", "trader"), ("Almaz-Antey", "RU", "maker"), ("Lockheed Martin", "US", "maker"),
    ("Raytheon", "US", "maker"), ("BAE Systems", "GB", "maker"), ("Thales", "FR", "maker"),
    ("DCNS", "FR", "maker"), ("Rheinmetall", "DE", "maker"), ("Heckler & Koch", "DE", "maker"),
    ("Finmeccanica", "IT", "maker"), ("Kongsberg", "NO", "maker"), ("Bofors", "SE", "maker"),
    ("Elbit Systems", "IL", "maker"), ("Baykar", "TR", "maker"), ("Norinco", "CN", "maker"),
    ("Poly Technologies", "CN", "trader"), ("KOMID", "KP", "trader"), ("HESA", "IR", "maker"),
    ("Mahan Air", "IR", "shipper"), ("Ukrspecexport", "UA", "trader"), ("Yugoimport", "RS", "trader"),
    ("Denel", "ZA", "maker"), ("Armscor", "ZA", "trader"), ("Embraer", "BR", "maker"),
    ("Krupp", "DE", "maker"), ("Messerschmitt-Bölkow-Blohm", "DE", "maker"),
    ("Southern Air Transport", "US", "shipper"), ("Cardoen Industries", "CL", "maker"),
    ("Military Industry Corporation", "SD", "maker"), ("Pakistan Ordnance Factories", "PK", "maker"),
    ("Hanwha", "KR", "maker"),
]  # fmt: skip


def _all(named: object) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for name, entry in named:
        found.setdefault(name, []).append(entry)
    return found


NOUN_ENTRIES = _all(weapon_nouns(FILES))
TYPE_ENTRIES = _all(weapon_types(FILES))
FIRM_ENTRIES = _all(company_names(FILES))
NOUN_MATCHER = Matcher(Names({}, {name: tuple(entries) for name, entries in NOUN_ENTRIES.items()}))
PATTERN_ROWS = list(zip(PATTERNS["patterns"], read_designations(FILES).patterns, strict=True))


def tell(name: str) -> tuple[str, str | None]:
    """Return category and maker of a name: by the list, else by the first pattern that matches it whole."""
    if name in TYPE_ENTRIES:
        return TYPE_ENTRIES[name][0].category, TYPE_ENTRIES[name][0].country
    for pattern in read_designations(FILES).patterns:
        if pattern.regex.fullmatch(name):
            return pattern.category, pattern.maker
    raise AssertionError(f"{name} is told by no list and no pattern")


def test_type_rows_keep_the_schema() -> None:
    assert len(TYPES) >= 700
    for row in TYPES:
        assert set(row) <= TYPE_KEYS, row
        assert row["names"][0] == row["name"], row
        assert row["category"] in set(Category), row
        assert row.get("un_register", "I") in UN_REGISTER, row
        assert re.fullmatch(r"ML([1-9]|1\d|2[0-2])", row.get("ml", "ML1")), row
        makers = row.get("maker", [])
        for maker in [makers] if isinstance(makers, str) else makers:
            assert re.fullmatch(r"[A-Z]{2}", maker), row
        assert row.get("bare", True) is True, row


def test_every_type_name_stands_in_one_row_only() -> None:
    counts = Counter(name for row in TYPES for name in row["names"])
    assert [name for name, n in counts.items() if n > 1] == []
    assert all(name == name.strip() and len(name) > 1 for name in counts)


def test_no_type_name_tells_two_makers_or_categories() -> None:
    assert {n: e for n, e in TYPE_ENTRIES.items() if len({(x.category, x.country) for x in e}) > 1} == {}


def test_kinds_keep_the_schema() -> None:
    assert set(KINDS) == {"kinds", *WORD_LISTS}
    assert {row["category"] for row in KINDS["kinds"]} == set(Category)
    assert {row["strength"] for row in KINDS["kinds"]} == {"strong", "weak"}
    counts = Counter(noun for row in KINDS["kinds"] for noun in row["nouns"])
    assert [noun for noun, n in counts.items() if n > 1] == []
    assert [noun for noun in counts if noun != noun.lower().strip()] == []


@pytest.mark.parametrize("key", WORD_LISTS)
def test_word_lists_hold_words_once(key: str) -> None:
    words = KINDS[key]
    assert len(words) > 20
    assert all(isinstance(word, str) and word == word.lower().strip() for word in words)
    assert [word for word, n in Counter(words).items() if n > 1] == []


def test_no_phrase_is_arms_and_no_arms() -> None:
    nouns = {noun for row in KINDS["kinds"] for noun in row["nouns"]}
    assert nouns & {*KINDS["not_arms"], *KINDS["wmd"]} == set()


@pytest.mark.parametrize(("row", "pattern"), PATTERN_ROWS, ids=[row["prefix"] for row, _ in PATTERN_ROWS])
def test_patterns_match_their_examples_and_no_miss(row: dict[str, object], pattern: object) -> None:
    assert row["examples"]
    assert row["misses"]
    assert [e for e in row["examples"] if not pattern.regex.fullmatch(e)] == []
    assert [
        e
        for e in row["examples"]
        if not pattern.regex.search(f"sold 20 {e}s, or {e}.") and not pattern.regex.search(f"20 {e}, ")
    ] == []
    assert [m for m in row["misses"] if pattern.regex.search(m)] == []


def test_patterns_are_fast_on_hostile_text() -> None:
    for hostile in ("A" * 100_000, "A-1" * 30_000, "T-" * 50_000, "9" * 100_000, "Aa " * 30_000):
        for _, pattern in PATTERN_ROWS:
            assert sum(1 for _ in pattern.regex.finditer(hostile)) >= 0


@pytest.mark.parametrize(("phrase", "category"), NOUNS)
def test_nouns_tell_their_category(phrase: str, category: str) -> None:
    hits = NOUN_MATCHER.find(phrase)
    assert hits, phrase
    assert hits[-1].entries[0].category == category


@pytest.mark.parametrize(("name", "category", "maker"), NAMES)
def test_names_tell_category_and_maker(name: str, category: str, maker: str | None) -> None:
    assert tell(name) == (category, maker)


@pytest.mark.parametrize("name", BARE)
def test_everyday_words_count_only_in_company(name: str) -> None:
    assert TYPE_ENTRIES[name]
    assert not any(entry.strong for entry in TYPE_ENTRIES[name])


@pytest.mark.parametrize("name", STRONG)
def test_telling_names_stand_alone(name: str) -> None:
    assert all(entry.strong for entry in TYPE_ENTRIES[name])


@pytest.mark.parametrize("phrase", TRAPS)
def test_look_alikes_are_no_arms(phrase: str) -> None:
    hits = NOUN_MATCHER.find(phrase)
    assert [e.label for h in hits for e in h.entries if e.kind is EntryKind.WEAPON_NOUN] == []
    assert any(e.kind is EntryKind.NOT_ARMS for h in hits for e in h.entries)


def test_an_article_before_a_number_is_no_designation() -> None:
    known = set(PATTERNS["not_designations"])
    articles = {v for n in TYPE_ENTRIES for v in [n] if re.fullmatch(r"(A|An|Be|Do|US|I) \d+[A-Z]?", v)}
    assert articles - known == set()


@pytest.mark.parametrize(("name", "country", "role"), FIRMS)
def test_firms_tell_country_and_role(name: str, country: str, role: str) -> None:
    assert [(e.country, e.detail) for e in FIRM_ENTRIES[name]] == [(country, role)]


def test_firms_keep_the_schema() -> None:
    assert len(COMPANIES) >= 200
    for row in COMPANIES:
        assert set(row) <= {"names", "country", "role", "weak"}, row
        assert row["role"] in {"maker", "trader", "shipper", "broker"}, row
        assert re.fullmatch(r"[A-Z]{2}", row["country"]), row
    counts = Counter(name for row in COMPANIES for name in (*row["names"], *row.get("weak", ())))
    assert [name for name, n in counts.items() if n > 1] == []
