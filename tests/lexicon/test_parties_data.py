"""The hand-written party files: their shape, and what the world's names are said to stand for."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml

from armstrace.model import SourceKind

Row = dict[str, Any]

# where the entries of each file stand: file, key, lists that hold strong names
SECTIONS = [
    ("institutions", "named", ("names",)),
    ("groups", "groups", ("names", "people", "adjectives")),
    ("bodies", "bodies", ("names",)),
    ("outlets", "outlets", ("names",)),
    ("speakers", "named", ("names",)),
]
KEYS = {
    "institutions": ({"names", "country", "branch"}, {"weak"}),
    "groups": ({"name", "names", "acts_in", "kind"}, {"people", "adjectives", "weak"}),
    "bodies": ({"names", "code", "country", "kind"}, {"weak"}),
    "outlets": ({"name", "names", "kind", "country"}, {"weak", "domains"}),
    "speakers": ({"names", "kind", "country"}, {"weak"}),
}
BRANCHES = {"executive", "legislature", "military", "intelligence", "judiciary", "opposition"}
GROUP_KINDS = {
    "militia",
    "rebels",
    "insurgents",
    "separatists",
    "terrorists",
    "cartel",
    "paramilitary",
    "private-military",
    "government-in-waiting",
}
GENERIC_KINDS = {
    "rebels",
    "insurgents",
    "separatists",
    "militia",
    "paramilitary",
    "terrorists",
    "cartel",
    "gang",
    "mercenaries",
    "opposition",
    "unspecified",
}
CLOSED_LISTS = [
    ("institutions", "named", "branch", BRANCHES),
    ("institutions", "patterns", "branch", BRANCHES),
    ("groups", "groups", "kind", GROUP_KINDS),
    ("groups", "generic", "kind", GENERIC_KINDS),
    ("bodies", "bodies", "kind", {"body", "panel", "court"}),
    ("bodies", "patterns", "kind", {"body", "panel", "court"}),
    (
        "outlets",
        "outlets",
        "kind",
        {"agency", "paper", "broadcaster", "state-media", "magazine", "site", "blog", "thinktank-site"},
    ),
    ("speakers", "named", "kind", {"expert", "ngo", "document"}),
    ("speakers", "speakers", "anonymous", set(SourceKind)),
    ("speakers", "speakers", "named", set(SourceKind)),
    ("speakers", "titles", "kind", set(SourceKind)),
]
LEAST = {"institutions": 600, "groups": 400, "bodies": 150, "outlets": 1000, "speakers": 300}

# lists of words that take their country or body from the words around them
NOUN_LISTS = [
    ("institutions", "patterns", "heads"),
    ("groups", "generic", "nouns"),
    ("bodies", "patterns", "heads"),
    ("speakers", "speakers", "nouns"),
]


@cache
def load(name: str) -> dict[str, list[Row]]:
    return yaml.safe_load((files("armstrace.lexicon") / "data" / f"{name}.yml").read_text(encoding="utf-8"))


def entries(name: str, key: str) -> list[Row]:
    return load(name)[key]


@cache
def index(name: str) -> dict[str, Row]:
    """Return every name of one file, weak ones too where only one entry has them -> its entry."""
    section = next(s for s in SECTIONS if s[0] == name)
    rows = entries(name, section[1])
    found = {n: row for row in rows for key in section[2] for n in row.get(key, [])}
    weak = Counter(n for row in rows for n in row.get("weak", []))
    return found | {n: row for row in rows for n in row.get("weak", []) if weak[n] == 1 and n not in found}


@cache
def nouns(name: str) -> dict[str, Row]:
    return {n: row for f, key, words in NOUN_LISTS if f == name for row in entries(f, key) for n in row[words]}


@pytest.mark.parametrize(("name", "key", "lists"), SECTIONS)
def test_entries_have_known_keys_and_text(name, key, lists):
    needed, optional = KEYS[name]
    for row in entries(name, key):
        assert needed <= set(row) <= needed | optional, row
        for words in (*lists, "weak", "acts_in", "domains"):
            for word in row.get(words, []):
                assert isinstance(word, str), f"unquoted YAML word in {row}"
                assert word == word.strip() != "", row
        assert any(row.get(words) for words in lists), f"only weak names: {row}"


@pytest.mark.parametrize(("name", "key", "lists"), SECTIONS)
def test_strong_names_belong_to_one_entry(name, key, lists):
    strong = Counter(n for row in entries(name, key) for words in lists for n in row.get(words, []))
    assert [n for n, times in strong.items() if times > 1] == []
    weak = {n for row in entries(name, key) for n in row.get("weak", [])}
    assert sorted(weak & set(strong)) == []


@pytest.mark.parametrize(("first", "second"), [(a, b) for i, a in enumerate(LEAST) for b in list(LEAST)[i + 1 :]])
def test_no_strong_name_stands_in_two_files(first, second):
    names = [
        {
            n
            for f, key, lists in SECTIONS
            if f == name
            for row in entries(f, key)
            for words in lists
            for n in row.get(words, [])
        }
        for name in (first, second)
    ]
    assert sorted(names[0] & names[1]) == []


@pytest.mark.parametrize(("name", "key", "field", "allowed"), CLOSED_LISTS)
def test_kinds_come_from_the_closed_list(name, key, field, allowed):
    assert {row[field] for row in entries(name, key)} <= allowed


@pytest.mark.parametrize(("name", "key", "words"), NOUN_LISTS)
def test_nouns_stand_once_and_are_text(name, key, words):
    times = Counter(n for row in entries(name, key) for n in row[words])
    assert all(isinstance(n, str) and n == n.strip() for n in times)
    assert [n for n, count in times.items() if count > 1] == []


@pytest.mark.parametrize(("name", "key"), [("institutions", "patterns"), ("bodies", "patterns")])
def test_heads_are_lower_case(name, key):
    assert [n for row in entries(name, key) for n in row["heads"] if n != n.lower()] == []


def test_speaker_nouns_are_lower_case():
    assert [n for row in entries("speakers", "speakers") for n in row["nouns"] if n != n.lower()] == []


def test_titles_stand_once():
    times = Counter(t for row in entries("speakers", "titles") for t in row["titles"])
    assert [t for t, count in times.items() if count > 1] == []


def test_country_codes_are_well_formed():
    codes = {row["country"] for name, key, _ in SECTIONS if name != "groups" for row in entries(name, key)}
    codes |= {code for row in entries("groups", "groups") for code in row["acts_in"]}
    assert {code for code in codes if code is not None and not re.fullmatch("[A-Z]{2}", code)} == set()
    assert codes & {"UK", "SU", "YU", "DD", "CS", "ZR", "BU", "AN", "TP"} == set(), "gone or wrong: use the successor"


def test_every_group_acts_somewhere():
    assert [row["name"] for row in entries("groups", "groups") if not row["acts_in"]] == []


def test_only_the_european_union_has_a_code_of_its_own():
    for row in entries("bodies", "bodies"):
        assert row["country"] == ("EU" if row["code"] == "EU" else None), row


@pytest.mark.parametrize(("name", "key"), [("groups", "groups"), ("outlets", "outlets")])
def test_shown_names_are_unique_and_can_be_found(name, key):
    times = Counter(row["name"] for row in entries(name, key))
    assert [n for n, count in times.items() if count > 1] == []
    for row in entries(name, key):
        listed = [n for words in ("names", "people", "adjectives", "weak") for n in row.get(words, [])]
        # "El Comercio (Peru)" tells two papers of one name apart and is in no text
        assert row["name"] in listed or row["name"].endswith(")"), row["name"]


def test_groups_are_in_alphabetical_order():
    names = [row["name"].lower().lstrip("'") for row in entries("groups", "groups")]
    assert names == sorted(names)


def test_domains_are_hosts_of_one_outlet():
    domains = Counter(d for row in entries("outlets", "outlets") for d in row.get("domains", []))
    assert [d for d, count in domains.items() if count > 1] == []
    assert [d for d in domains if not re.fullmatch(r"(?!www\.)[a-z0-9-]+(\.[a-z0-9-]+)+", d)] == []


@pytest.mark.parametrize(("name", "key", "lists"), SECTIONS)
def test_no_name_is_a_plain_country_name(name, key, lists):
    plain = {n for row in countries() if row["code"] != "EU" for n in row["names"]}
    assert sorted(plain & {n for row in entries(name, key) for words in lists for n in row.get(words, [])}) == []


def countries() -> list[Row]:
    return yaml.safe_load((files("armstrace.lexicon") / "data" / "countries.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "least"), LEAST.items())
def test_nothing_got_lost(name, least):
    key = next(k for f, k, _ in SECTIONS if f == name)
    assert len(entries(name, key)) >= least


INSTITUTIONS = [
    ("Pentagon", "US", "executive"),
    ("DoD", "US", "executive"),
    ("State Department", "US", "executive"),
    ("Reagan administration", "US", "executive"),
    ("DSCA", "US", "executive"),
    ("Senate Foreign Relations Committee", "US", "legislature"),
    ("Capitol Hill", "US", "legislature"),
    ("Congress", "US", "legislature"),
    ("CENTCOM", "US", "military"),
    ("CIA", "US", "intelligence"),
    ("FBI", "US", "judiciary"),
    ("Foreign Office", "GB", "executive"),
    ("MoD", "GB", "executive"),
    ("House of Commons", "GB", "legislature"),
    ("MI6", "GB", "intelligence"),
    ("DGSE", "FR", "intelligence"),
    ("Bundestag", "DE", "legislature"),
    ("Federal Security Council", "DE", "executive"),
    ("BND", "DE", "intelligence"),
    ("Stasi", "DE", "intelligence"),
    ("Storting", "NO", "legislature"),
    ("Riksdag", "SE", "legislature"),
    ("Folketing", "DK", "legislature"),
    ("Tweede Kamer", "NL", "legislature"),
    ("Securitate", "RO", "intelligence"),
    ("Yugoslav People's Army", "RS", "military"),
    ("Duma", "RU", "legislature"),
    ("FSB", "RU", "intelligence"),
    ("KGB", "RU", "intelligence"),
    ("Red Army", "RU", "military"),
    ("Verkhovna Rada", "UA", "legislature"),
    ("SBU", "UA", "intelligence"),
    ("Revolutionary Guards", "IR", "military"),
    ("Qods Force", "IR", "military"),
    ("Majlis", "IR", "legislature"),
    ("SAVAK", "IR", "intelligence"),
    ("Knesset", "IL", "legislature"),
    ("IDF", "IL", "military"),
    ("Shin Bet", "IL", "intelligence"),
    ("Assad regime", "SY", "executive"),
    ("Government of National Accord", "LY", "executive"),
    ("ISI", "PK", "intelligence"),
    ("RAW", "IN", "intelligence"),
    ("Lok Sabha", "IN", "legislature"),
    ("Afghan National Army", "AF", "military"),
    ("People's Liberation Army", "CN", "military"),
    ("Legislative Yuan", "TW", "legislature"),
    ("Diet", "JP", "legislature"),
    ("Korean People's Army", "KP", "military"),
    ("Tatmadaw", "MM", "military"),
    ("Sudanese Armed Forces", "SD", "military"),
    ("FARDC", "CD", "military"),
    ("SANDF", "ZA", "military"),
    ("Sandinistas", "NI", "executive"),
    ("Tonton Macoute", "HT", "military"),
]


@pytest.mark.parametrize(("name", "country", "branch"), INSTITUTIONS)
def test_institution(name, country, branch):
    row = index("institutions")[name]
    assert (row["country"], row["branch"]) == (country, branch)


GROUPS = [
    ("Hizbollah", "Hezbollah", "LB", "militia"),
    ("Huthis", "Houthis", "YE", "rebels"),
    ("Ansarullah", "Houthis", "YE", "rebels"),
    ("peshmerga", "peshmerga", "IQ", "militia"),
    ("Kurdish forces", "Kurdish forces", "IQ", "militia"),
    ("KRG", "Kurdistan Regional Government", "IQ", "government-in-waiting"),
    ("YPG", "YPG", "SY", "militia"),
    ("PKK", "PKK", "TR", "separatists"),
    ("Daesh", "Islamic State", "IQ", "terrorists"),
    ("Free Syrian Army", "Free Syrian Army", "SY", "rebels"),
    ("Nusra Front", "Nusra Front", "SY", "terrorists"),
    ("Hamas", "Hamas", "PS", "militia"),
    ("PLO", "Palestine Liberation Organization", "PS", "government-in-waiting"),
    ("contras", "contras", "NI", "rebels"),
    ("mujahedeen", "mujahedeen", "AF", "rebels"),
    ("Taleban", "Taliban", "AF", "insurgents"),
    ("Tamil Tigers", "LTTE", "LK", "separatists"),
    ("UNITA", "UNITA", "AO", "rebels"),
    ("SWAPO", "SWAPO", "NA", "rebels"),
    ("Rapid Support Forces", "Rapid Support Forces", "SD", "paramilitary"),
    ("Haftar's forces", "Libyan National Army", "LY", "rebels"),
    ("M23", "M23", "CD", "rebels"),
    ("Al Shabab", "al-Shabaab", "SO", "terrorists"),
    ("Tuareg", "Tuareg rebels", "ML", "separatists"),
    ("pro-Russian rebels", "pro-Russian separatists", "UA", "separatists"),
    ("Luhansk People's Republic", "Luhansk People's Republic", "UA", "separatists"),
    ("Kosovo Liberation Army", "Kosovo Liberation Army", "XK", "separatists"),
    ("Bosnian Serbs", "Bosnian Serbs", "BA", "separatists"),
    ("Provisional IRA", "IRA", "GB", "terrorists"),
    ("Shining Path", "Shining Path", "PE", "terrorists"),
    ("FMLN", "FMLN", "SV", "rebels"),
    ("Sinaloa Cartel", "Sinaloa Cartel", "MX", "cartel"),
    ("Cali cartel", "Cali cartel", "CO", "cartel"),
    ("Khmer Rouge", "Khmer Rouge", "KH", "rebels"),
    ("Arakan Army", "Arakan Army", "MM", "rebels"),
    ("Free Aceh Movement", "Free Aceh Movement", "ID", "separatists"),
    ("Polisario", "Polisario Front", "EH", "separatists"),
    ("TPLF", "TPLF", "ET", "rebels"),
    ("Wagner Group", "Wagner Group", "RU", "private-military"),
    ("Chechen rebels", "Chechen rebels", "RU", "separatists"),
    ("Trans-Dniester separatists", "Transnistrian forces", "MD", "separatists"),
]


@pytest.mark.parametrize(("name", "shown", "country", "kind"), GROUPS)
def test_group(name, shown, country, kind):
    row = index("groups")[name]
    assert (row["name"], row["acts_in"][0], row["kind"]) == (shown, country, kind)


BODIES = [
    ("U.N.", "UN", None, "body"),
    ("Group of Experts", "UN", None, "panel"),
    ("UNPROFOR", "UN", None, "body"),
    ("NATO", "NATO", None, "body"),
    ("European Commission", "EU", "EU", "body"),
    ("EEC", "EU", "EU", "body"),
    ("Warsaw Pact", "Warsaw Pact", None, "body"),
    ("African Union", "AU", None, "body"),
    ("ECOWAS", "ECOWAS", None, "body"),
    ("Gulf Cooperation Council", "GCC", None, "body"),
    ("IAEA", "IAEA", None, "body"),
    ("International Criminal Court", "ICC", None, "court"),
]


@pytest.mark.parametrize(("name", "code", "country", "kind"), BODIES)
def test_body(name, code, country, kind):
    row = index("bodies")[name]
    assert (row["code"], row["country"], row["kind"]) == (code, country, kind)


OUTLETS = [
    ("Reuter", "Reuters", "GB", "agency"),
    ("The Associated Press", "Associated Press", "US", "agency"),
    ("AFP", "Agence France-Presse", "FR", "agency"),
    ("Itar-Tass", "TASS", "RU", "state-media"),
    ("Interfax", "Interfax", "RU", "agency"),
    ("New China News Agency", "Xinhua", "CN", "state-media"),
    ("Global Times", "Global Times", "CN", "state-media"),
    ("IRNA", "IRNA", "IR", "state-media"),
    ("Press TV", "Press TV", "IR", "state-media"),
    ("KCNA", "KCNA", "KP", "state-media"),
    ("Syrian Arab News Agency", "SANA", "SY", "state-media"),
    ("Baghdad radio", "Baghdad Radio", "IQ", "state-media"),
    ("Granma", "Granma", "CU", "state-media"),
    ("Anadolu Agency", "Anadolu Agency", "TR", "state-media"),
    ("New York Times", "New York Times", "US", "paper"),
    ("LA Times", "Los Angeles Times", "US", "paper"),
    ("Miami Herald", "Miami Herald", "US", "paper"),
    ("Times of London", "The Times", "GB", "paper"),
    ("The Guardian", "The Guardian", "GB", "paper"),
    ("BBC", "BBC", "GB", "broadcaster"),
    ("Le Canard Enchaine", "Le Canard Enchaîné", "FR", "paper"),
    ("Der Spiegel", "Der Spiegel", "DE", "magazine"),
    ("Ha'aretz", "Haaretz", "IL", "paper"),
    ("Yedioth Ahronoth", "Yediot Aharonot", "IL", "paper"),
    ("Al-Jazeera", "Al Jazeera", "QA", "broadcaster"),
    ("Asharq Al-Awsat", "Asharq al-Awsat", "SA", "paper"),
    ("Ash-Shiraa", "Ash-Shiraa", "LB", "magazine"),
    ("Rudaw", "Rudaw", "IQ", "broadcaster"),
    ("Kommersant", "Kommersant", "RU", "paper"),
    ("Kyiv Independent", "Kyiv Independent", "UA", "site"),
    ("Hindustan Times", "Hindustan Times", "IN", "paper"),
    ("Yonhap", "Yonhap", "KR", "agency"),
    ("Nihon Keizai Shimbun", "Nikkei", "JP", "paper"),
    ("South China Morning Post", "South China Morning Post", "HK", "paper"),
    ("Mail & Guardian", "Mail & Guardian", "ZA", "paper"),
    ("Folha de Sao Paulo", "Folha de S.Paulo", "BR", "paper"),
    ("Jane's Defence Weekly", "Jane's Defence Weekly", "GB", "magazine"),
    ("Bellingcat", "Bellingcat", "NL", "site"),
    ("Breitbart News", "Breitbart", "US", "site"),
]


@pytest.mark.parametrize(("name", "shown", "country", "kind"), OUTLETS)
def test_outlet(name, shown, country, kind):
    row = index("outlets")[name]
    assert (row["name"], row["country"], row["kind"]) == (shown, country, kind)


@pytest.mark.parametrize(
    ("weak", "owners"),
    [
        ("The Times", {"The Times", "New York Times", "Los Angeles Times", "Washington Times"}),
        ("The Post", {"Washington Post", "New York Post"}),
        ("Daily Star", {"Daily Star", "Daily Star (Lebanon)", "Daily Star (Bangladesh)"}),
        ("Guardian", {"The Guardian"}),
        ("ABC", {"ABC News", "ABC (Spain)", "Australian Broadcasting Corporation"}),
    ],
)
def test_shared_short_names_are_weak(weak, owners):
    assert weak not in {n for row in entries("outlets", "outlets") for n in row["names"]}
    assert {row["name"] for row in entries("outlets", "outlets") if weak in row.get("weak", [])} == owners


@pytest.mark.parametrize(
    ("domain", "shown"), [("nytimes.com", "New York Times"), ("bbc.co.uk", "BBC"), ("tass.com", "TASS")]
)
def test_domain(domain, shown):
    assert [row["name"] for row in entries("outlets", "outlets") if domain in row.get("domains", [])] == [shown]


NAMED_SPEAKERS = [
    ("SIPRI", "SE", "expert"),
    ("IISS", "GB", "expert"),
    ("Small Arms Survey", "CH", "expert"),
    ("Conflict Armament Research", "GB", "expert"),
    ("C4ADS", "US", "expert"),
    ("Human Rights Watch", "US", "ngo"),
    ("Amnesty International", "GB", "ngo"),
    ("CAAT", "GB", "ngo"),
    ("Syrian Observatory for Human Rights", "GB", "ngo"),
    ("Control Arms", None, "ngo"),
    ("Doctors Without Borders", "FR", "ngo"),
    ("WikiLeaks", None, "document"),
]


@pytest.mark.parametrize(("name", "country", "kind"), NAMED_SPEAKERS)
def test_named_speaker(name, country, kind):
    row = index("speakers")[name]
    assert (row["country"], row["kind"]) == (country, kind)


SPEAKER_NOUNS = [
    ("officials", "official-anonymous", "official-named"),
    ("diplomat", "official-anonymous", "official-named"),
    ("lawmaker", "official-anonymous", "official-named"),
    ("spokeswoman", "government", "official-named"),
    ("intelligence officials", "intelligence", "intelligence"),
    ("analysts", "expert", "expert"),
    ("professor", "expert", "expert"),
    ("rights group", "ngo", "ngo"),
    ("chief executive", "company", "company"),
    ("arms dealer", "company", "company"),
    ("cables", "document", "document"),
    ("end-user certificate", "document", "document"),
    ("newspapers", "outlet", "outlet"),
    ("state television", "state-media", "state-media"),
]


@pytest.mark.parametrize(("noun", "anonymous", "named"), SPEAKER_NOUNS)
def test_speaker_noun(noun, anonymous, named):
    row = nouns("speakers")[noun]
    assert (row["anonymous"], row["named"]) == (anonymous, named)


HEADS = [
    ("defence ministry", "executive"),
    ("regime", "executive"),
    ("embassy", "executive"),
    ("lower house", "legislature"),
    ("armed forces", "military"),
    ("border guards", "military"),
    ("spy agency", "intelligence"),
    ("prosecutors", "judiciary"),
    ("customs", "judiciary"),
    ("opposition lawmakers", "opposition"),
]


@pytest.mark.parametrize(("head", "branch"), HEADS)
def test_institution_head(head, branch):
    assert nouns("institutions")[head]["branch"] == branch


@pytest.mark.parametrize(
    ("noun", "kind"),
    [
        ("rebels", "rebels"),
        ("militants", "insurgents"),
        ("secessionists", "separatists"),
        ("tribesmen", "militia"),
        ("death squads", "paramilitary"),
        ("jihadists", "terrorists"),
        ("drug cartels", "cartel"),
        ("gunrunners", "gang"),
        ("mercenaries", "mercenaries"),
        ("opposition fighters", "opposition"),
        ("armed groups", "unspecified"),
    ],
)
def test_generic_armed_actor(noun, kind):
    assert nouns("groups")[noun]["kind"] == kind
