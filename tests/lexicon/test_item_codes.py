"""Codes of items in six lists of arms: what holds for sure, what under a condition, and what has no code."""

from __future__ import annotations

import pytest
import yaml

from armstrace.errors import LexiconError
from armstrace.lexicon.code_rules import read_rules
from armstrace.lexicon.item_codes import ItemCode, codes_for, read_item_codes
from armstrace.lexicon.load import load_lexicon
from armstrace.lexicon.schema import LexiconFiles, packaged_data
from armstrace.lexicon.type_facts import load_type_facts
from armstrace.model import Category

FILES = LexiconFiles(packaged_data())
CODES = read_item_codes(FILES)
SYSTEMS = ("un-register", "salw", "sipri", "wassenaar-ml", "usml", "mtcr")

# category, words, designation -> codes of each list, in the order of SYSTEMS: "?" marks a conditional one, "-" none
TABLE = """
artillery | 155mm howitzers | | III | - | artillery | ML2 | II | -
artillery | howitzers | | III | - | artillery? | ML2 | II | -
artillery | D-30 howitzers | D-30 | III | - | artillery | ML2 | II | -
artillery | 85mm guns | | III | - | - | ML2 | II | -
artillery | mortars | | III? | L6? | artillery? | ML2 | II | -
artillery | 60mm mortars | | - | L6 | - | ML2 | II | -
artillery | 81mm mortars | | III | - | - | ML2 | II | -
artillery | 120mm mortars | | III | - | artillery | ML2 | II | -
artillery | multiple rocket launchers | | III | - | artillery? | ML4? ML2? | IV? | 1.A.1? 19.A.1?
artillery | BM-21 Grad launchers | BM-21 | III | - | artillery | ML4? ML2? | IV? | -
artillery | KN-25 launchers | KN-25 | III | - | artillery | ML4? ML2? | IV? | 1.A.1? 19.A.1?
artillery | autocannon | | - | - | artillery? | ML2 | II | -
ammunition | artillery shells | | - | - | - | ML3 | III? | -
ammunition | rifle ammunition | | - | - | - | ML3? | III? | -
ammunition | explosives | | - | - | - | ML8? | V? | -
ammunition | guided artillery shells | | - | - | missiles | ML3 | III? IV? | -
ammunition | tear gas canisters | | - | - | - | ML7? | XIV? | -
ammunition | missile warheads | | - | - | - | ML4 | IV | 2.A.1?
missiles | Scud-B missiles | Scud | VII(a) | - | missiles | ML4 | IV | 1.A.1
missiles | Nodong missiles | Nodong | VII(a) | - | missiles | ML4 | IV | 1.A.1
missiles | Fateh-110 missiles | Fateh-110 | VII(a) | - | missiles | ML4 | IV | 1.A.1? 19.A.1?
missiles | Tochka-U missiles | Tochka | VII(a) | - | missiles | ML4 | IV | -
missiles | Iskander-E missiles | Iskander | VII(a) | - | missiles | ML4 | IV | -
missiles | ballistic missiles | | VII(a)? | - | missiles | ML4 | IV | 1.A.1? 19.A.1?
missiles | intercontinental ballistic missiles | | VII(a) | - | missiles | ML4 | IV | 1.A.1? 19.A.1?
missiles | cruise missiles | | VII(a)? | - | missiles | ML4 | IV | 1.A.2? 19.A.2?
missiles | Kh-55 missiles | Kh-55 | VII(a) | - | missiles | ML4 | IV | 19.A.2
missiles | C-802 anti-ship missiles | C-802 | VII(a) | - | missiles | ML4 | IV | -
missiles | Stinger missiles | FIM-92 | VII(b) | - | missiles | ML4 | IV | -
missiles | Igla missiles | Igla | VII(b) | - | missiles | ML4 | IV | -
missiles | MANPADS | | VII(b) | - | missiles | ML4 | IV | -
missiles | Javelin missiles | FGM-148 | - | L5 | missiles | ML4 | IV | -
missiles | Kornet anti-tank missiles | Kornet | - | L5 | missiles | ML4 | IV | -
missiles | anti-tank missiles | | VII(a)? | L5? | missiles | ML4 | IV | -
missiles | torpedoes | | - | - | missiles | ML4 | IV | -
missiles | missiles | | VII(a)? VII(b)? | L5? | missiles? | ML4 | IV | 1.A.1? 1.A.2? 19.A.1? 19.A.2?
rockets | 122mm rockets | | VII(a)? | L5? | - | ML4 | IV | -
rockets | Fajr-5 rockets | Fajr-3 | VII(a) | - | - | ML4 | IV | -
rockets | Hydra 70 rockets | Hydra 70 | - | - | - | ML4 | IV | -
rockets | guided rockets | | VII(a)? | - | missiles | ML4 | IV | 1.A.1? 19.A.1?
drones | drones | | IV(b)? V(b)? VII(a)? | - | aircraft? missiles? | ML10? ML4? | VIII? IV? | 1.A.2? 19.A.2?
drones | armed drones | | IV(b)? V(b)? VII(a)? | - | aircraft? missiles? | ML10? ML4? | VIII? IV? | 1.A.2? 19.A.2?
drones | surveillance drones | | IV(b)? V(b)? | - | aircraft? | ML10? | VIII? | 1.A.2? 19.A.2?
drones | unarmed surveillance drones | | - | - | aircraft? | ML10? | VIII? | 1.A.2? 19.A.2?
drones | kamikaze drones | | VII(a)? | - | missiles | ML4? ML10? | IV? VIII? | 1.A.2? 19.A.2?
drones | Shahed-136 drones | Shahed-136 | VII(a) | - | missiles | ML4? ML10? | IV? VIII? | 19.A.2
drones | Bayraktar TB2 drones | Bayraktar | IV(b) | - | aircraft? | ML10 | VIII? | 19.A.2?
drones | Akinci drones | Akinci | IV(b) | - | aircraft? | ML10 | VIII? | 1.A.2
drones | Wing Loong II drones | Wing Loong | IV(b) | - | aircraft? | ML10 | VIII? | 19.A.2
drones | RQ-11 drones | RQ-11 | - | - | aircraft? | ML10 | VIII? | -
drones | sea drones | | - | - | ships? | ML9? | VI? | -
drones | target drones | | IV(b)? | - | - | ML10 | VIII? | 1.A.2? 19.A.2?
aircraft | fighter jets | | IV(a) | - | aircraft | ML10 | VIII | -
aircraft | Su-30 fighters | Su-30 | IV(a) | - | aircraft | ML10 | VIII | -
aircraft | bombers | | IV(a) | - | aircraft | ML10 | VIII | -
aircraft | transport aircraft | | - | - | aircraft | ML10? | VIII? | -
aircraft | military transport aircraft | | - | - | aircraft | ML10 | VIII? | -
aircraft | trainer jets | | IV(a)? | - | aircraft | ML10? | VIII? | -
aircraft | C-130 transport aircraft | C-130 | - | - | aircraft | ML10 | VIII? | -
helicopters | attack helicopters | | V(a) | - | aircraft | ML10 | VIII | -
helicopters | helicopters | | V(a)? | - | aircraft | ML10? | VIII? | -
helicopters | Mi-24 helicopters | Mi-24 | V(a) | - | aircraft | ML10 | VIII | -
helicopters | transport helicopters | | - | - | aircraft | ML10? | VIII? | -
tanks | main battle tanks | | I | - | armoured-vehicles | ML6 | VII | -
tanks | light tanks | | I? | - | armoured-vehicles | ML6 | VII | -
tanks | T-72 tanks | T-72 | I | - | armoured-vehicles | ML6 | VII | -
tanks | PT-76 tanks | PT-76 | II | - | armoured-vehicles | ML6 | VII | -
armoured-vehicles | infantry fighting vehicles | | II | - | armoured-vehicles | ML6 | VII? | -
armoured-vehicles | armored personnel carriers | | II | - | armoured-vehicles | ML6? | VII? | -
armoured-vehicles | military trucks | | - | - | - | ML6 | VII? | -
armoured-vehicles | trucks | | - | - | - | ML6? | VII? | -
air-defence | surface-to-air missiles | | VII(b)? | - | air-defence-systems? missiles? | ML4 | IV | 19.A.1?
air-defence | S-300 systems | S-300 | - | - | air-defence-systems | ML4 | IV | -
air-defence | anti-aircraft guns | | - | - | air-defence-systems? | ML2? ML1? | II? | -
ships | frigates | | VI | - | ships | ML9 | VI | -
ships | missile boats | | VI? | - | ships | ML9 | VI | -
ships | patrol boats | | VI? | - | ships? | ML9? | VI? | -
ships | Kilo-class submarines | Kilo-class | VI | - | ships | ML9 | XX | -
ships | submarines | | VI? | - | ships | ML9 | XX | -
small-arms | assault rifles | | - | S4 | - | ML1 | I | -
small-arms | rifles | | - | S2? | - | ML1? | I? | -
small-arms | AK-47 rifles | AK-47 | - | SALW | - | ML1 | I? | -
small-arms | pistols | | - | S1? | - | ML1? | I? | -
small-arms | heavy machine guns | | - | L1 | - | ML1? ML2? | I? II? | -
small-arms | grenade launchers | | - | L2 | - | ML2 | II | -
small-arms | recoilless rifles | | - | L4 | - | ML2 | II | -
small-arms | RPG launchers | | - | L5 | - | ML2 | IV? II? | -
small-arms | hand grenades | | - | - | - | ML4 | III? IV? | -
bombs | bombs | | - | - | - | ML4 | IV | -
bombs | laser-guided bombs | | - | - | missiles | ML4 | IV | -
bombs | landmines | | - | - | - | ML4 | IV | -
sensors | radars | | - | - | sensors? | ML5? ML11? | XI? | -
sensors | fire-control systems | | - | - | sensors? | ML5 | XII? XI? | -
sensors | night-vision goggles | | - | - | - | ML15? | XII? | -
components | spare parts | | - | - | - | - | - | 2.A.1? 3.A?
components | parts for ballistic missiles | | - | - | - | - | - | 2.A.1? 3.A?
components | aircraft engines | | - | - | engines? | ML10? | XIX? VIII? | 2.A.1? 3.A?
components | engines for Su-30 fighters | Su-30 | - | - | - | - | - | 2.A.1? 3.A?
other | body armour | | - | - | - | ML13? | X? | -
other | weapons | | - | - | - | - | - | -
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


def short(code: ItemCode) -> str:
    return f"{code.code}{'' if code.certain else '?'}" if code.code else "-"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_codes_of_an_item(row):
    category, words, designation, *expected = row
    found = codes_for(Category(category), words, designation or None)
    by_system = [" ".join(short(code) for code in found if code.system == system) for system in SYSTEMS]
    assert dict(zip(SYSTEMS, by_system, strict=True)) == dict(zip(SYSTEMS, expected, strict=True))


def check_answers(category, words, designation):
    codes = codes_for(category, words, designation)
    assert tuple(dict.fromkeys(code.system for code in codes)) == SYSTEMS
    for system in SYSTEMS:
        answers = [code for code in codes if code.system == system]
        if any(code.certain for code in answers):
            assert len(answers) == 1, answers
        for code in answers:
            assert bool(code.condition) == (not code.certain or not code.code), code
            assert code.code == "" or CODES.titles[system][code.code] == code.title


def test_every_category_and_every_noun_gets_an_answer_in_every_list():
    for category in Category:
        check_answers(category, "", None)
    for row in FILES.read("weapon_kinds.yml")["kinds"]:
        for noun in row["nouns"]:
            check_answers(Category(row["category"]), noun, None)


def test_every_listed_type_gets_an_answer_in_every_list():
    for row in FILES.read("weapon_types.yml")["types"]:
        check_answers(Category(row["category"]), row["name"], row["name"])


def test_nouns_of_the_crosswalk_are_those_that_the_reader_knows_in_the_same_category():
    known = {row["category"]: set() for row in FILES.read("weapon_kinds.yml")["kinds"]}
    for row in FILES.read("weapon_kinds.yml")["kinds"]:
        known[row["category"]] |= set(row["nouns"])
    for row in FILES.read("item_codes.yml")["kinds"]:
        unknown = [
            noun
            for noun in row.get("nouns", ())
            if noun not in known[row["category"]] and any(noun in nouns for nouns in known.values())
        ]
        assert not unknown, (row["category"], unknown)


def test_what_is_known_of_a_type_does_not_contradict_its_column():
    """A missile of 10 km range is no VII(a), whatever weapon_types.yml says of it."""
    for name, facts in load_type_facts().items():
        own = [code for code in codes_for(facts.category, "", name) if code.system == "un-register"]
        measures = {str(measure): bounds for measure, bounds in facts.measures.items()}
        range_km = measures.get("range_km")
        if own[0].certain and own[0].code == "VII(a)":
            assert range_km.high >= 25, name
        if own[0].certain and own[0].code == "VII(b)":
            assert {"portable", "ground-to-air"} <= set(facts.traits), name
        if own[0].certain and own[0].code == "IV(b)":
            assert "armed" in facts.traits, name


def test_claims_carry_the_certain_codes_alone():
    lexicon = load_lexicon()
    codes = lexicon.item_codes.certain(Category.MISSILES, "Scud-B missiles", "Scud")
    assert codes == (
        ("un-register", "VII(a)"),
        ("sipri", "missiles"),
        ("wassenaar-ml", "ML4"),
        ("usml", "IV"),
        ("mtcr", "1.A.1"),
    )
    assert lexicon.item_codes.certain(Category.DRONES, "drones", None) == ()


def test_the_condition_is_said_in_words():
    (code,) = (c for c in codes_for(Category.ARTILLERY, "mortars", None) if c.system == "un-register")
    assert code == ItemCode(
        "un-register",
        "III",
        "Large-calibre artillery systems",
        certain=False,
        condition="if its calibre is 75 mm or more",
    )
    none = next(c for c in codes_for(Category.BOMBS, "bombs", None) if c.system == "un-register")
    assert none.condition.startswith("bombs and mines are not in the Register")


BAD_RULES = [
    ([], "a list of rules is expected"),
    ({"none": ""}, "a list of rules is expected"),
    ([{"if": ["portable"]}], "a rule has a code"),
    ([{"code": "VIII"}], "the list has no code 'VIII'"),
    ([{"code": "I", "unless": "x"}], "a rule has a code"),
    ([{"code": "I", "if": ["range >= 25"]}], "'range >= 25' is no test"),
    ([{"code": "I", "if": ["range_km > 25"]}], "'range_km > 25' is no test"),
    ([{"code": "I", "if": ["carryable"]}], "'carryable' is no test"),
]


@pytest.mark.parametrize(("rules", "message"), BAD_RULES, ids=[row[1] for row in BAD_RULES])
def test_a_bad_rule_is_refused(rules, message):
    with pytest.raises(LexiconError) as refused:
        read_rules(rules, {"I": "Battle tanks"}, "item_codes.yml, tanks")
    assert message in str(refused.value)
    assert str(refused.value).startswith("item_codes.yml, tanks")


def changed(tmp_path, name, change):
    for file in packaged_data().iterdir():
        if file.name in {"item_codes.yml", "type_facts.yml", "weapon_patterns.yml", "weapon_kinds.yml"}:
            (tmp_path / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    facts = yaml.safe_load((tmp_path / "type_facts.yml").read_text(encoding="utf-8"))
    (tmp_path / "type_facts.yml").write_text(yaml.safe_dump({**facts, "types": []}), encoding="utf-8")
    (tmp_path / "weapon_types.yml").write_text(
        "types:\n- {name: T-55, names: [T-55], category: tanks, un_register: I}\n", encoding="utf-8"
    )
    data = yaml.safe_load((tmp_path / name).read_text(encoding="utf-8"))
    change(data)
    (tmp_path / name).write_text(yaml.safe_dump(data), encoding="utf-8")
    return LexiconFiles(tmp_path)


BAD_FILES = [
    ("item_codes.yml", lambda d: d["systems"][0]["sources"].clear(), "a title and a web address of the list"),
    ("item_codes.yml", lambda d: d["kinds"].pop(0), "category 'artillery': nothing is said of un-register"),
    ("item_codes.yml", lambda d: d["kinds"][0].pop("mtcr"), "category 'artillery': nothing is said of mtcr"),
    ("item_codes.yml", lambda d: d["kinds"][0].update(category="guns"), "the category is none of"),
    ("item_codes.yml", lambda d: d["kinds"][0].update(nato=[{"code": "I"}]), "unknown key ['nato']"),
    ("item_codes.yml", lambda d: d["un_register"][0].update(code="IX"), "'un-register' has no code 'IX'"),
    ("weapon_types.yml", lambda d: d["types"][0].update(ml="ML66"), "'wassenaar-ml' has no code 'ML66'"),
    ("weapon_types.yml", lambda d: d["types"][0].update(un_register="SALW"), "says nothing of category 'tanks'"),
]


@pytest.mark.parametrize(("name", "change", "message"), BAD_FILES, ids=[row[2] for row in BAD_FILES])
def test_a_bad_file_is_refused(tmp_path, name, change, message):
    with pytest.raises(LexiconError) as refused:
        read_item_codes(changed(tmp_path, name, change))
    assert message in str(refused.value)


def test_a_good_file_is_read(tmp_path):
    codes = read_item_codes(changed(tmp_path, "weapon_types.yml", lambda _: None))
    assert codes.certain(Category.TANKS, "T-55s", "T-55")[0] == ("un-register", "I")
