"""Articles as JSON Lines, arrays and objects."""

from __future__ import annotations

import io
import json

import pytest
from made_containers import container, fuzzed

from armstrace.document import Fact, Metadata, Place, Span
from armstrace.errors import InputError
from armstrace.ingest.json_lines import LONGEST_LINE, is_json, unpack_json_lines
from armstrace.ingest.raw import Piece, RawText, Unread

TEXT = "Ruritania sold 12 howitzers to Graustark."

# What is found, a row given beside a text: the field of the metadata and its value.
KNOWN = [
    ("a day", {"published": "2022-09-06"}, Metadata(published="2022-09-06", published_from="field published")),
    (
        "a moment",
        {"publishedAt": "2022-09-06T10:00:00Z"},
        Metadata(published="2022-09-06", published_from="field published_at"),
    ),
    ("milliseconds", {"pub_date": 1662458400000}, Metadata(published="2022-09-06", published_from="field pub_date")),
    (
        "another spelling",
        {"Date-Publish": "6 Sep 2022"},
        Metadata(published="2022-09-06", published_from="field date_publish"),
    ),
    ("an address", {"link": "https://paper.example/a b"}, Metadata(url="https://paper.example/a%20b")),
    ("no address", {"url": "javascript:alert(1)"}, Metadata()),
    (
        "the first address that is given",
        {"url": "", "source_url": "http://p.example"},
        Metadata(url="http://p.example"),
    ),
    ("a headline", {"headline": " Guns \n sold "}, Metadata(title="Guns sold")),
    ("a hostile title", {"title": "a\u202eb\x1b[31m\ud800c"}, Metadata(title="ab[31mc")),
    ("a publisher", {"publisher": "The Paper"}, Metadata(outlet="The Paper")),
    ("an outlet as an object", {"source": {"id": None, "name": "The Paper"}}, Metadata(outlet="The Paper")),
    ("authors in a list", {"authors": ["A. Scribe", {"name": "B. Scribe"}]}, Metadata(byline="A. Scribe, B. Scribe")),
    ("a language with its country", {"lang": "en-GB"}, Metadata(language="en")),
    ("a language in words", {"language": "English"}, Metadata(language="en")),
    ("fields of other types", {"title": ["x", ["y"]], "outlet": True, "byline": {}, "lang": 7}, Metadata()),
]

TEXT_FIELDS = "text body content event_text full_text article maintext Body fullText".split()

UNREAD = [
    ("no JSON", "{nonsense", "line 2: is no JSON"),
    ("a list", "[1]", "line 2: is no JSON object"),
    ("no text", '{"title": "Guns"}', "line 2: holds no text"),
    ("an empty text", '{"text": " "}', "line 2: holds no text"),
    ("a text that is a number", '{"text": 5}', "line 2: holds no text"),
    ("nested without end", "[" * 100_000, "line 2: is no JSON (nested too deep"),
    ("a number without end", '{"n": ' + "9" * 5000 + "}", "line 2: is no JSON (nested too deep or a number too long"),
    ("a claim", '{"claim": "x", "document": "d", "attribution": [], "evidence": {}}', "line 2: is a claim"),
]

REFUSED = [
    ("nothing", b" \n \n", "is empty"),
    ("an empty array", b"[]", "is an empty JSON array"),
    (
        "armstrace's own claims",
        b'{"claim": "x", "document": "d", "kind": "transfer", "attribution": [], "evidence": {}}\n',
        "holds claims",
    ),
    ("one object that breaks off", b'{\n"text": "Guns', "is no JSON"),
    ("a large array", b"[" + b" " * LONGEST_LINE, "save it as JSON Lines"),
]


@pytest.mark.parametrize(("row", "known"), [pytest.param(*row[1:], id=row[0]) for row in KNOWN])
def test_common_names_of_fields_are_known(row, known):
    (found,) = unpacked(json.dumps({**row, "text": TEXT}))
    assert found.metadata == known


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_a_text_goes_by_many_names_and_its_place_is_kept(name):
    line = json.dumps({"x": 1, name: TEXT})
    (found,) = unpacked(line)
    assert (found.text, found.id, found.format, found.evidence) == (TEXT, "box:1", "json", line.encode())
    assert found.places == (Place(Span(0, len(TEXT)), f"line 1, field {name}", Span(0, len(TEXT))),)
    assert found.capture.source == "box.bin!/line 1"


@pytest.mark.parametrize(("line", "told"), [pytest.param(*row[1:], id=row[0]) for row in UNREAD])
def test_a_line_that_cannot_be_read_costs_itself(line, told):
    first, second, third = unpacked(json.dumps({"text": TEXT}) + "\n" + line + "\n" + json.dumps({"text": TEXT}))
    assert f"{second.where}: {second.reason}".startswith(f"box.bin, {told}")
    assert (first.text, third.text, second.evidence) == (TEXT, TEXT, line.encode())


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_a_file_of_no_articles_is_refused(data, told):
    with pytest.raises(InputError, match=rf"^box\.bin: .*{told}"):
        list(unpack_json_lines(container(data)))


def test_the_fuller_name_and_the_earlier_outlet_count_and_a_wire_is_kept():
    (found,) = unpacked(
        json.dumps({"description": "Guns.", "content": TEXT, "source": "Newswire", "outlet": "The Paper"})
    )
    assert (found.text, found.metadata.outlet, found.facts) == (TEXT, "The Paper", (Fact("source", "Newswire", None),))


def test_a_date_of_two_meanings_is_told_and_not_guessed():
    (found,) = unpacked(json.dumps({"date": "03/04/2022", "text": TEXT}))
    assert (found.metadata.published, found.facts) == (None, (Fact("date", "03/04/2022", None),))


def test_html_goes_on_as_a_page():
    (found,) = unpacked(json.dumps({"id": 7, "title": "Guns & more", "body": f"<p>{TEXT}</p>", "lang": "en"}))
    assert isinstance(found, Piece)
    assert (found.name, found.media_type, found.known.title) == ("7", "text/html", "Guns & more")
    assert f"<p>{TEXT}</p>".encode() in found.data
    assert b"<title>Guns &amp; more</title>" in found.data


@pytest.mark.parametrize("text", ["fewer than <5 tanks", "write to <desk@paper.example>", "a < b > c", "AT&T & Co"])
def test_words_in_angles_are_no_html(text):
    (found,) = unpacked(json.dumps({"text": text}))
    assert found.text == text


def test_paragraphs_in_a_list_are_one_text():
    (found,) = unpacked(json.dumps({"text": ["One gun.", "Two."]}))
    assert found.text == "One gun.\n\nTwo."
    assert [(p.part, p.span, p.source) for p in found.places] == [
        ("line 1, field text, element 1", (0, 8), (0, 8)),
        ("line 1, field text, element 2", (10, 14), (0, 4)),
    ]


def test_what_no_store_takes_is_replaced_and_its_place_left_out():
    (found,) = unpacked('{"text": "a\\u0000b\\ud800c \\ud83d\\ude80"}')
    assert found.text == "a\ufffdb\ufffdc \U0001f680"
    assert [tuple(p.span) for p in found.places] == [(0, 1), (2, 3), (4, 7)]


ENCODED = [
    ("UTF-8", "utf-8"),
    ("UTF-8 with a mark", "utf-8-sig"),
    ("UTF-16", "utf-16"),
    ("Windows-1252", "cp1252"),
]


@pytest.mark.parametrize("encoding", [pytest.param(row[1], id=row[0]) for row in ENCODED])
def test_encodings(encoding):
    rows = "".join(json.dumps({"text": f"“Größe” {n}"}, ensure_ascii=False) + "\r\n" for n in range(2))
    assert [f.text for f in unpack_json_lines(container(rows.encode(encoding)))] == ["“Größe” 0", "“Größe” 1"]


def test_mixed_encodings_are_told_apart_line_by_line():
    data = b"".join(json.dumps({"text": "Größe"}, ensure_ascii=False).encode(e) + b"\n" for e in ("utf-8", "cp1252"))
    assert [f.text for f in unpack_json_lines(container(data))] == ["Größe", "Größe"]


def test_a_line_without_end_is_passed_over_and_never_held():
    class Endless(io.RawIOBase):
        """200 MB of one line between two rows, which are never there as a whole."""

        rows = (b'{"text": "One."}\n', b'\n{"text": "Two."}')

        def __init__(self):
            self.at = 0

        def readable(self):
            return True

        def seekable(self):
            return True

        def seek(self, at, whence=0):
            self.at = at if whence == 0 else self.at
            return self.at

        def tell(self):
            return self.at

        def readinto(self, buffer):
            one, two = self.rows
            end = len(one) + 200_000_000
            size = min(len(buffer), max(end - self.at, 0) or len(buffer))
            part = (
                one[self.at : self.at + size]
                if self.at < len(one)
                else b"x" * size
                if self.at < end
                else two[self.at - end :][:size]
            )
            buffer[: len(part)] = part
            self.at += len(part)
            return len(part)

    first, second, third = unpack_json_lines(container(io.BufferedReader(Endless())))
    assert (first.text, third.text) == ("One.", "Two.")
    assert (second.where, second.reason) == ("box.bin, line 2", "is longer than 16 MiB; split it")


def test_an_array_is_read_up_to_where_it_breaks():
    rows = [{"text": "One."}, {"body": "Two."}, 3]
    whole = json.dumps(rows, indent=1)
    first, second, third = unpacked(whole)
    assert (first.text, second.text, second.id) == ("One.", "Two.", "box:2")
    assert json.loads(second.evidence) == rows[1]
    assert third.reason.startswith("is no JSON object")
    *read, lost = unpacked(whole[: whole.index("Two") + 3])
    assert [f.text for f in read] == ["One."]
    assert (lost.where, lost.reason[:10]) == ("box.bin, element 2", "is no JSON")


def test_one_object_over_many_lines_is_one_article_or_holds_them():
    (found,) = unpacked(json.dumps({"text": TEXT, "title": "Guns"}, indent=2))
    assert (found.text, found.id, found.metadata.title) == (TEXT, "box", "Guns")
    found = unpacked(json.dumps({"status": "ok", "articles": [{"content": "One."}, {"content": "Two."}]}, indent=2))
    assert [f.text for f in found] == ["One.", "Two."]


def test_how_json_starts():
    assert all(is_json(s) for s in (b'{"a": 1}', b"\xef\xbb\xbf \n{\n 'a'".replace(b"'", b'"'), b"[{", b"[\n]"))
    assert not any(is_json(s) for s in (b"", b"{guns}", b"[sic] he said", b"[1]", b"<p>"))


def test_broken_files_cost_no_more_than_themselves():
    rows = [{"text": TEXT, "date": "2022-09-06", "source": {"name": "P"}, "authors": ["A"]}, {"body": f"<p>{TEXT}</p>"}]
    assert fuzzed(unpack_json_lines, "\n".join(map(json.dumps, rows)).encode()) > 50
    assert fuzzed(unpack_json_lines, json.dumps(rows).encode()) > 50


def unpacked(text):
    found = list(unpack_json_lines(container(text.encode())))
    assert all(isinstance(f, RawText | Piece | Unread) for f in found)
    return found
