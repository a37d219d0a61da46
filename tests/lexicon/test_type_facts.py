"""Facts on items: measures and traits by type, kind and words beside, and the loader that refuses bad rows."""

from __future__ import annotations

import math

import pytest
import yaml

from armstrace.errors import LexiconError
from armstrace.lexicon.nouns import forms
from armstrace.lexicon.schema import LexiconFiles, packaged_data
from armstrace.lexicon.type_facts import Measured, Trait, facts_for, load_type_facts
from armstrace.model import Category

FACTS = load_type_facts()
FILES = LexiconFiles(packaged_data())

# category, designation (label), words of the text -> range km, payload kg; None where not told
RANGES = [
    ("missiles", "Scud", "Scud-B missiles", (300, 340), (770, 1000)),
    ("missiles", "Scud", "Scud C missiles", (500, 600), (500, 770)),
    ("missiles", "Scud", "Scuds", (270, 1000), (500, 1000)),
    ("missiles", "Hwasong", "Hwasong-11A missiles", (430, 900), (500, 2500)),
    ("missiles", "Hwasong-12", "a Hwasong-12", (3700, 6000), (500, 800)),
    ("missiles", "KN-23", "KN-23 short-range ballistic missiles", (430, 800), (500, 500)),
    ("missiles", "Fateh-110", "Fateh-110 missiles", (200, 300), (450, 650)),
    ("missiles", "Fath-360", "close-range Fath-360 missiles", (80, 120), (150, 150)),
    ("missiles", "Shahab-1", "Shahab-2 missiles", (500, 700), (700, 770)),
    ("missiles", "Iskander", "Iskander-E systems", (280, 280), (480, 480)),
    ("missiles", "Tochka", "Tochka-U missiles", (120, 120), (480, 482)),
    ("missiles", "Kh-55", "Kh-55 cruise missiles", (2500, 3000), (400, 410)),
    ("missiles", "Storm Shadow", "Storm Shadow missiles", (250, 560), (400, 450)),
    ("missiles", "C-802", "C-802 anti-ship missiles", (120, 180), (165, 190)),
    ("missiles", None, "short-range ballistic missiles", (0, 1000), None),
    ("missiles", None, "an intercontinental ballistic missile", (5500, 18000), None),
    ("missiles", None, "missiles with a range of 700 km", (700, 700), None),
    ("missiles", None, "missiles with a range of more than 300 km", (300, math.inf), None),
    ("missiles", None, "missiles of 200 to 300 km range with a 500-kg warhead", (200, 300), (500, 500)),
    ("missiles", "Scud", "Scud-B missiles with a range of 150 km", (150, 150), (770, 1000)),
    ("rockets", None, "122 mm rockets", (0, 150), None),
    ("rockets", None, "300 mm rockets", None, None),
    ("rockets", None, "122 mm rockets with a range of 20 km", (20, 20), None),
    ("rockets", None, "rockets", None, None),
    ("ammunition", None, "122 mm shells", None, None),
    ("rockets", "Fajr-3", "Fajr-5 rockets", (68, 180), (90, 175)),
    ("drones", "Shahed-136", "Shahed drones", (970, 2500), (30, 90)),
    ("drones", "Mohajer-6", "Mohajer-10 drones", (2000, 2000), (300, 300)),
    ("drones", "Mohajer-6", "Mohajer-2 drones", (50, 150), None),
    ("drones", "Wing Loong", "Wing Loong II drones", (1500, 6000), (400, 480)),
    ("drones", None, "drones", None, None),
    ("components", "Scud", "engines for Scud-B missiles", None, None),
]


@pytest.mark.parametrize(("category", "designation", "words", "range_km", "payload_kg"), RANGES)
def test_range_and_payload(category, designation, words, range_km, payload_kg):
    measures, _, _ = facts_for(Category(category), designation, words)
    told = {m: (b.low, b.high) for m, b in measures.items()}
    assert told.get(Measured.RANGE_KM) == range_km
    assert told.get(Measured.PAYLOAD_KG) == payload_kg


CALIBRES = [
    ("artillery", None, "155mm howitzers", (155, 155)),
    ("artillery", None, "122-mm guns", (122, 122)),
    ("artillery", None, "howitzers", (75, 240)),
    ("artillery", None, "multiple rocket launchers", (80, 610)),
    ("artillery", "D-30", "D-30 howitzers", (122, 122)),
    ("artillery", "M777", "M777s", (155, 155)),
    ("artillery", "BM-21", "Grad rocket launchers", (122, 122)),
    ("ammunition", None, "122mm and 152mm shells", (122, 152)),
    ("ammunition", None, "rounds of 7.62x39mm rifle ammunition", (7.62, 7.62)),
    ("ammunition", None, "12.7 mm ammunition", (12.7, 12.7)),
    ("small-arms", None, ".50-caliber rifles", (12.7, 12.7)),
    ("rockets", None, "2.75-inch rockets", (69.85, 69.85)),
    ("ammunition", None, "ammunition", None),
]


@pytest.mark.parametrize(("category", "designation", "words", "calibre"), CALIBRES)
def test_calibre(category, designation, words, calibre):
    bounds = facts_for(Category(category), designation, words)[0].get(Measured.CALIBRE_MM)
    assert (bounds and (bounds.low, bounds.high)) == calibre


# category, designation, words -> traits that hold, that may hold, that do not; each a few words
TRAITS = [
    ("ammunition", None, "155mm artillery shells", "heavy-rounds military", "", "small-arms-rounds"),
    ("ammunition", None, "bullets", "small-arms-rounds", "civil", "heavy-rounds"),
    ("ammunition", None, "ammunition", "", "small-arms-rounds heavy-rounds", "explosives"),
    ("ammunition", None, "82mm mortar rounds", "small-arms-rounds", "", "heavy-rounds"),
    ("ammunition", None, "120mm mortar rounds", "heavy-rounds", "", "small-arms-rounds"),
    ("ammunition", None, "tank rounds", "heavy-rounds", "", "small-arms-rounds"),
    ("ammunition", None, "detonators", "explosives", "civil", "heavy-rounds"),
    ("artillery", None, "60mm mortars", "light", "portable", ""),
    ("artillery", None, "120-mm mortars", "military", "", "light"),
    ("artillery", None, "mortars", "", "light", ""),
    ("artillery", None, "howitzers", "military", "", "light portable"),
    ("artillery", None, "howitzers and mortars", "military", "light", ""),
    ("missiles", None, "ballistic missiles", "ballistic", "", "cruise portable"),
    ("missiles", None, "cruise missiles", "cruise", "naval", "ballistic"),
    ("missiles", None, "shoulder-fired missiles", "portable light", "anti-tank ground-to-air", ""),
    ("missiles", None, "man-portable air-defense systems", "portable ground-to-air", "", "anti-tank"),
    ("missiles", None, "anti-tank missiles", "anti-tank", "portable", "ground-to-air"),
    ("missiles", None, "anti-tank and anti-aircraft missiles", "military", "anti-tank ground-to-air", ""),
    ("missiles", "Strela-2", "Strela missiles", "portable ground-to-air light", "", "anti-tank"),
    ("missiles", "Kornet", "Kornets", "portable anti-tank", "", "ground-to-air"),
    ("missiles", "NLAW", "NLAW launchers", "portable anti-tank", "", "ballistic"),
    ("air-defence", "S-300", "S-300 batteries", "ground-to-air", "", "portable light"),
    ("air-defence", None, "portable air defence missiles", "portable ground-to-air", "", ""),
    ("drones", None, "surveillance drones", "reconnaissance", "armed unarmed civil", "loitering"),
    ("drones", None, "unmanned aerial vehicles", "", "armed unarmed civil military reconnaissance", ""),
    ("drones", None, "unarmed surveillance drones", "unarmed reconnaissance", "", "armed"),
    ("drones", None, "armed drones", "armed military", "loitering", "unarmed civil"),
    ("drones", None, "kamikaze drones", "loitering armed", "", "unarmed"),
    ("drones", None, "commercial quadcopters", "rotary-wing civil", "armed", "military"),
    ("drones", "Bayraktar", "Bayraktar TB2 drones", "armed reconnaissance military", "", "loitering unarmed"),
    ("drones", "Orlan-10", "Orlan-10 drones", "reconnaissance military", "unarmed", "loitering"),
    ("drones", "Geran-2", "Geran-2 drones", "loitering armed", "", "reconnaissance"),
    ("aircraft", None, "fighter jets", "combat armed military", "", "civil transport"),
    ("aircraft", None, "transport aircraft", "transport", "military civil", "combat"),
    ("aircraft", None, "military transport planes", "transport military", "", "civil combat"),
    ("aircraft", None, "trainer jets", "trainer", "combat civil", ""),
    ("aircraft", None, "aircraft", "", "combat civil transport", ""),
    ("aircraft", "Su-30", "Su-30s", "combat military", "", "civil"),
    ("helicopters", None, "attack helicopters", "attack combat armed", "", "civil"),
    ("helicopters", "Mi-24", "Mi-24s", "attack military", "transport", "civil"),
    ("helicopters", "Mi-17", "Mi-17 helicopters", "", "attack civil transport", ""),
    ("helicopters", "Mi-17", "unarmed Mi-17 helicopters", "unarmed", "civil transport", "attack armed"),
    ("tanks", None, "tanks", "armed military", "", "civil"),
    ("armoured-vehicles", None, "armored personnel carriers", "transport", "armed civil", ""),
    ("armoured-vehicles", None, "unarmed armoured vehicles", "unarmed", "civil", "armed"),
    ("ships", None, "frigates", "naval armed", "", "civil"),
    ("ships", None, "patrol boats", "", "naval civil armed", ""),
    ("small-arms", None, "assault rifles", "light military", "", "civil"),
    ("small-arms", None, "pistols", "light", "civil military", ""),
    ("small-arms", None, "rocket-propelled grenades", "light military", "anti-tank", "civil"),
    ("bombs", None, "landmines", "mine", "", "naval"),
    ("bombs", None, "aerial bombs", "military", "", "mine"),
    ("sensors", None, "night-vision goggles", "night-sight", "military civil", ""),
    ("sensors", None, "radars", "", "military civil", ""),
    ("components", None, "parts for ballistic missiles", "missile-parts", "", ""),
    ("components", None, "rifle parts", "small-arms-parts", "", "missile-parts"),
    ("components", None, "spare parts", "", "missile-parts small-arms-parts civil", ""),
    ("other", None, "weapons", "", "military light ballistic", ""),
    ("other", None, "riot gear", "riot-control", "", "ballistic"),
    ("other", None, "non-lethal military equipment", "non-lethal military", "night-sight", "ballistic"),
]


@pytest.mark.parametrize("row", TRAITS, ids=lambda row: f"{row[1] or row[0]}: {row[2]}")
def test_traits(row):
    category, designation, words, *expected = row
    holds, may, never = (set(map(Trait, traits.split())) for traits in expected)
    _, has, may_be = facts_for(Category(category), designation, words)
    assert holds <= has
    assert may <= may_be
    assert not never & (has | may_be)


def test_what_holds_is_never_open_too():
    for facts in FACTS.values():
        assert not facts.traits & facts.may_be, facts.name
    for category in Category:
        for words in ("", "armed", "unarmed", "naval", "portable anti-tank weapons and ballistic missiles"):
            _, has, may_be = facts_for(category, None, words)
            assert not has & may_be, (category, words)


def test_hostile_words_give_the_kind_and_nothing_more():
    for words in ("", " ", "\x00", "\u202e155", "(" * 500, "a " * 5000, "km km km", "-" * 300, "1" * 400 + "x"):
        assert facts_for(Category.DRONES, None, words)[1] == frozenset()


def test_there_are_facts_on_150_types_and_more_and_each_says_where_from():
    assert len(FACTS) >= 150
    assert all(facts.sources if facts.seen else not facts.sources for facts in FACTS.values())
    assert sum(facts.seen for facts in FACTS.values()) >= 60


def test_nouns_are_those_that_the_reader_knows():
    known = {noun.lower() for row in FILES.read("weapon_kinds.yml")["kinds"] for noun in row["nouns"]}
    known |= {form for noun in known for form in forms(noun)}
    by_category = {row["category"]: set() for row in FILES.read("weapon_kinds.yml")["kinds"]}
    for row in FILES.read("weapon_kinds.yml")["kinds"]:
        by_category[row["category"]] |= set(row["nouns"])
    for row in FILES.read("type_facts.yml")["nouns"]:
        elsewhere = [
            noun
            for noun in row["nouns"]
            if noun not in by_category[row["category"]] and any(noun in nouns for nouns in by_category.values())
        ]
        assert not elsewhere, (row["category"], elsewhere)


HEAD = "opposites: []\nnouns: []\nwords: []\nregistered: []\nreaches: []\ncategories:\n" + "".join(
    f"- {{category: {category}}}\n" for category in Category
)
SOURCE = "- {key: here, title: A page, address: 'https://example.org/'}"
GOOD = "- {name: Scud, category: missiles, range_km: 270..300, sources: [here]}"
BAD_ROWS = [
    ("unknown label", GOOD.replace("Scud", "Scad"), SOURCE, "neither a name of category missiles"),
    ("label of another category", GOOD.replace("missiles", "drones"), SOURCE, "neither a name of category drones"),
    ("unit typo", GOOD.replace("range_km", "range_kms"), SOURCE, "unknown key ['range_kms']"),
    ("low above high", GOOD.replace("270..300", "300..270"), SOURCE, "'range_km': 300 is above 270"),
    ("no number", GOOD.replace("270..300", "far"), SOURCE, "must be a number or low..high"),
    ("no source", GOOD.replace(", sources: [here]", ""), SOURCE, "give its sources, or 'seen: false'"),
    ("source that is not listed", GOOD.replace("[here]", "[there]"), SOURCE, "source ['there'] is not among"),
    ("source though not seen", GOOD.replace("}", ", seen: false}"), SOURCE, "give its sources, or 'seen: false'"),
    ("unknown trait", GOOD.replace("}", ", has: [armoured]}"), SOURCE, "['armoured'] in 'has' is none of the traits"),
    ("unknown category", GOOD.replace("missiles", "missile"), SOURCE, "category 'missile' is none of"),
    ("unknown kind", GOOD.replace("}", ", kind: dart}"), SOURCE, "kind 'dart' is no noun"),
    ("twice", f"{GOOD}\n{GOOD.replace('Scud', 'SCUD')}", SOURCE, "stands twice"),
    ("source without address", GOOD, SOURCE.replace("https://example.org/", "a book"), "a title and a web address"),
]


@pytest.fixture
def lexicon(tmp_path):
    (tmp_path / "weapon_types.yml").write_text("types:\n- {name: Scud, names: [Scud], category: missiles}\n")
    (tmp_path / "weapon_patterns.yml").write_text("patterns: []\n")

    def write(types, sources):
        (tmp_path / "type_facts.yml").write_text(f"{HEAD}sources:\n{sources}\ntypes:\n{types}\n", encoding="utf-8")
        return tmp_path

    return write


def test_a_good_row_is_read(lexicon):
    facts = load_type_facts(lexicon(GOOD, SOURCE))["Scud"]
    assert (facts.measures[Measured.RANGE_KM].low, facts.measures[Measured.RANGE_KM].high) == (270, 300)
    assert facts.sources == ("A page, https://example.org/",)


@pytest.mark.parametrize(("what", "types", "sources", "message"), BAD_ROWS, ids=[row[0] for row in BAD_ROWS])
def test_a_bad_row_is_refused_by_name(lexicon, what, types, sources, message):
    with pytest.raises(LexiconError) as refused:
        load_type_facts(lexicon(types, sources))
    assert message in str(refused.value), what
    assert "type_facts.yml" in str(refused.value)


def test_a_category_without_a_row_is_refused(lexicon):
    folder = lexicon(GOOD, SOURCE)
    data = yaml.safe_load((folder / "type_facts.yml").read_text(encoding="utf-8"))
    data["categories"] = [row for row in data["categories"] if row["category"] != "ships"]
    (folder / "type_facts.yml").write_text(yaml.safe_dump(data), encoding="utf-8")
    with pytest.raises(LexiconError, match="no row for ships"):
        load_type_facts(folder)
