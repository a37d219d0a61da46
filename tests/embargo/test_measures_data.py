"""What the packaged measures hold: parties that the lexicon knows, addresses of the law, gaps that are named."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from armstrace.embargo.load import load_measures, packaged_measures
from armstrace.embargo.measures import Body, Bound, Entry, Measure, Strength
from armstrace.embargo.scopes import Reach, load_scopes
from armstrace.lexicon.schema import LexiconFiles, packaged_data
from armstrace.model import Category

MEASURES = load_measures()
BY_KEY = {measure.key: measure for measure in MEASURES}
SCOPES = load_scopes()
LEXICON = LexiconFiles(packaged_data())
each_measure = pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.key)

# SIPRI's archive of United Nations embargoes, mandatory and not, in force at any time since 1990.
SIPRI_UN = """
UN-AF UN-ALQAIDA-ISIL UN-AO UN-AZ UN-CD UN-CF UN-CI UN-ER UN-ER-ET UN-HT UN-HT-1993 UN-IQ UN-IR UN-KP UN-LB UN-LR
UN-LY UN-LY-1992 UN-RS UN-RW UN-SD UN-SL UN-SO UN-SS UN-YE UN-YE-1994 UN-YU UN-ZA
"""


def test_every_united_nations_embargo_of_the_archive_is_encoded():
    assert {measure.key for measure in MEASURES if measure.body is Body.UNITED_NATIONS} == set(SIPRI_UN.split())


def test_every_file_is_read():
    assert len(MEASURES) == sum(path.name.endswith(".yml") for path in packaged_measures().iterdir())


@each_measure
def test_parties_are_those_of_the_lexicon(measure: Measure):
    groups = {row["name"] for row in LEXICON.read("groups.yml")["groups"]}
    codes = {row["code"] for row in LEXICON.read("countries.yml")}
    for entry in measure.entries:
        disputing = chain.from_iterable(dispute.by for dispute in entry.disputes)
        assert {*entry.target.groups, *(one.group for one in entry.target.listed)} <= groups, entry.id
        assert {*entry.target.countries, *disputing} <= codes, entry.id
        assert not set(entry.target.named) & groups, f"{entry.id}: a name of groups.yml belongs under 'groups'"


WHOM_A_BODY_BINDS = {
    Body.UNITED_NATIONS: {Bound.ALL_STATES, Bound.TARGET, Bound.NAMED_STATES},
    Body.EUROPEAN_UNION: {Bound.EU_MEMBERS},
    Body.OSCE: {Bound.OSCE_STATES},
    Body.ECOWAS: {Bound.ECOWAS_MEMBERS, Bound.TARGET},
    Body.ARAB_LEAGUE: {Bound.ARAB_LEAGUE_MEMBERS},
    Body.UNITED_STATES: {Bound.UNITED_STATES},
    Body.UNITED_KINGDOM: {Bound.UNITED_KINGDOM},
}


@each_measure
def test_a_body_binds_its_own_members_only(measure: Measure):
    assert {bound for entry in measure.entries for bound in entry.bound} <= WHOM_A_BODY_BINDS[measure.body]


@each_measure
def test_a_resolution_leads_to_its_own_address(measure: Measure):
    addresses = {source.id: source.url for source in measure.sources}
    for entry in measure.entries:
        if entry.provision.instrument.startswith("resolution "):
            number, year = entry.provision.instrument.removeprefix("resolution ").split()
            assert addresses[entry.source] == f"https://undocs.org/S/RES/{number}{year}"
            assert year == f"({entry.adopted.year})", entry.id


@each_measure
def test_an_entry_that_was_replaced_is_followed_on_that_day(measure: Measure):
    begun = {entry.in_force_from for entry in measure.entries}
    assert {entry.in_force_to for entry in measure.entries if entry.ending == "replaced"} <= begun


def _covers(scope: tuple[str, ...], category: Category) -> Reach | None:
    reaches = {found.reach for name in scope for found in SCOPES[name].covered(category)}
    return Reach.ALL if Reach.ALL in reaches else next(iter(reaches), None)


def _entry(name: str) -> Entry:
    key, entry = name.split("/")
    return next(one for one in BY_KEY[key].entries if one.id == entry)


@pytest.mark.parametrize(
    ("entry", "category", "reach"),
    [
        ("UN-KP/1874-procurement", Category.AMMUNITION, Reach.ALL),  # the seed's shells from North Korea
        ("UN-KP/1718-supply", Category.SMALL_ARMS, None),
        ("UN-KP/1874-supply", Category.SMALL_ARMS, None),
        ("UN-KP/1874-supply", Category.AMMUNITION, Reach.SOME),
        ("UN-KP/2270-supply", Category.SMALL_ARMS, Reach.ALL),
        ("UN-IR/1929-supply", Category.TANKS, Reach.ALL),
        ("UN-IR/1929-supply", Category.AIR_DEFENCE, Reach.SOME),  # the Register has portable systems only
        ("UN-IR/1929-supply", Category.SMALL_ARMS, None),
        ("UN-IR/2231-missiles-procurement", Category.DRONES, Reach.SOME),
        ("UN-IR/2231-missiles-procurement", Category.ARTILLERY, None),
        ("UN-HT/2699-small-arms", Category.TANKS, None),
        ("UN-YU/1021-heavy", Category.SMALL_ARMS, None),
        ("UN-YU/1021-heavy", Category.ARTILLERY, Reach.SOME),
    ],
)
def test_which_items_an_entry_reaches(entry: str, category: Category, reach: Reach | None):
    assert _covers(_entry(entry).scope, category) is reach


def test_unmanned_aircraft_fall_under_the_missile_list_from_300_kilometres_with_any_payload():
    (covered,) = SCOPES["missile-technology"].covered(Category.DRONES)
    assert [(limit.measured, limit.at_least) for limit in covered.thresholds] == [("range_km", 300)]
    (systems,) = SCOPES["missile-systems"].covered(Category.DRONES)
    assert {limit.measured: limit.at_least for limit in systems.thresholds} == {"range_km": 300, "payload_kg": 500}


def test_a_call_for_restraint_is_no_prohibition():
    assert _entry("UN-IR/1747-restraint").strength is Strength.URGED
    assert _entry("EU-CN/1989-declaration").strength is Strength.POLITICAL


def test_what_can_no_longer_be_renewed_unseen_is_marked_unchecked():
    """A set end after the last look must not read as a lapse."""
    for measure in MEASURES:
        for entry in measure.entries:
            if entry.in_force_to is not None and entry.in_force_to > measure.known_until:
                assert entry.ending == "unchecked", f"{measure.key}/{entry.id}"
            if entry.ending == "unchecked":
                assert entry.in_force_to is not None
                assert entry.in_force_to > date(2025, 12, 31), f"{measure.key}/{entry.id}"
