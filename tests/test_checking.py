"""From words, and from the lines of a register, to the question and its findings; on the packaged law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from armstrace.checking import check_question, check_register_line, question_from_transfer, question_from_words
from armstrace.document import Capture, Metadata
from armstrace.embargo.findings import AskedTime, Finding, Verdict
from armstrace.errors import MetadataError
from armstrace.export.jsonl import claim_to_dict
from armstrace.grouping import load_stages
from armstrace.ingest.raw import RawText
from armstrace.model import Status
from armstrace.pipeline import make_document, read_report
from armstrace.register.types import Transfer
from armstrace.registering import build_register
from armstrace.store.open import open_store
from armstrace.store.readings import Reading

NOW = "2031-06-01T00:00:00Z"
SHELLS = """Pyongyang is selling shells, paper says

WASHINGTON, Sept 6 - Russia is buying thousands of artillery shells from North Korea, the Capital Courier reported on
Tuesday, citing American intelligence. A U.S. official confirmed the report by telephone.
"""
DRONES = """WASHINGTON, Sept 6 - Russia most likely plans to buy Iranian-made Shahed-136 drones, U.S. officials said.
"""


def _lines(tmp_path: Path, reader, text: str, published: str | None) -> tuple[Transfer, ...]:
    """Return the register that a report makes."""
    raw = RawText("report", text)
    document = make_document(raw, Metadata(published=published))
    with open_store(str(tmp_path / "x.db"), {}) as store:
        store.add_document(document, text.encode(), Capture("report.txt", None), NOW)
        claims = [(claim, claim_to_dict(claim)) for claim in read_report(reader, document).claims]
        store.save_reading(Reading(document.id, "reader", NOW, claims))
        return build_register(store, load_stages()).transfers


def _of(findings: tuple[Finding, ...], key: str) -> Finding:
    return next(one for one in findings if one.measure == key)


def test_shells_from_north_korea_would_breach(tmp_path, reader):
    (line,) = _lines(tmp_path, reader, SHELLS, "2022-09-06")
    found = _of(check_register_line(line), "UN-KP")
    assert found.verdict is Verdict.BREACH
    assert (found.instrument, found.paragraph) == ("resolution 1874 (2009); resolution 1718 (2006)", "9; 8(b)")
    assert any("2022-09-06" in caveat for caveat in found.caveats)


def test_without_a_date_the_periods_are_told(tmp_path, reader):
    (line,) = _lines(tmp_path, reader, SHELLS, None)
    assert question_from_transfer(line).times == ()
    found = _of(check_register_line(line), "UN-KP")
    assert found.verdict is Verdict.DEPENDS
    periods = [(case.supposed, case.verdict) for case in found.cases]
    assert ("before 2006-10-14", Verdict.OUTSIDE) in periods
    assert ("from 2009-06-12", Verdict.BREACH) in periods


def test_iranian_drones_of_an_unknown_supplier_depend_on_who_supplied(tmp_path, reader):
    (line,) = _lines(tmp_path, reader, DRONES, "2022-09-06")
    question = question_from_transfer(line)
    assert (question.suppliers, question.makers, question.status) == ((), ("IR",), Status.PLANNED)
    found = _of(check_register_line(line), "UN-IR")
    assert (found.verdict, found.paragraph) == (Verdict.DEPENDS, "annex B 4")
    assert "supplied by Iran" in {case.supposed for case in found.cases}
    assert any("annex B 6(b)" in change and "2020-10-17" in change for change in found.would_change)


def test_a_day_that_no_source_tells_is_assumed(tmp_path, reader):
    (line,) = _lines(tmp_path, reader, SHELLS, "2022-09")
    assert question_from_transfer(line).times == (
        AskedTime(
            date(2022, 9, 1), date(2022, 9, 30), "no source tells when; the first report is of 2022-09-01 to 2022-09-30"
        ),
    )


@pytest.mark.parametrize(
    ("asked", "measure", "verdict"),
    [
        (("KP", "RU", "artillery shells", "2022-09"), "UN-KP", Verdict.BREACH),
        (("North Korea", "Russia", "artillery shells", "2022-09"), "UN-IR", Verdict.OUTSIDE),
        (("US", "SO", "rifles for al-Shabaab", "2024"), "UN-SO", Verdict.BREACH),
        (("EG", "SO", "rifles for the Somali army", "2024"), "UN-SO", Verdict.OUTSIDE),
        (("AE", "SD", "small arms to Darfur", "2024-03"), "UN-SD", Verdict.BREACH),
        (("CZ", "IQ", "rifles for the peshmerga", "2014-09"), "UN-IQ", Verdict.DEPENDS),
    ],
)
def test_words(asked, measure, verdict):
    found = check_question(question_from_words(*asked))
    assert _of(found, measure).verdict is verdict


def test_an_end_user_elsewhere_is_the_recipient_and_the_other_is_on_the_way():
    question = question_from_words("IR", "OM", "rifles for the Houthis", None)
    assert [party.names for party in question.recipients] == [("Houthis",)]
    assert [party.country for party in question.via] == ["OM"]


@pytest.mark.parametrize(("supplier", "days"), [("Atlantis", None), ("FR", "2022-13"), ("FR", "soon")])
def test_what_cannot_be_read_is_refused(supplier, days):
    with pytest.raises(MetadataError, match="give a"):
        question_from_words(supplier, "RU", "rifles", days)


def test_unknown_is_no_name():
    question = question_from_words("unknown", None, "rifles", "unknown")
    assert (question.suppliers, question.recipients, question.times) == ((), (), ())
