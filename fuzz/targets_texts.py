"""Targets: text as the press writes it, taken apart by our own grammars, and read end to end."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import seeds
from armstrace.document import Metadata, Span
from armstrace.errors import InputError
from armstrace.export.jsonl import jsonl_lines
from armstrace.ingest.html_dates import read_day as read_html_day
from armstrace.ingest.languages import tell_language
from armstrace.ingest.mail_headers import decode_header, read_parameter, split_address
from armstrace.ingest.mail_headers import read_day as read_mail_day
from armstrace.ingest.metadata import tidy
from armstrace.ingest.published import read_published
from armstrace.ingest.raw import RawText
from armstrace.language.tokens import split_tokens
from armstrace.model import Quantity, Value
from armstrace.pipeline import Reader, load_reader, make_document, read_report
from armstrace.text.calendar_periods import parse_published
from armstrace.text.clean import MOST_PASSES, clean_characters, clean_text
from armstrace.text.csv_records import read_records
from armstrace.text.dates import find_dates
from armstrace.text.english import is_english
from armstrace.text.item_lists import read_item_list
from armstrace.text.money import find_money
from armstrace.text.names import only_names
from armstrace.text.notices import find_notices
from armstrace.text.numerals import find_numerals
from armstrace.text.paragraphs import line_blocks, paragraph_spans
from armstrace.text.quantities import find_quantities
from armstrace.text.quotations import find_quotations
from armstrace.text.recalls import find_recall
from armstrace.text.sentences import split_sentences
from armstrace.text.year_lists import years_in
from holding import check_claims, check_clean, check_masks, check_spans
from target import Target, text_of


@cache
def reader() -> Reader:
    """Return the packaged model and lexicon, loaded once."""
    return load_reader()


def _clean(data: bytes) -> None:
    raw = text_of(data)
    clean = clean_text(raw)
    check_clean(raw, clean)
    if len(clean.removed) < MOST_PASSES:  # more passes could not be needed; a text made to need more is left as it is
        again = clean_text(clean.text)
        assert again.text == clean.text, "cleaning what is clean changes it"
        assert again.removed == ()
    bare = clean_characters(raw)
    check_masks(raw, bare.text, bare.removed)
    assert clean_characters(bare.text).text == bare.text


def _sentences(data: bytes) -> None:
    text = text_of(data)
    paragraphs, sentences = paragraph_spans(text), split_sentences(text)
    check_spans(paragraphs, text)
    check_spans(sentences, text)
    lines = [line.span for block in line_blocks(text) for line in block]
    check_spans(lines, text)
    held = set().union(*(range(*span) for span in sentences))
    assert all(at in held for at, c in enumerate(text) if c.isalnum()), "a letter stands in no sentence"
    for span in sentences:
        tokens = split_tokens(text, span)
        check_spans(tokens, text)
        assert all(span.holds(token) and token.start < token.end for token in tokens)


def _quotations(data: bytes) -> None:
    text = text_of(data)
    for quotation in find_quotations(text):
        check_spans([quotation.span], text)
    is_english(text)
    tell_language(text, None)
    only_names(text)


def _numbers(data: bytes) -> None:
    text = text_of(data)
    for numeral in find_numerals(text):
        check_spans([numeral.span], text)
    quantities, sums = find_quantities(text), find_money(text)
    found: tuple[Quantity | Value, ...] = (*quantities, *sums)
    for one in found:
        assert one.span is not None
        assert one.span.of(text) == one.text
    for quantity in quantities:
        known = [n for n in (quantity.low, quantity.best, quantity.high) if n is not None]
        assert all(a <= b for a, b in pairwise(known)), quantity
    years_in(text)


def _dates(data: bytes) -> None:
    first, _, text = text_of(data).partition("\n")
    parse_published(first)
    for when in find_dates(text, first if parse_published(first) else None):
        assert when.span is not None
        assert when.span.of(text) == when.text
        assert not (when.start and when.end) or when.start <= when.end, when


def _days(data: bytes) -> None:
    text = text_of(data)
    for read in (read_published, read_html_day, read_mail_day):
        day = read(text)
        assert day is None or (parse_published(day) is not None and day.isascii()), day
    for value in (len(text) * 10**14, float(len(text)) * 1e300, text[:40]):
        read_published(value)


def _notices(data: bytes) -> None:
    text = text_of(data)
    find_notices(text)
    for entry in read_item_list(text, Span(0, len(text))):
        check_spans([entry.span, entry.item, *entry.notes], text, apart=False)
        assert entry.quantity is None or entry.quantity.span.of(text) == entry.quantity.text


def _recalls(data: bytes) -> None:
    title, _, text = text_of(data).partition("\n")
    find_recall(title, text, "2024-05-06")


def _csv(data: bytes) -> None:
    text = text_of(data)
    for delimiter in ",;\t":
        for _record in read_records(text, delimiter):
            pass


def _headers(data: bytes) -> None:
    text = text_of(data)
    decode_header(text)
    split_address(text)
    for name in ("boundary", "charset", "filename"):
        read_parameter(text, name)
    told = tidy(text)
    assert told is None or (told == tidy(told) and len(told) <= 1001)


def _report(data: bytes) -> None:
    text = text_of(data)
    document = make_document(RawText("given", text, Metadata(published="2024-05-06", outlet="Morning Ledger")))
    claims = read_report(reader(), document).claims
    check_claims(claims, document.text)
    assert list(jsonl_lines(claims)) == list(jsonl_lines(read_report(reader(), document).claims))


_PROSE = (
    "(AP) ", "OSLO, March 3 (Reuters) - ", "By Jane Doe\n", "Read more", "“", "”", "’", "\n\n", "Mr. ", "U.S. ", " — ",
    "...",
    "(Reporting by A; Editing by B)", "http://a.b/", "@a", "FILE PHOTO: ", "Photo: ", " said ", "Image copyright ",
)  # fmt: skip
_NUMBERS = (
    "1,000",
    "1.5",
    "½",
    " million ",
    "dozens of ",
    "between ",
    " and ",
    "-",
    "–",
    "up to ",
    "$",
    "€",
    "bn",
    "half ",
    "%",
    "'s",
)
_LISTED = ("Transmittal No. ", "(i) Prospective Purchaser: ", "MDE: ", "; ", "and ", "(", ")", "* ", "None", "TOTAL ")
_WHEN = (
    "2024-05-06\n",
    "May ",
    "6 May 2024",
    "last ",
    "next ",
    "mid-",
    "2020s",
    "Q3 ",
    " ago",
    "between ",
    "winter ",
    "05/06/2024",
    "Z",
    "+14:00",
)

TEXTS: tuple[Target, ...] = (
    Target(
        "clean",
        "text.clean, captions, credits, datelines, header, residue",
        _clean,
        seeds.texts,
        _PROSE,
        "length kept; changed only inside what is listed; clean(clean(x)) == clean(x) unless a text is made "
        "to need over 12 passes",
    ),
    Target(
        "sentences",
        "text.sentences, paragraphs; language.tokens",
        _sentences,
        seeds.texts,
        _PROSE,
        "spans in order and apart; every letter lies in a sentence",
    ),
    Target("quotations", "text.quotations, marks, english, names; ingest.languages", _quotations, seeds.texts, _PROSE),
    Target(
        "numbers",
        "text.numerals, quantities, money, measures, units",
        _numbers,
        seeds.texts,
        _NUMBERS,
        "the span holds the words; low <= best <= high",
    ),
    Target(
        "dates",
        "text.dates and its readers",
        _dates,
        lambda: (
            b"2024-05-06\nOn 6 May 2024, last week, in mid-2025, between May and June, two years ago, by Q3 2024, "
            b"in the 1990s.",
            b"2024\nFrom 2018 to 2021; next Monday; this winter; 05/06/2024; fiscal year 2023; Sept. 6.",
            b"\n9999-12-31 0001-01-01",
        ),
        _WHEN,
        "the span holds the words; start <= end",
    ),
    Target(
        "days",
        "ingest.published, html_dates, mail_headers; text.calendar_periods",
        _days,
        lambda: (
            b"2024-05-06T07:08:09+02:00",
            b"Mon, 06 May 2024 07:08:09 GMT",
            b"1714979289",
            b"May 6, 2024",
            b"06.05.2024",
            b"20240506",
        ),
        _WHEN,
        "a day that was read is a date",
        longest=256,
    ),
    Target(
        "notices",
        "text.notices, item_lists, notice_*",
        _notices,
        lambda: (seeds.NOTICE.encode(),),
        (*_NUMBERS, *_LISTED),
    ),
    Target(
        "recalls",
        "text.recalls",
        _recalls,
        lambda: (
            b"Correction: drones\nThis story has been withdrawn.",
            b"x\nEDITORS: please kill the story headlined x.",
        ),
        _PROSE,
    ),
    Target("csv_records", "text.csv_records", _csv, seeds.tables, ('"', '""', ",", ";", "\t", "\n", "\r")),
    Target(
        "headers",
        "ingest.mail_headers, metadata",
        _headers,
        lambda: (
            b"=?utf-8?q?Ann_R=C3=B6e?= <ann@paper.example>",
            b"multipart/mixed; boundary=\"b\"; charset*0*=utf-8''a%2e; charset*1=b",
        ),
        ("=?utf-8?b?", "?=", "=?x?q?", "<", "@", ">", ";", "*0*=", "''", "%", '"', "\\"),
        "tidy(tidy(x)) == tidy(x)",
    ),
    Target(
        "report",
        "pipeline: language, extract, lexicon",
        _report,
        seeds.texts,
        (*_PROSE, *_NUMBERS, *_WHEN),
        "every value of every claim is the words at its span; a second reading is the same; claims survive JSON",
        errors=(InputError,),
    ),
)
