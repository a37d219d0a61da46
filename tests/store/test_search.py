"""Search finds the same on every database, in the same order, and shows where."""

from __future__ import annotations

import base64
import json

import pytest
from store_samples import HOSTILE, add, make_claim, make_document, party, read

from armstrace.document import Span
from armstrace.errors import StoreError
from armstrace.model import Category, DatePrecision, Item, Status, When
from armstrace.store.filters import Query
from armstrace.store.search import Page, count_hits, search
from armstrace.store.search_index import MOST_CHARACTERS, split_parts

# Documents: id -> text, title, day of publication.
REPORTS = {
    "harbour": ("Norland shipped forty F-16s and artillery shells to Ostania.", "Ships in the harbour", "2022-03-10"),
    "denial": ("Ostania denied that it bought drones. U.S. officials were silent.", "No deal, says Ostania", "2022-04"),
    "drones": ("A Mohajer-6 drone was seen in Łódź; the 155mm rounds were not.", "Drones over Lodz", "2021"),
    "weather": ("Rain fell in Zürich all week, said the shells’ seller’s aunt.", None, None),
    "hostile": (f"Nothing here but signs: {HOSTILE} kestrel", "' OR 1=1; --", "2023-01-01"),
}
# Claims: id of the document -> supplier, recipient, items, time.
CLAIMS = {
    "harbour": (
        party("Norland", "NO", "Northern Forge"),
        party("Ostania", "EE"),
        ["F-16", "artillery shells"],
        "2022-03-01",
    ),
    "denial": (None, party("Moscow", "RU"), ["drones"], None),
    "drones": (party("the Guards’ Aerospace Force", "IR"), None, ["Mohajer-6"], "2020-01-01"),
}
OUTLETS = {"harbour": "The Morning Ledger", "denial": "Ostania Évening Post", "weather": "Morning Ledger Online"}
STATUSES = {"harbour": Status.DELIVERED, "denial": Status.PLANNED}
CATEGORIES = {
    "F-16": Category.AIRCRAFT,
    "artillery shells": Category.AMMUNITION,
    "drones": Category.DRONES,
    "Mohajer-6": Category.DRONES,
}
# Words -> ids of the documents they find.
WORDS = [
    ("", {"harbour", "denial", "drones", "weather", "hostile"}),
    ("drones", {"denial", "drones"}),
    ("DRONE ostania", {"denial"}),
    ("F16", {"harbour"}),
    ("f-16 shells", {"harbour"}),
    ('"artillery shells"', {"harbour"}),
    ('"shells artillery"', set()),
    ("shell", {"harbour", "weather"}),
    ("shell -artillery", {"weather"}),
    ("-drones -shells", {"hostile"}),
    ('-"artillery shells" shells', {"weather"}),
    ("moha*", {"drones"}),
    ("moh", set()),
    ('"a mohajer 6 dr*"', {"drones"}),
    ("mohajer6", {"drones"}),
    ("lodz", {"drones"}),
    ("zurich", {"weather"}),
    ("155-mm", {"drones"}),
    ("us", {"denial"}),
    ("harbour", {"harbour"}),  # in the title alone
    ("harbour ostania", {"harbour"}),
    ('"harbour norland"', set()),  # no phrase reaches from the title into the text
    ("NOT", {"drones"}),
    ("drones OR shells", set()),
    ("title:drones", set()),
    ("kestrel \x00 \ud800", {"hostile"}),
    ("or 1=1; --", {"hostile"}),
    ("tanks", set()),
]
SIGNS = [
    "'",
    '"',
    '"""',
    "*",
    "-",
    "^a",
    "a:b",
    "(a",
    "a)",
    "{a b}: c",
    "NEAR(",
    "a AND",
    "\\",
    "':*&|!<->",
    "%",
    "\x00",
    "\ud800",
    "😀",
    "a" * 9_999,
]


@pytest.fixture(scope="module")
def filled(shared_store):
    """Return a store that holds the reports and their claims."""
    for name, (text, title, published) in REPORTS.items():
        document = make_document(text, id=name, title=title, published=published, outlet=OUTLETS.get(name))
        add(shared_store, document)
        if name in CLAIMS:
            read(shared_store, document, make_report_claim(document, *CLAIMS[name]))
    return shared_store


def make_report_claim(document, supplier, recipient, items, day):
    things = tuple(Item(i if "-" in i else None, i, CATEGORIES[i], Span(0, 1)) for i in items)
    when = When(day, day, day, DatePrecision.DAY) if day else None
    status = STATUSES.get(document.id, Status.UNSPECIFIED)
    return make_claim(document, supplier=supplier, recipient=recipient, items=things, when=when, status=status)


def found(store, words="", **filters):
    return {hit.id for hit in store.search(Query(words, kind="document", **filters), Page(100)).hits}


@pytest.mark.parametrize(("words", "ids"), WORDS)
def test_words_find_documents(filled, words, ids):
    assert found(filled, words) == ids


@pytest.mark.parametrize("only", [None, "document", "claim"])
@pytest.mark.parametrize("words", [words for words, _ in WORDS])
def test_as_many_are_counted_as_are_found(filled, words, only):
    query = Query(words, kind=only)
    hits = filled.search(query, Page(200)).hits
    counts = {name: sum(hit.kind == name for hit in hits) for name in ("document", "claim")}
    assert filled.count_hits(query) == {kind: (number, False) for kind, number in counts.items()}


NARROWED = [{"status": "delivered"}, {"outlet": "ledger"}, {"outlet": "ledger", "status": "delivered"}]


@pytest.mark.parametrize("filters", NARROWED, ids=str)
@pytest.mark.parametrize("words", ["", "shells"])
def test_as_many_are_counted_as_are_found_by_status_and_outlet(filled, words, filters):
    hits = filled.search(Query(words, **filters), Page(200)).hits
    counts = {name: sum(hit.kind == name for hit in hits) for name in ("document", "claim")}
    assert filled.count_hits(Query(words, **filters)) == {kind: (number, False) for kind, number in counts.items()}


@pytest.mark.parametrize("signs", SIGNS, ids=ascii)
def test_no_signs_are_a_command(filled, signs):
    filled.search(Query(signs))
    filled.search(Query(f"drones {signs}"))
    filled.search(Query(f"-{signs}*"))
    assert len(found(filled)) == 5


@pytest.mark.parametrize(
    ("after", "before", "ids"),
    [
        ("2022-03-10", None, {"harbour", "denial", "hostile"}),
        ("2022-04-15", None, {"denial", "hostile"}),  # some day of April 2022: it may be then
        (None, "2022-03", {"harbour", "drones"}),
        ("2021-06-01", "2022", {"harbour", "denial", "drones"}),
        ("2022-03-11", "2022-03-31", set()),
        ("2024", None, set()),
    ],
)
def test_days_leave_what_may_have_been_published_then(filled, after, before, ids):
    assert found(filled, after=after, before=before) == ids


def test_hits_show_what_was_found_and_where(filled):
    (hit,) = filled.search(Query("drone mohajer", kind="document")).hits
    assert (hit.kind, hit.id, hit.document, hit.version, hit.published) == ("document", "drones", "drones", 1, "2021")
    assert [m.of(hit.title) for m in hit.title_marks] == ["Drones"]
    assert [m.of(hit.snippet.text) for m in hit.snippet.marks] == ["Mohajer", "drone"]
    text = filled.document("drones").text
    assert hit.snippet.span.of(text) == hit.snippet.text
    assert hit.body is None


# Of five stories of shells, "one" came first; the word is oftenest in the oldest, which would else be the best.
SHELLS = {
    "one": ("Shells, shells, shells.", "2022-01-01"),
    "two": ("Shells went to Ostania.", "2022-02-01"),
    "three": ("Nobody saw shells; nobody asked.", "2020-03-01"),
    "four": ("Shells, shells and drones.", "2022-04-01"),
    "five": ("The shells were old, said the harbour master of the port.", "2020-05-01"),
}


@pytest.mark.parametrize(
    ("query", "most", "ids", "is_least"),
    [
        (Query("shells"), 5, {"one", "two", "three", "four", "five"}, True),  # there might be more
        (Query("shells"), 6, {"one", "two", "three", "four", "five"}, False),
        (Query("shells"), 2, {"four", "five"}, True),
        (Query("shells -drones"), 2, {"three", "five"}, True),  # what else is asked for comes first
        (Query("shells", after="2022"), 2, {"two", "four"}, True),
        (Query("shells", before="2022-01"), 4, {"one", "three", "five"}, False),
        (Query("shells nobody"), 2, {"three"}, False),
        (Query(), 2, {"one", "two", "three", "four", "five"}, False),  # without words there is nothing to rank
        (Query("-drones"), 2, {"one", "two", "three", "five"}, False),
    ],
)
def test_of_very_many_the_last_are_ranked(store, query, most, ids, is_least):
    for name, (text, published) in SHELLS.items():
        add(store, make_document(text, id=name, published=published))
    with store.database.read() as connection:
        assert {hit.id for hit in search(connection, query, Page(), most).hits} == ids
        assert count_hits(connection, query, most) == {"document": (len(ids), is_least), "claim": (0, False)}


def test_of_very_many_claims_the_last_are_ranked(store):
    for number in range(4):
        document = make_document(f"Norland shipped drones, said witness {number}.", id=f"paper {number}")
        add(store, document)
        read(store, document, make_claim(document, supplier=party("Norland", "NO" if number else "SE")))
    with store.database.read() as connection:
        wanted = Query("norland", kind="claim")
        assert {hit.document for hit in search(connection, wanted, Page(), 2).hits} == {"paper 2", "paper 3"}
        assert count_hits(connection, wanted, 2)["claim"] == (2, True)
        assert count_hits(connection, Query("norland", party="SE"), 2) == {"document": (1, False), "claim": (1, False)}


def test_a_word_in_the_title_counts_more(store):
    add(store, make_document("The drones came and went.", id="a", title="Weather", published="2022"))
    add(store, make_document("The weather came and went.", id="b", title="Drones", published="2020"))
    assert [h.id for h in store.search(Query("drones")).hits] == ["b", "a"]


def test_of_equals_the_newest_comes_first_and_then_the_id(store):
    days = {"d": "2020", "c": None, "b": "2020-12-31", "a": "2022-01", "e": "1999"}
    for name, day in days.items():
        add(store, make_document("Drones were seen.", id=name, published=day), name.encode())
    for words in ("drones", ""):
        assert [h.id for h in store.search(Query(words)).hits] == ["a", "b", "d", "e", "c"]


@pytest.mark.parametrize("words", ["", "drones"])
def test_pages_give_every_hit_once_and_in_order(store, words):
    for n in range(23):
        document = make_document(f"Drones {'were seen ' * (n % 3)}.", id=f"{n:02}", published=f"20{n % 4:02}")
        add(store, document, b"all")
        read(store, document, *[make_claim(document)] * 2)  # claims of one id
    whole = store.search(Query(words), Page(100))
    assert len(whole.hits) == 69
    assert whole.cursor is None
    order = [(-h.score, h.published, h.kind, h.id) for h in whole.hits]
    assert [o[0] for o in order] == sorted(o[0] for o in order)
    paged, cursor = [], None
    while True:
        page = store.search(Query(words), Page(7, cursor))
        paged += page.hits
        if (cursor := page.cursor) is None:
            break
        assert len(page.hits) == 7
    assert paged == list(whole.hits)


@pytest.mark.parametrize(
    "place",
    [[2**63, "", "", "", 0], [0, "\0", "", "", 0], [0, "", "", "\ud800", 0], [True, "", "", "", 0], {"score": 1}],
)
def test_a_cursor_that_was_made_up_is_told(filled, place):
    cursor = base64.urlsafe_b64encode(json.dumps(place).encode()).decode()
    with pytest.raises(StoreError, match="the cursor is none of this search"):
        filled.search(Query("drones"), Page(5, cursor))


@pytest.mark.parametrize("cursor", ["", "x", "é", "W10", "WzEsMiwzLDQsNV0", "bnVsbA", "WyIxIl0", "\ud800", "[" * 999])
def test_a_cursor_that_is_none_is_told(filled, cursor):
    with pytest.raises(StoreError, match="the cursor is none of this search"):
        filled.search(Query("drones"), Page(5, cursor))


@pytest.mark.parametrize(
    ("query", "limit", "said"),
    [
        (Query(after="yesterday"), 5, "after 'yesterday': give a day, month or year"),
        (Query(before="2022-02-30"), 5, "before '2022-02-30': give a day"),
        (Query(category="balloons"), 5, "category 'balloons': is none; give one of artillery, "),
        (Query(status="sold"), 5, "status 'sold': is none; give one of sought, "),
        (Query(party=" ! "), 5, "party ' ! ': holds no word"),
        (Query(outlet="%"), 5, "outlet '%': holds no word"),
        (Query(item=""), 5, "item '': holds no word"),
        (Query("a", kind="report"), 5, "kind 'report': is none; give one of document, claim"),
        (Query("a"), 0, "limit 0: give 1 to 200"),
        (Query("a"), 201, "limit 201: give 1 to 200"),
    ],
)
def test_what_cannot_be_meant_is_told(filled, query, limit, said):
    with pytest.raises(StoreError, match=said):
        filled.search(query, Page(limit))


FILTERS = [
    ({}, {"harbour", "denial", "drones"}),
    ({"party": "NO"}, {"harbour"}),
    ({"party": "EE"}, {"harbour"}),
    ({"party": "no"}, set()),  # a word, and no name holds it
    ({"party": "northern forge"}, {"harbour"}),
    ({"party": "Forge Norland"}, set()),  # no name reaches from one party into the other
    ({"party": "moscow"}, {"denial"}),
    ({"party": "Guard's aerospace"}, {"drones"}),
    ({"party": "ostan"}, set()),
    ({"party": "%"}, None),
    ({"item": "f16"}, {"harbour"}),
    ({"item": "shells"}, {"harbour"}),
    ({"item": "drone"}, {"denial", "drones"}),  # the word, and the category
    ({"item": "mohajer 6"}, {"drones"}),
    ({"category": "Drones"}, {"denial", "drones"}),
    ({"category": "armoured vehicles"}, set()),
    ({"party": "NO", "item": "drones"}, set()),
    ({"party": "RU", "category": "drones"}, {"denial"}),
    ({"after": "2022-03-02"}, {"denial"}),  # the claim's own time; of the denial, its document's
    ({"before": "2020"}, {"drones"}),
    ({"status": "delivered"}, {"harbour"}),
    ({"status": "unspecified"}, {"drones"}),
    ({"status": "planned", "party": "NO"}, set()),
    ({"outlet": "morning ledger"}, {"harbour"}),
    ({"outlet": "evening"}, {"denial"}),
    ({"outlet": "morn"}, set()),
    ({"outlet": "ledger", "status": "planned"}, set()),
    ({"outlet": "posts", "words": "denied", "after": "2022"}, {"denial"}),
    ({"words": "denied"}, {"denial"}),
    ({"words": "forge"}, {"harbour"}),  # a party that the sentence does not name
    ({"words": "shells -mohajer"}, {"harbour"}),
    ({"words": "-drones"}, {"harbour"}),
    ({"words": "ledger"}, set()),
]


@pytest.mark.parametrize(("filters", "ids"), [pytest.param(*row, id=str(row[0])) for row in FILTERS])
def test_filters_leave_claims(filled, filters, ids):
    query = Query(**filters, kind="claim")
    if ids is None:
        with pytest.raises(StoreError):
            filled.search(query)
    else:
        assert {h.document for h in filled.search(query).hits} == ids


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"party": "EE"}, {"harbour"}),
        ({"item": "drones"}, {"denial", "drones"}),
        ({"words": "ostania", "party": "RU"}, {"denial"}),
        ({"party": "IR", "after": "2022"}, set()),
        ({"status": "planned"}, {"denial"}),
        ({"outlet": "LEDGERS"}, {"harbour", "weather"}),  # one of them holds no claim
        ({"outlet": "ledger", "words": "shells -artillery"}, {"weather"}),
        ({"outlet": "ledger", "status": "delivered", "before": "2022"}, {"harbour"}),
        ({"outlet": "post", "status": "delivered"}, set()),
    ],
)
def test_filters_leave_documents_that_hold_such_a_claim(filled, filters, ids):
    assert found(filled, **filters) == ids


def test_claims_and_documents_are_found_together(filled):
    hits = filled.search(Query("shells", party="NO")).hits
    assert {(h.kind, h.document) for h in hits} == {("document", "harbour"), ("claim", "harbour")}
    (claim,) = [h for h in hits if h.kind == "claim"]
    assert claim.snippet.text == filled.document("harbour").text
    assert [m.of(claim.snippet.text) for m in claim.snippet.marks] == ["shells"]
    assert claim.body["supplier"]["country"] == "NO"
    assert claim.id == filled.claims("harbour")[0].id


def test_every_part_of_a_long_text_is_found_and_counts_once(store):
    filler = "\n".join(f"Sentence number {n} says nothing." for n in range(20_000))
    add(
        store,
        make_document(
            f"First zebra.\n{filler}\nIn between giraffe.\n{filler}\nLast drones, zebra.", id="long", title="Title"
        ),
    )
    add(store, make_document("Another text without.", id="short"))
    for words in ("zebra", "giraffe", "title giraffe", '"last drones"', "title", "sentence"):
        (hit,) = store.search(Query(words)).hits
        assert hit.id == "long"
        assert hit.snippet.span.of(store.document("long").text) == hit.snippet.text
        assert hit.snippet.marks or words == "title"
    assert found(store, "-giraffe") == {"short"}
    assert found(store, "-giraffe text") == {"short"}


@pytest.mark.parametrize(
    "text",
    [
        "a b " * 60_000,
        "ﷺﷺ%d " * 40_000,
        "x" * 300_000,
        " " * 300_000 + "end",
        "é" * 65 + " ",
        "".join(f"{n}ﷺﷺﷺ " for n in range(40_000)),
    ],
    ids=["short words", "spread letters", "one word", "no words", "one long word", "all different"],
)
def test_odd_long_texts_are_indexed(store, text):
    add(store, make_document(text, id="odd", title=text[:50_000]))
    assert found(store) == {"odd"}
    parts = list(split_parts(text))
    assert [p.start for p in parts] == [0, *(p.end for p in parts[:-1])]
    assert parts[-1].end == len(text)
    assert all(p.end - p.start <= MOST_CHARACTERS + 10 or len(p.forms) == 1 for p in parts[:-1])


def test_a_claim_with_very_long_evidence_is_indexed(store):
    document = make_document("".join(f"{n}ﷺﷺﷺ " for n in range(40_000)), id="odd")
    add(store, document)
    read(store, document, make_claim(document))
    assert [h.kind for h in store.search(Query("7", kind="claim")).hits] == ["claim"]
