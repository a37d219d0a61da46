"""What countries.yml holds: every country once, no name claimed twice, the press's names of four decades."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pytest

from armstrace.lexicon.entries import Names
from armstrace.lexicon.match import Matcher
from armstrace.lexicon.parties import country_kinds, country_names
from armstrace.lexicon.schema import LexiconFiles, packaged_data

# ISO 3166-1 alpha-2, complete; XK (Kosovo) and EU are the two user-assigned codes of the project.
ISO_CODES = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT
BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH
ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT
HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS
LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI
NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG
SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG
UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK EU
"""
LISTS = ("names", "adjectives", "people", "capitals", "seats", "places", "nicknames")
# Adjectives and nouns of nationals that two countries may claim. None today: "Congolese" is Kinshasa's,
# "Dominican" the Dominican Republic's, "Guinean" Conakry's, "Korean" Seoul's: the usual meaning by far.
SHARED_ADJECTIVES: dict[str, set[str]] = {}

CODES = frozenset(ISO_CODES.split())
FILES = LexiconFiles(packaged_data())
ROWS: list[dict[str, Any]] = FILES.read("countries.yml")
NAMED = tuple(country_names(FILES))
MATCHER = Matcher(Names({name: tuple(e for n, e in NAMED if n == name) for name in {n for n, _ in NAMED}}))


def _own_lists(row: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (list, word) for every word of an entry, those of its historic states included."""
    found = [(key, word) for key in LISTS for word in row.get(key, [])]
    return found + [(key, word) for old in row.get("historic", []) for key, words in old.items() for word in words]


def _claims(*lists: str) -> dict[str, set[str]]:
    claims: dict[str, set[str]] = defaultdict(set)
    for row in ROWS:
        for key, word in _own_lists(row):
            if key in lists and word not in row.get("weak", []):
                claims[word].add(row["code"])
    return claims


def test_every_country_and_territory_stands_once_in_order():
    codes = [row["code"] for row in ROWS]
    assert codes == sorted(set(codes))
    assert set(codes) == CODES


def test_every_word_is_text_without_article_or_possessive():
    for row in ROWS:
        for key, word in _own_lists(row):
            where = (row["code"], key, word)
            assert isinstance(word, str), where
            assert word == " ".join(word.split()) != "", where
            assert not word.startswith(("The ", "the ")) or word.casefold() == "the hague", where
            assert not word.endswith(("'s", "’s")) or word.startswith("S"), where  # "St. George's" is a capital
            assert word.replace("'", "’") in {w for k, w in _own_lists(row) if k == key}, where


def test_no_list_repeats_a_word_and_no_adjective_is_a_name():
    for row in ROWS:
        for key in (*LISTS, "weak", "kinds"):
            words = row.get(key, [])
            assert len(words) == len(set(words)), (row["code"], key)
        assert not set(row.get("adjectives", [])) & set(row["names"]), row["code"]


def test_weak_names_are_listed_and_a_strong_one_remains():
    for row in ROWS:
        weak = set(row.get("weak", []))
        assert weak <= {word for _, word in _own_lists(row)}, row["code"]
        assert set(row["names"]) - weak, row["code"]


def test_no_strong_name_or_place_is_claimed_by_two_countries():
    claims = _claims("names", "capitals", "seats", "places", "nicknames")
    assert {word: codes for word, codes in claims.items() if len(codes) > 1} == {}


def test_adjectives_claimed_by_two_countries_are_the_known_ones():
    claims = _claims("adjectives", "people")
    assert {word: codes for word, codes in claims.items() if len(codes) > 1} == SHARED_ADJECTIVES


def test_no_adjective_of_one_country_names_another():
    names = _claims("names", "capitals", "seats", "places", "nicknames")
    adjectives = _claims("adjectives", "people")
    assert {
        word: (names[word], adjectives[word])
        for word in names.keys() & adjectives.keys()
        if names[word] != adjectives[word]
    } == {}


def test_countries_with_an_adjective_have_a_noun_for_their_people():
    """Only places whose people the press hardly names are without: "Saudi" without "Saudis" is a slip."""
    bare = [row["code"] for row in ROWS if row.get("adjectives") and not row.get("people")]
    assert set(bare) <= {"AQ", "CG", "CK", "CW", "GF", "IM", "LI", "MC", "SH", "SM", "TC", "VA"}


SAMPLES = """
US: United States | U.S. | US | U.S.A. | USA | America | American | Americans | Washington | White House
GB: UK | U.K. | Britain | Great Britain | England | Scottish | Britons | Brits | Downing Street | Whitehall
FR: French | Frenchmen | Elysee | Élysée | Quai d'Orsay | Quai d’Orsay
DE: West Germany | West German | East Germany | East German | GDR | Bonn
NL: Holland | Dutch | The Hague
ES: Spaniards | Spanish
NO: Norway | Norwegian | Oslo
SE: Swedes
DK: Danes
FI: Finns
CH: Swiss | Geneva
PL: Poles | Polish | Gdansk
CZ: Czech Republic | Czechoslovakia | Czechoslovak | Prague
SK: Slovak
RU: Soviet Union | USSR | U.S.S.R. | Soviet | Soviets | Kremlin | Leningrad | Chechnya | Russian
UA: Kiev | Kyiv | Donbas | Donbass | Donetsk | Luhansk | Crimea | Odesa
BY: Byelorussia | Belarusian
MD: Transnistria | Trans-Dniester
GE: Abkhazia | South Ossetia | Tbilisi | Georgian
AZ: Nagorno-Karabakh | Azeri
RS: Yugoslavia | Yugoslav | Serb | Serbian
BA: Bosnia | Bosnia-Herzegovina | Sarajevo
XK: Kosovar
MK: Macedonia | North Macedonia
TR: Turkey | Türkiye | Turks | Incirlik
SA: Saudi | Saudis | Riyadh
AE: UAE | U.A.E. | Emirates | Emirati | Dubai
YE: Sanaa | Sana'a | Sana’a | South Yemen | Hodeidah | Hodeida
IR: Iran | Teheran | Islamic Republic | Bandar Abbas
IQ: Iraqis | Kurdistan | Fallujah
SY: Aleppo | Idlib | Kobani | Golan Heights
LB: Lebanese | Bekaa Valley
JO: Hashemite Kingdom
IL: Israelis | Jewish state | Tel Aviv | Jerusalem
PS: Gaza Strip | West Bank | Ramallah | Palestinians
EG: Cairo | Sinai
LY: Tripoli | Benghazi | Misrata
EH: Western Sahara
CN: PRC | Peking | Red China | mainland China | Zhongnanhai | Sino | Chinese
TW: Republic of China | Taipei | Formosa | Taiwanese
KP: DPRK | D.P.R.K. | N. Korea | N Korea | North Korean | Hermit Kingdom | Pyongyang
KR: ROK | South Koreans | Blue House | Pusan | Busan
VN: North Vietnam | South Vietnamese | Saigon
KH: Kampuchea | Khmer | Phnom Penh
MM: Burma | Myanmar | Burmese | Rangoon | Naypyidaw
IN: Bombay | Mumbai | Kashmir
PK: Pakistanis | Khyber Pakhtunkhwa
BD: East Pakistan | Dacca
LK: Ceylon | Jaffna
AF: Afghans | Kandahar
PH: Philippine | Filipino | Malacañang
TL: East Timor
CD: Zaire | Zairian | Congolese | DRC | D.R. Congo | Goma
CG: Congo-Brazzaville
CI: Ivory Coast | Cote d'Ivoire | Côte d’Ivoire | Ivorian
NE: Nigerien
NG: Nigerian | Niger Delta | Biafra
GN: Guinean | Conakry
GQ: Equatorial Guinea
ZW: Rhodesia | Rhodesian
SZ: Swaziland | Eswatini
ZA: South African | Pretoria
NA: South West Africa
BF: Upper Volta
SD: Darfur | Sudanese
SS: South Sudanese | Juba
ET: Tigray | Addis Ababa
SO: Somaliland | Puntland
TD: N'Djamena | Aozou Strip
AR: Argentine | Argentinian | Casa Rosada
FK: Falklands | Malvinas
DO: Dominican
SV: Salvadoran | Salvadorean
EU: European Union | EEC | E.U.
"""
SAMPLE_ROWS = [
    (word.strip(), line.partition(": ")[0])
    for line in SAMPLES.strip().splitlines()
    for word in line.partition(": ")[2].split("|")
]


@pytest.mark.parametrize(("word", "code"), SAMPLE_ROWS)
def test_name_of_any_decade_gives_its_country_alone(word: str, code: str):
    assert {e.country for name, e in NAMED if name == word} == {code}


@pytest.mark.parametrize(
    "word",
    # peoples, languages, faiths and continents are no state's; possessives and articles are never listed
    [
        "Kurdish",
        "Kurds",
        "Arab",
        "English",
        "Persian",
        "European",
        "African",
        "Muslim",
        "Islamic",
        "Russia's",
        "the Ukraine",
    ],
)
def test_word_of_no_one_country_is_left_out(word: str):
    assert word not in {name for name, _ in NAMED}


@pytest.mark.parametrize(
    ("word", "code"),
    [("Georgia", "GE"), ("Guinea", "GN"), ("Congo", "CD"), ("Korea", "KR"), ("Jersey", "JE")],
)
def test_name_that_is_often_something_else_is_weak(word: str, code: str):
    assert {(e.country, e.strong) for name, e in NAMED if name == word} == {(code, False)}


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("an Abrams plant in Lima, Ohio", ["US"]),
        ("built in London, Ontario, for Saudi Arabia", ["CA", "SA"]),
        ("the C-130 line at Marietta, Georgia", ["US"]),
        ("a federal court in Alexandria, Virginia", ["US"]),
        ("troops in Northern Ireland and New Mexico", ["GB", "US"]),
        ("from Papua New Guinea to Equatorial Guinea and Guinea-Bissau", ["PG", "GQ", "GW"]),
        ("the Democratic Republic of Congo and the Republic of Congo", ["CD", "CG"]),
        ("the Niger Delta and Niger", ["NG", "NE"]),
        ("South Sudan, Sudan", ["SS", "SD"]),
        ("the People's Republic of China and the Republic of China", ["CN", "TW"]),
        ("the Democratic People's Republic of Korea, the Republic of Korea", ["KP", "KR"]),
        ("U.S.-made arms, U.K.-built jets; Iran's and the Saudis' rockets", ["US", "GB", "IR", "SA"]),
        ("Swaziland, American Samoa, British Columbia", ["SZ", "AS", "CA"]),
        ("Turkish Cypriot and Greek Cypriot", ["CY", "CY"]),
        ("the Emirati-Saudi coalition in Yemen", ["AE", "SA", "YE"]),
    ],
)
def test_longer_name_keeps_the_shorter_one_out(text: str, codes: list[str]):
    assert [hit.entries[0].country for hit in MATCHER.find(text)] == codes


def test_kinds_are_single_nouns_in_lower_case():
    kinds = country_kinds(FILES)
    assert all(kind == kind.lower() and " " not in kind for kind in kinds)
    assert {"SA", "JO", "BH", "MA"} <= kinds["kingdom"]
    assert {"QA", "KW"} <= kinds["emirate"]
    assert kinds["sultanate"] == {"OM", "BN"}
