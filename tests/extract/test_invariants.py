"""What is true of every reading: spans match, nothing but an input error is raised, a second run is the same."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from armstrace.errors import InputError
from armstrace.export.jsonl import jsonl_lines
from armstrace.ingest.raw import RawText
from armstrace.model import Claim
from armstrace.pipeline import Reader, make_document, read_report

ANY = st.text(st.characters(), max_size=200)
WORDS = st.lists(
    st.sampled_from(
        "Iran sold 40 tanks to the rebels , officials said “ will not arms embargo on Syria . \n".split(" ")
    ),
    max_size=40,
).map(" ".join)


def read(reader: Reader, text: str) -> tuple[Claim, ...]:
    try:
        return read_report(reader, make_document(RawText("d", text))).claims
    except InputError:
        return ()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=ANY | WORDS)
def test_any_text_is_read_and_spans_match(reader: Reader, text: str) -> None:
    claims = read(reader, text)

    for claim in claims:
        assert claim.evidence.span.of(text) == claim.evidence.text
        assert claim.attribution
        assert claim.why
        for party in (claim.supplier, claim.recipient, claim.maker):
            assert party is None or party.span is None or party.span.of(text) == party.text
        assert all(item.span.of(text) == item.description for item in claim.items)
    assert list(jsonl_lines(claims)) == list(jsonl_lines(read(reader, text)))
