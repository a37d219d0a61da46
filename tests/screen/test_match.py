"""Screening names against lists: who is found, why, and that nothing worth a hit is passed over."""

from __future__ import annotations

import io

import pytest
from list_samples import SAMPLES, SDN_ADVANCED, UN_XML

from armstrace.screen.certificate import Basis, Searched, is_certificate, make_certificate
from armstrace.screen.countries import load_country_codes
from armstrace.screen.entries import ListedEntry, ListedKind, ListedName
from armstrace.screen.index import ListIndex
from armstrace.screen.load import ListFile, SanctionsList, read_lists
from armstrace.screen.match import Asked, screen_name
from armstrace.screen.name_words import load_name_words
from armstrace.screen.names import parse_name
from armstrace.screen.score import score_names

WORDS = load_name_words()


def lists_of(*texts):
    files = [ListFile(f"{n}.xml", lambda text=text: io.BytesIO(text.encode())) for n, text in enumerate(texts)]
    return read_lists(files, load_country_codes())


@pytest.fixture(scope="module")
def index():
    return ListIndex(lists_of(UN_XML, SDN_ADVANCED), WORDS)


# What is asked -> the entries that answer, with the features that tell why, the best first.
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (Asked("Anton Vasilkov"), {"NVi.001": "words", "70001": "words"}),
        (Asked("Антон Васильков"), {"NVi.001": "words", "70001": "words"}),
        (Asked("Vasilkov, A."), {"NVi.001": "words", "70001": "words"}),
        (Asked("Norvik Impex Ltd"), {"NVe.001": "words", "70002": "words"}),
        (Asked("BaltKompass Trading"), {"NVe.001": "words", "70002": "words"}),
        (Asked("Balt Kompass Trading"), {"NVe.001": "words", "70002": "words"}),
        (Asked("tanker Snowdrop (IMO 9074729)"), {"70003": "IMO number", "NVe.001": "IMO number"}),
        (Asked("Snowdrop", imo="9074729"), {"70003": "IMO number", "NVe.001": "IMO number"}),
        (Asked("Ocean Lark", ListedKind.VESSEL), {"70003": "words"}),
        (Asked("Ocean Lark", ListedKind.VESSEL, imo="9074731"), {}),  # another ship of that name
        (Asked("Ocean Lark", ListedKind.PERSON), {}),
        (Asked("Anton Vasilkov", born="1961"), {"NVi.001": "birth", "70001": "birth"}),
        (Asked("Anton Wasilkow", born="1990"), {}),
        (Asked("Tosha"), {"NVi.001": "weak alias", "70001": "weak alias"}),
        (Asked("Anton Vasilkov", country="LV"), {"NVi.001": "country", "70001": "country"}),
        (Asked("Nikolai Berezin"), {}),
        (Asked("Trading"), {}),
        (Asked("..."), {}),
        (Asked(""), {}),
    ],
)  # fmt: skip
def test_who_is_found_and_why(index, asked, found):
    hits = screen_name(asked, index)
    assert {hit.entry.id for hit in hits} == set(found)
    assert all(found[hit.entry.id] in {reason.feature for reason in hit.reasons} for hit in hits)
    assert [hit.points for hit in hits] == sorted((hit.points for hit in hits), reverse=True)
    for hit in hits:
        assert hit.points == pytest.approx(sum(reason.points for reason in hit.reasons), abs=0.002)


def test_a_lower_threshold_shows_more(index):
    assert not screen_name(Asked("Anton Wasilkow", born="1990"), index)
    assert screen_name(Asked("Anton Wasilkow", born="1990"), index, 0.5)


def test_the_index_passes_over_nothing_that_is_a_hit(index):
    """Comparing every name gives no more hits than comparing those that the index proposes."""
    spoken = [name.text for one in index.lists for entry in one.entries for name in entry.names]
    asked = [*spoken, *(name.swapcase() for name in spoken), "Antom Vasilkov", "Ocean Larck", "Baltkompas Tradding"]
    for text in asked:
        by_index = {hit.entry.id for hit in screen_name(Asked(text), index)}
        for listed in index.names:
            kind = listed.entry.kind
            points = score_names(parse_name(text, kind, WORDS), listed.parsed, kind).points
            assert points < 0.83 or listed.entry.id in by_index, (text, listed.name)


def test_order_of_lists_and_entries_changes_no_hit():
    lists = lists_of(UN_XML, SDN_ADVANCED)
    turned = [
        SanctionsList(one.key, one.format, one.dated, one.sha256, one.files, one.entries[::-1]) for one in lists[::-1]
    ]
    for name in ("Anton Vasilkov", "Baltkompass", "Ocean Lark"):
        one, other = (screen_name(Asked(name), ListIndex(some, WORDS), 0.5) for some in (lists, turned))
        assert [(h.entry.id, h.points, h.reasons) for h in one] == [(h.entry.id, h.points, h.reasons) for h in other]


def test_an_entry_that_many_names_fit_is_one_hit():
    names = tuple(ListedName(f"Anton Vasilkov {n}") for n in ("", "Jr", "Senior"))
    one = SanctionsList("un", "UN XML", "", "0" * 64, (), (ListedEntry("1", ListedKind.PERSON, names),))
    assert len(screen_name(Asked("Anton Vasilkov"), ListIndex([one], WORDS))) == 1


def certificate(names, lists, at="2026-03-06T09:00:00Z"):
    index = ListIndex(lists, WORDS)
    searched = [Searched(Asked(name), screen_name(Asked(name), index)) for name in names]
    return make_certificate(searched, Basis(at, 0.72, [(one, "2026-03-05T08:00:00Z") for one in lists]), "armstrace 0")


def test_a_certificate_says_what_was_searched_against_what_and_with_which_result():
    body = certificate(["Anton Vasilkov", "Nikolai Berezin"], lists_of(UN_XML))
    assert body["searched_at"] == "2026-03-06T09:00:00Z"
    (one,) = body["lists"]
    assert (one["list"], one["dated"], one["entries"]) == ("un", "2026-03-02", 2)
    assert one["sha256"] == one["files"][0]["sha256"]
    assert [searched["result"] for searched in body["searched"]] == ["hits", "nothing found"]
    (hit,) = body["searched"][0]["hits"]
    assert (hit["entry"], hit["list_dated"], hit["list_sha256"]) == ("NVi.001", "2026-03-02", one["sha256"])
    assert hit["reasons"]
    assert "UK Sanctions List" in body["official_lists_not_searched"]
    assert "no identification" in body["limits"]


def test_the_same_search_gives_the_same_certificate_and_any_change_another():
    names = ["Anton Vasilkov", "Nikolai Berezin"]
    bodies = [certificate(names, lists_of(UN_XML, SDN_ADVANCED)[::step]) for step in (1, -1)]
    assert bodies[0] == bodies[1]
    assert is_certificate(bodies[0])
    others = [
        certificate(names, lists_of(UN_XML)),
        certificate(names[:1], lists_of(UN_XML, SDN_ADVANCED)),
        certificate(names, lists_of(UN_XML, SDN_ADVANCED), "2026-03-06T09:00:01Z"),
    ]
    assert len({body["certificate"] for body in (bodies[0], *others)}) == 4
    assert not is_certificate({**bodies[0], "threshold": 0.9})


@pytest.mark.parametrize("name", SAMPLES)
def test_all_lists_can_be_screened_against(name):
    sample = SAMPLES[name]
    files = [ListFile(file, lambda data=data: io.BytesIO(data.encode())) for file, data in sample.files.items()]
    index = ListIndex(read_lists(files, load_country_codes()), WORDS)
    assert len(screen_name(Asked("Anton Vasilkov"), index)) == 1
    assert len(screen_name(Asked("IMO 9074729"), index)) == (sample.has_vessel or name == "UN XML")
