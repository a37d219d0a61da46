"""Names and values as RDF takes them."""

from __future__ import annotations

import pytest

from armstrace.export.linked.terms import bytes_iri, date_value, decimal, moment_value, named, scalar, whole


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2031-02-03", {"@value": "2031-02-03", "@type": "xsd:date"}),
        ("2031-02", {"@value": "2031-02", "@type": "xsd:gYearMonth"}),
        ("2031", {"@value": "2031", "@type": "xsd:gYear"}),
        ("2031-02-30", "2031-02-30"),
        ("0000", "0000"),
        ("20310203", "20310203"),
        ("２０３１", "２０３１"),
        ("early", "early"),
        (None, None),
    ],
)
def test_a_date_is_as_precise_as_told(text, value):
    assert date_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2031-04-01T10:00:00Z", {"@value": "2031-04-01T10:00:00Z", "@type": "xsd:dateTime"}),
        ("2031-04-01T10:00:00.5+02:00", {"@value": "2031-04-01T10:00:00.5+02:00", "@type": "xsd:dateTime"}),
        ("2031-04-01 10:00", "2031-04-01 10:00"),
        ("2031-04-31T10:00:00Z", "2031-04-31T10:00:00Z"),
    ],
)
def test_a_moment_is_one_or_plain_text(text, value):
    assert moment_value(text) == value


@pytest.mark.parametrize(
    ("number", "digits"),
    [(40e6, "40000000"), (0.1, "0.1"), (1e22, "10000000000000000000000"), (10**27, f"1{'0' * 27}"), (100, "100")],
)
def test_a_sum_is_told_in_digits(number, digits):
    assert decimal(number) == digits


def test_a_large_number_is_not_left_to_be_rounded():
    assert [whole(2**53 - 1), whole(2**53 + 1), whole(None)] == [2**53 - 1, "9007199254740993", None]


def test_names_hold_no_foreign_sign():
    assert named("claim", 'a<b>"{} #\ud800é') == "urn:armstrace:claim:a%3Cb%3E%22%7B%7D%20%23%ED%A0%80%C3%A9"
    assert bytes_iri("no hash") == "urn:armstrace:capture:no%20hash"


def test_half_a_character_keeps_its_place():
    assert scalar("a\ud800b\udfff") == "a\N{REPLACEMENT CHARACTER}b\N{REPLACEMENT CHARACTER}"
