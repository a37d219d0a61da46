"""The text of a certificate: the same for the same certificate, and safe to show."""

from __future__ import annotations

from armstrace.export.certificates import certificate_text

HIT = {
    "points": 0.97,
    "list": "un",
    "list_dated": "2026-03-02",
    "list_sha256": "ab" * 32,
    "entry": "NVi.001",
    "kind": "person",
    "primary_name": "ANTON VASILKOV",
    "matched_name": "Anton Wassilkow\x1b[31m",
    "matched_name_is": "alias",
    "reasons": [{"feature": "words", "points": 0.97, "words": "anton = anton\u202e"}],
    "countries": ["RU"],
    "born": ["1961"],
    "identifiers": [{"kind": "Passport", "value": "AB 12345"}],
    "programmes": ["Norvik"],
    "listed_on": "2019-05-06",
    "remarks": "Said to have shipped mortars. " * 30,
}
BODY = {
    "certificate": "abcd0123abcd0123",
    "shape": 1,
    "searched_at": "2026-03-06T09:00:00Z",
    "program": "armstrace 0",
    "matcher": "armstrace-names 1",
    "threshold": 0.72,
    "official_lists_not_searched": ["UK Sanctions List"],
    "lists": [
        {
            "list": "un",
            "title": "United Nations list",
            "dated": None,
            "sha256": "ab" * 32,
            "format": "UN XML",
            "files": [],
            "added_at": "2026-03-05T08:00:00Z",
            "entries": 1234,
            "rows_left_out": [{"place": "un.xml, record 7", "reason": "has no name"}],
        }
    ],
    "searched": [
        {
            "name": "Anton Vasilkov",
            "kind": None,
            "imo": None,
            "born": "1961",
            "country": None,
            "result": "hits",
            "hits": [HIT],
        },
        {
            "name": "Nikolai Berezin",
            "kind": None,
            "imo": None,
            "born": None,
            "country": None,
            "result": "nothing found",
            "hits": [],
        },
    ],
    "limits": "A hit is no identification.",
}


def test_the_text_says_all_that_matters():
    text = certificate_text(BODY)
    for words in (
        "SCREENING CERTIFICATE abcd0123abcd0123\n",
        "2026-03-06T09:00:00Z",
        "least points 0.72",
        "which bears no date",
        "1,234 entries, 1 rows could not be read",
        "sha256 " + "ab" * 32,
        "left out: un.xml, record 7 has no name",
        "Not loaded, so not searched: UK Sanctions List",
        '"Anton Vasilkov" (born 1961)',
        '"Nikolai Berezin"\n  nothing found\n',
        "0.97  ANTON VASILKOV  [un NVi.001, person; list of 2026-03-02, sha256 abababababab]",
        "+0.97 words: anton = anton",
        "programme: Norvik",
        "listed on: 2019-05-06",
        "A hit is no identification.",
    ):
        assert words in text
    assert text == certificate_text(BODY)


def test_text_of_lists_cannot_rewrite_a_terminal_and_lines_are_not_endless():
    text = certificate_text(BODY)
    assert not {"\x1b", "\u202e"} & set(text)
    assert max(map(len, text.splitlines())) <= 120
