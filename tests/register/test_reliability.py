"""How reliable sources are: the packaged table judges none, a user's rows count before it."""

from __future__ import annotations

import pytest

from armstrace.errors import MetadataError
from armstrace.model import SourceKind
from armstrace.register.reliability import GRADES, grade_source, load_reliability

OWN = """
- {kind: outlet, country: QN, grade: D, why: "state press"}
- {names: [Morning Ledger, The Ledger], grade: B, why: "corrects its errors"}
- {names: [Morning Ledger], kind: expert, grade: E, why: "another of that name"}
- {country: QN, grade: C, why: "of QN"}
"""


@pytest.mark.parametrize("kind", SourceKind)
def test_the_packaged_table_judges_nobody(kind):
    found = grade_source(load_reliability(), "Anybody", kind, None)
    assert (found.grade, found.label) == ("F", GRADES["F"])
    assert found.sentence


@pytest.mark.parametrize(
    ("name", "kind", "country", "grade"),
    [
        ("the morning ledger", "outlet", None, "B"),
        ("The Ledger!", "outlet", "QN", "B"),
        ("Morning Ledger", "expert", None, "E"),
        ("Evening Post", "outlet", "QN", "D"),
        ("Evening Post", "outlet", "QO", "F"),
        ("Colonel Marn", "official-named", "QN", "C"),
    ],
)
def test_the_row_that_says_most_counts(name, kind, country, grade):
    assert grade_source(load_reliability(OWN), name, SourceKind(kind), country).grade == grade


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- {names: [Ledger], grade: B", "is no YAML"),
        ("grade: B", "a list of rows is expected"),
        ("- {names: [Ledger], grade: G, why: x}", "row 1: 'grade' must be a letter from A to F"),
        ("- {names: [Ledger], grade: B}", "'why' a reason in words"),
        ("- {names: Ledger, grade: B, why: x}", "'names' must be a list"),
        ("- {kind: outlet, grade: B, why: x}\n- {kind: rumour, grade: B, why: x}", "row 2: 'kind' must be one of"),
        ("- {country: NO, grade: B, why: x}", "in quotation marks, such as 'NO'"),
        ("- {grade: B, why: x}", "say whom it is about"),
        ("- {names: [Ledger], grade: B, why: x, since: 2030}", "and nothing else"),
    ],
)
def test_a_malformed_row_is_told_with_its_place(text, told):
    with pytest.raises(MetadataError, match=r"mine\.yml") as caught:
        load_reliability(text, "mine.yml")
    assert told in str(caught.value)
