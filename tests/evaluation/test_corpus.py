"""The corpus itself: files that belong together, closed lists, and spans that lie where they should.

A failing test names texts and fields, no words: those of the test half are for nobody to see.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import pytest

from armstrace.ingest.metadata import read_metadata
from armstrace.model import Category, Certainty, Mode, Polarity, SourceKind, Status
from gate import CORPUS, SPLITS

FORMER = {"DD", "SU", "YU", "ZR"}  # states that are no more, as accepted alternatives name them
DATE = re.compile(r"(\d{3})\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
MENTIONED = ("trigger", "supplier", "recipient", "item", "quantity")
SPOKEN = ("source", "cue", "content")
RUN = 8  # words in a row; more than a few of them in both texts, and one is taken from the other
MOST_SHARED = 0.1


class Text(NamedTuple):
    """One text of the corpus with its index row and its gold."""

    id: str
    text: str
    row: dict[str, Any]
    gold: dict[str, Any]

    @property
    def claims(self) -> list[dict[str, Any]]:
        """Return the claims of the gold."""
        return self.gold["claims"]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CORPUS / "index.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def texts(rows) -> list[Text]:
    found = []
    for row in rows:
        text = (CORPUS / "texts" / f"{row['id']}.txt").read_bytes().decode("utf-8")
        gold = json.loads((CORPUS / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
        found.append(Text(row["id"], text, row, gold))
    return found


def test_every_text_has_gold_and_a_row_and_the_other_way_round(rows):
    ids = [row["id"] for row in rows]
    assert [i for i, count in Counter(ids).items() if count > 1] == []
    for folder, ending in (("texts", ".txt"), ("gold", ".json")):
        files = [file.name for file in (CORPUS / folder).iterdir()]
        assert {*files} ^ {i + ending for i in ids} == set()


def test_the_index_is_metadata_as_the_command_line_reads_it(rows):
    assert set(read_metadata(CORPUS / "index.jsonl")) == {row["id"] for row in rows}


def test_every_text_is_in_one_of_two_halves(rows):
    assert {row["split"] for row in rows} == set(SPLITS)


def test_rows_and_gold_agree(texts):
    wrong = [
        (text.id, field)
        for text in texts
        for field in ("id", "outlet", "published", "url", "cluster")
        if text.row[field] != text.gold[field]
    ]
    assert wrong == []


def test_dates_are_iso_and_in_their_decade(texts):
    wrong = []
    for text in texts:
        published = text.row["published"]
        date = DATE.fullmatch(published or "")
        if published is not None and not (date and text.row["decade"] == f"{date[1]}0s"):
            wrong.append(text.id)
    assert wrong == []


def test_relevant_texts_are_those_with_claims(texts):
    assert [t.id for t in texts if t.gold["relevant"] is not bool(t.claims)] == []


LISTS = [
    ("status", Status),
    ("polarity", Polarity),
    ("certainty", Certainty),
    ("mode", Mode),
    ("category", Category),
    ("attribution_kind", SourceKind),
]


def values_of(claim: dict[str, Any], field: str) -> Iterator[Any]:
    """Yield what a claim says in a field, accepted alternatives too."""
    if field == "category":
        yield from (item["category"] for item in claim["items"])
    elif field.startswith("attribution_"):
        yield from (link[field.removeprefix("attribution_")] for link in claim["attribution"])
    elif field == "via":
        yield from claim.get("via") or ()
    elif field != "mode" or claim.get("mode"):
        yield claim.get(field)
    yield from (claim.get("alt") or {}).get(field) or ()


@pytest.mark.parametrize(("field", "allowed"), LISTS)
def test_lists_are_closed(texts, field, allowed):
    wrong = {(t.id, value) for t in texts for claim in t.claims for value in values_of(claim, field)}
    assert {(i, value) for i, value in wrong if value not in set(allowed)} == set()


@pytest.mark.parametrize("field", ["supplier", "recipient", "maker", "via", "attribution_country"])
def test_countries_are_codes_that_the_lexicon_knows(texts, reader, field):
    known = {*reader.lexicon.country_labels, *FORMER, None}
    wrong = {(t.id, code) for t in texts for claim in t.claims for code in values_of(claim, field) if code not in known}
    assert wrong == set()


def test_every_claim_has_a_source(texts):
    assert [(t.id, number) for t in texts for number, c in enumerate(t.claims) if not c["attribution"]] == []


def test_arms_are_described_in_words(texts):
    wrong = [
        (text.id, number)
        for text in texts
        for number, claim in enumerate(text.claims)
        for item in claim["items"]
        if not isinstance(item["description"], str) or not item["description"].strip()
    ]
    assert wrong == []


def test_numbers_stand_in_their_order(texts):
    wrong = []
    for text in texts:
        for number, claim in enumerate(text.claims):
            quantity = claim["quantity"] or {}
            bounds = [n for n in map(quantity.get, ("low", "best", "high")) if n is not None]
            wrong += [(text.id, number)] if bounds != sorted(bounds) else []
    assert wrong == []


def test_anchors_stand_in_the_text(texts):
    """A claim that only the title states has an empty one."""
    wrong = []
    for text in texts:
        for number, claim in enumerate(text.claims):
            mentions = claim.get("mentions") or []
            untitled = not mentions or any(mention.get("in") != "title" for mention in mentions)
            if claim["anchor"] not in text.text or (untitled and not claim["anchor"].strip()):
                wrong.append((text.id, number))
    assert wrong == []


def spans_of(text: Text) -> Iterator[tuple[str, Any, str]]:
    """Yield where each span of the gold is told, the span, and what it is a span of."""
    for number, claim in enumerate(text.claims):
        for mention in claim.get("mentions") or ():
            held = text.row["title"] or "" if mention.get("in") == "title" else text.text
            yield from ((f"claim {number} {name}", s, held) for name, s in mention.items() if name != "in")
        for link in claim["attribution"]:
            yield from ((f"claim {number} {name}", link[name], text.text) for name in ("words", "cue") if name in link)
    for name, spans in (text.gold.get("attributions") or {}).items():
        yield from ((name, span, text.text) for span in spans)


def test_every_span_lies_inside_its_text_and_covers_words(texts):
    """No span begins or ends with a blank either."""
    wrong = []
    for text in texts:
        for where, (start, end), held in spans_of(text):
            words = held[start:end]
            if not (0 <= start < end <= len(held) and words == words.strip()):
                wrong.append((text.id, where, start, end))
    assert wrong == []


def test_mentions_name_a_trigger_and_nothing_unknown(texts):
    wrong = []
    for text in texts:
        for number, claim in enumerate(text.claims):
            for mention in claim.get("mentions") or ():
                named = set(mention) - {"in"}
                if "trigger" not in named or not named <= set(MENTIONED) or mention.get("in", "title") != "title":
                    wrong.append((text.id, number))
    assert wrong == []


def test_attributions_are_flat_and_in_order(texts):
    """An inner attribution is cut out of the outer one's content, so that no two spans share a character."""
    wrong = []
    for text in texts:
        marked = text.gold.get("attributions")
        if marked is None:
            continue
        every = sorted(span for spans in marked.values() for span in spans)
        overlap = any(end > start for (_, end), (start, _) in pairwise(every))
        if overlap or set(marked) != set(SPOKEN) or any(spans != sorted(spans) for spans in marked.values()):
            wrong.append(text.id)
    assert wrong == []


def words_of(text: Text) -> list[str]:
    return re.findall(r"\w+", text.text.casefold())


def test_no_text_stands_twice(texts):
    found = defaultdict(list)
    for text in texts:
        found[tuple(words_of(text))].append(text.id)
    assert [ids for ids in found.values() if len(ids) > 1] == []


def test_no_text_stands_in_both_halves_nor_a_good_part_of_one(texts):
    runs = {t.id: {hash(run) for run in zip(*(words_of(t)[i:] for i in range(RUN)), strict=False)} for t in texts}
    learnt = set().union(*(runs[t.id] for t in texts if t.row["split"] == "train"))
    tested = [t.id for t in texts if t.row["split"] == "test"]
    assert [i for i in tested if len(runs[i] & learnt) > MOST_SHARED * len(runs[i])] == []
