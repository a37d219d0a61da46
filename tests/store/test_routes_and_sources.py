"""Counts of who supplies whom and the sums of sources, made by each kind of database."""

from dataclasses import replace

import pytest
from kept_stories import Add, Read, Review, take, update

from armstrace.errors import MetadataError, StoreError
from armstrace.grouping import load_stages
from armstrace.keeping.stages import unchecked
from armstrace.model import SourceKind
from armstrace.register.reliability import grade_source, load_reliability
from armstrace.store import routes
from armstrace.store.routes import count_routes
from armstrace.store.source_grades import Grade, Graded
from armstrace.store.sources import (
    ORDERS,
    SourceQuery,
    Stretch,
    claims_of_source,
    count_sources,
    find_source,
    kinds_and_countries,
    list_sources,
)
from armstrace.store.transfers import TransferQuery, count_transfers

NOW = "2031-06-01T00:00:00Z"
STORY = [
    Add("a1", ("One.",), outlet="Holm Post", day="2031-03-01"),
    Read(
        "a1",
        ("US > IQ; tanks (tanks); ordered; by government, US, the Pentagon", "FR > EG; missiles (missiles); planned"),
    ),
    Add("a2", ("Two.",), outlet="Courier", day="2031-03-05"),
    Read(
        "a2", ("US > IQ; tanks (tanks); delivered; by government, IQ, the army", "US > IQ; drones (drones); cancelled")
    ),
    Add("a3", ("Three.",), outlet="holm  post", day="2031-04-01"),
    Read(
        "a3",
        (
            "FR > EG; missiles (missiles); planned; denied; by government, EG, Cairo",
            "DZ/Marsh \x00\ud800 Yard > ?; ships (ships); offered",
        ),
    ),
    Add("a4", ("Four.",), outlet="Courier", day="2031-05-01"),
    Read("a4", ("IQ/Hill Front > DZ; rifles (small-arms); used; by official-anonymous, US, ~two officials",)),
]


@pytest.fixture(scope="session")
def stages(reader):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("armstrace.grouping.load_lexicon", lambda: reader.lexicon)
        return load_stages()._replace(check=unchecked)


@pytest.fixture
def filled(store, stages):
    take(store, STORY)
    update(store, stages)
    return store


def counted(store, query=None, *, by_name=False):
    with store.database.read() as connection:
        found = count_routes(connection, query or TransferQuery(), by_name=by_name)
    return {(" ".join(filter(None, p[:2])), " ".join(filter(None, p[2:4]))): p[4:] for p in found.pairs}


def test_transfers_are_counted_by_pair_and_by_what_is_said_of_them(filled):
    assert counted(filled) == {  # transfers, moved, stopped, denied
        ("US", "IQ"): (2, 1, 1, 0),
        ("FR", "EG"): (1, 0, 0, 1),
        ("DZ", ""): (1, 0, 0, 0),
        ("IQ", "DZ"): (1, 1, 0, 0),
    }


def test_organisations_stand_for_their_country_unless_told_apart(filled):
    named = counted(filled, by_name=True)
    assert ("IQ Hill Front", "DZ") in named
    assert ("DZ Marsh \x00\ud800 Yard", "") in named


@pytest.mark.parametrize(
    ("query", "pairs"),
    [
        (TransferQuery(party="iq"), {("US", "IQ"), ("IQ", "DZ")}),
        (TransferQuery(item="tanks"), {("US", "IQ")}),
        (TransferQuery(statuses=("planned",)), {("FR", "EG")}),
        (TransferQuery(as_of="2031-03-02"), {("US", "IQ"), ("FR", "EG")}),
        (TransferQuery(last_day="2031-01-01"), set()),
    ],
)
def test_the_filter_of_the_register_holds_here_too(filled, query, pairs):
    assert set(counted(filled, query)) == pairs


def test_a_day_shows_what_was_said_then(filled):
    assert counted(filled, TransferQuery(as_of="2031-03-02"))["US", "IQ"] == (1, 0, 0, 0), "ordered, not yet delivered"
    assert counted(filled, TransferQuery(as_of="2031-03-02"))["FR", "EG"] == (1, 0, 0, 0), "not yet denied"


@pytest.mark.parametrize("as_of", [None, "2031-03-02"])
def test_a_pair_counts_the_lines_that_it_opens(filled, as_of):
    asked = TransferQuery(as_of=as_of)
    for (supplier, recipient), counts in counted(filled, asked).items():
        if len(supplier) == len(recipient) == 2:
            lines = replace(asked, supplier=supplier, recipient=recipient)
            with filled.database.read() as connection:
                assert count_transfers(connection, lines) == counts[0]


def test_pairs_beyond_the_most_are_counted(filled, monkeypatch):
    monkeypatch.setattr(routes, "MOST", 1)
    with filled.database.read() as connection:
        found = count_routes(connection, TransferQuery())
    assert (len(found.pairs), found.left_out, found.transfers) == (1, 3, 5)


def sources(store, query=None, order="claims"):
    with store.database.read() as connection:
        return list_sources(connection, query or SourceQuery(), order, Stretch(50))


def test_sources_are_summed_up_one_for_all_its_names(filled):
    rows = {row.label.casefold(): row for row in sources(filled)}
    post = rows["holm post"]
    assert (post.claims, post.carried, set(post.known_as)) == (0, 4, {"Holm Post", "holm  post"})
    assert (rows["the pentagon"].claims, rows["the pentagon"].confirmed) == (1, 1)
    assert (post.confirmed, post.denied, post.transfers) == (1, 1, 3)
    assert rows["courier"].last_day == "2031-05-01"


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        (SourceQuery("pentagon"), {"the Pentagon"}),
        (SourceQuery("entagon"), set()),
        (SourceQuery("%"), set()),
        (SourceQuery(kind="government"), {"the Pentagon", "the army", "Cairo"}),
        (SourceQuery(kind="government", country="IQ"), {"the army"}),
    ],
)
def test_sources_are_found_by_name_kind_and_country(filled, query, labels):
    assert {row.label for row in sources(filled, query)} == labels
    with filled.database.read() as connection:
        assert count_sources(connection, query) == len(sources(filled, query))


def test_every_order_holds_every_source_once(filled):
    for order in ORDERS:
        with filled.database.read() as connection:
            pages = [list_sources(connection, SourceQuery(), order, Stretch(2, before)) for before in range(0, 12, 2)]
        rows = [row.id for page in pages for row in page]
        assert len(rows) == len(set(rows)) == len(sources(filled)), order
    with pytest.raises(StoreError, match="order 'id': is none"):
        sources(filled, order="id")


def test_the_claims_of_a_source_come_with_it(filled):
    row = next(row for row in sources(filled) if row.label.casefold() == "courier")
    with filled.database.read() as connection:
        found = claims_of_source(connection, row.id, Stretch(50))
        kinds, countries = kinds_and_countries(connection)
    assert [one.is_carrier for one in found] == [True] * row.carried
    assert {"government", "outlet"} <= set(kinds)
    assert {"US", "IQ", "EG"} <= set(countries)


def test_a_source_of_which_no_claim_is_left_is_no_more(filled, stages):
    pentagon = next(row for row in sources(filled) if row.label == "the Pentagon")
    take(filled, [Read("a1", ("FR > EG; missiles (missiles); planned",))])
    update(filled, stages)
    with filled.database.read() as connection:
        assert find_source(connection, pentagon.id) is None


def test_what_people_reject_changes_the_record(filled, stages):
    take(filled, [Review("a2-0", "reject")])
    update(filled, stages)
    assert next(row for row in sources(filled) if row.label == "the Pentagon").confirmed == 0


OF = Graded("0123456789abcdef", ("Holm Post", "The Post"), "outlet", "")


def test_a_grade_counts_before_the_packaged_ones_and_each_change_is_recorded(store):
    store.grades.put(Grade(OF, "B", "its desk  corrects", "ada", NOW))
    store.grades.put(Grade(OF, "C", "less so since", "ada", NOW))
    rows = load_reliability(stored=store.grades.rows())
    found = grade_source(rows, "the post", SourceKind.OUTLET, None)
    assert (found.grade, found.sentence) == ("C", "less so since")
    assert grade_source(rows, "Other", SourceKind.OUTLET, None).grade == "F"
    own = load_reliability("- {names: [Holm Post], kind: outlet, grade: E, why: mine}", stored=store.grades.rows())
    assert grade_source(own, "Holm Post", SourceKind.OUTLET, None).grade == "E", (
        "a table given with a command counts first"
    )
    store.grades.take_back(OF.source_id, "ada", NOW)
    assert store.grades.all() == ()
    deeds = [(deed.did, deed.more.get("grade")) for _, deed in store.people.deeds()]
    assert deeds == [("source grade taken back", None), ("source graded", "C"), ("source graded", "B")]


@pytest.mark.parametrize(("grade", "why"), [("G", "x"), ("", "x"), ("a", "x"), ("B", "  "), ("B", "x" * 1001)])
def test_a_grade_needs_a_letter_and_a_reason(store, grade, why):
    with pytest.raises(MetadataError):
        store.grades.put(Grade(OF, grade, why, "ada", NOW))
    assert store.grades.all() == ()
    assert list(store.people.deeds()) == []


def test_the_register_made_anew_keeps_the_grades(filled, stages):
    filled.grades.put(Grade(OF, "B", "kept", "ada", NOW))
    update(filled, stages, anew=True)
    assert [one.grade for one in filled.grades.all()] == ["B"]
