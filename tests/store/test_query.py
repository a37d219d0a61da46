"""What a person may type, and that none of it is a command to the database."""

from __future__ import annotations

import pytest

from armstrace.errors import StoreError
from armstrace.store.query import Term, parse_terms, postgres_query, sqlite_query

ROWS = [
    ("", ()),
    ("  -  * \" '", ()),
    ("drones", (Term(("drone",)),)),
    ("Drones drone", (Term(("drone",)),)),
    ("F-16 sale", (Term(("f", "16")), Term(("sale",)))),
    ('"artillery shells" -rockets', (Term(("artillery", "shell")), Term(("rocket",), negated=True))),
    ("mohaj*", (Term(("mohaj",), prefix=True),)),
    ('"drones to ost*"', (Term(("drone", "to", "ost"), prefix=True),)),
    ("-F-16", (Term(("f", "16"), negated=True),)),
    ('-"surface to air"', (Term(("surface", "to", "air"), negated=True),)),
    ('"not closed', (Term(("not", "closed")),)),
    (
        "NOT AND OR NEAR(a b, 2)",
        (Term(("not",)), Term(("and",)), Term(("or",)), Term(("near", "a")), Term(("b",)), Term(("2",))),
    ),
    ("head:drone body : x", (Term(("head", "drone")), Term(("body",)), Term(("x",)))),
    ("U.S.", (Term(("us",)),)),
]


@pytest.mark.parametrize(("words", "terms"), ROWS)
def test_words_are_taken_apart(words, terms):
    assert parse_terms(words) == terms


def test_databases_are_asked_with_words_alone():
    terms = parse_terms("""F-16 a'); DROP -- x* "b') | 'c\"""")
    assert sqlite_query(terms) == '"f 16" AND "a" AND "drop" AND "x" * AND "b c"'
    assert postgres_query(terms) == "('f' <-> '16') & ('a') & ('drop') & ('x':*) & ('b' <-> 'c')"


def test_too_many_terms_are_told():
    with pytest.raises(StoreError, match="51 terms; give at most 50"):
        parse_terms(" ".join(f"w{n}x" for n in range(51)))
