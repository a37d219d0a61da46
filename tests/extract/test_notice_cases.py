"""What a careful reader takes from official notices: the table in tests/cases/notices.yml, whose head explains it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_reading_cases import FIELDS, LOOSE, claims_of, differences

from armstrace.extract.notices import read_notices
from armstrace.ingest.raw import RawText
from armstrace.model import ClaimKind, Status
from armstrace.pipeline import Reader, make_document
from armstrace.text.notices import find_notices

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "notices.yml").read_text("utf-8"))
NOTICES = {name: row for part in ("press_releases", "transmittals", "licences") for name, row in CASES[part].items()}

PIECES_OF_NOTICES = st.sampled_from(
    [
        *("\n", "\n\n", ". ", "; ", ": ", "(", ")", "“", '"', "$5 million ", "TOTAL ", "(iii) ", "None", "1,200 "),
        *("(i) Prospective Purchaser: ", "Goods: ", "Destination: ", "Major Defense Equipment (MDE): ", "Non-MDE: "),
        *("The State Department ", "has made a determination approving a possible Foreign Military Sale to ", "Oman "),
        *("the Government of Malta ", "of radars ", "has requested to buy ", "four (4) tanks ", "Also included are "),
        *("the following: ", "The estimated total cost is ", "Arms Export Control Act ", "principal contractor "),
    ]
)


def cases(rows: dict[str, Any]) -> list[Any]:
    return [pytest.param(row, id=name) for name, row in rows.items()]


@pytest.mark.parametrize("row", cases(NOTICES))
def test_notice_gives_the_claims_that_the_table_tells(reader: Reader, row: dict[str, Any]) -> None:
    found = [claim for claim in claims_of(reader, row) if claim.kind is ClaimKind.TRANSFER]
    told = [{key: value for key, value in each.items() if key != "note"} for each in row["claims"]]
    notes = [each.get("note", "") for each in row["claims"]]

    assert len(found) == len(told), [claim.items[0].description for claim in found if claim.items]
    assert [differences(claim, each) for claim, each in zip(found, told, strict=True)] == [[] for _ in told]
    assert all(note in " ".join(claim.why) for claim, note in zip(found, notes, strict=True))


@pytest.mark.parametrize("row", cases(NOTICES))
def test_every_value_of_a_notice_stands_on_its_words(reader: Reader, row: dict[str, Any]) -> None:
    for claim in claims_of(reader, row):
        values = [claim.supplier, claim.recipient, claim.quantity, claim.value, claim.when]
        assert all(value.span.of(row["text"]) == value.text for value in values if value and value.span)
        assert all(item.span.of(row["text"]) == item.description for item in claim.items)
        assert all(source.span.of(row["text"]) == source.name for source in claim.attribution if source.span)
        assert claim.evidence.span.of(row["text"]) == claim.evidence.text


@pytest.mark.parametrize("row", cases(NOTICES))
def test_sale_that_is_notified_is_never_called_delivered(reader: Reader, row: dict[str, Any]) -> None:
    notified = [claim for claim in claims_of(reader, row) if "an official notice" in claim.why]

    moved = {Status.ORDERED, Status.IN_TRANSIT, Status.DELIVERED, Status.USED}
    assert not {claim.status for claim in notified} & moved


@pytest.mark.parametrize("row", cases(CASES["reports"]))
def test_report_of_a_notice_is_no_notice(row: dict[str, Any]) -> None:
    assert find_notices(row["text"]) == ()


def test_rows_tell_only_fields_that_are_compared() -> None:
    known = {*FIELDS, *LOOSE, "note"}

    assert [each for row in NOTICES.values() for each in row["claims"] if set(each) - known] == []


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.lists(PIECES_OF_NOTICES, max_size=40).map("".join))
def test_any_text_like_a_notice_is_read_and_spans_match(reader: Reader, text: str) -> None:
    document = make_document(RawText("d", text))

    for claim in read_notices(document, reader.lexicon).claims:
        values = [claim.supplier, claim.recipient, claim.quantity, claim.value]
        assert all(value.span.of(document.text) == value.text for value in values if value and value.span)
        assert all(item.span.of(document.text) == item.description for item in claim.items)
        assert claim.evidence.span.of(document.text) == claim.evidence.text
        assert claim.items
        assert claim.attribution
