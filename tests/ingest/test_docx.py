"""Word and OpenDocument files: what is text and what is not, places, and files made to do harm."""

from __future__ import annotations

import datetime as dt
import io
import random
import zipfile

import docx
import pytest

from armstrace.document import Capture, Fact, LeftOut, Metadata
from armstrace.errors import InputError
from armstrace.ingest.docx import read_docx
from armstrace.ingest.odt import read_odt
from armstrace.ingest.raw import Piece

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STRICT = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                        ("style", "style"), ("meta", "meta"), ("manifest", "manifest")]
)  # fmt: skip
LONG = "Norland will hand forty howitzers to Sudland by the end of the year, two officials told the Evening Courier. "


def packed(**parts):
    """Return a ZIP file; "__" stands for "/" in the names of its parts, "_dot_" for a dot."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def word(body, space=W, **parts):
    """Return a Word file with that body."""
    document = f"<w:document {space} {MC}><w:body>{body}</w:body></w:document>"
    return packed(word__document_dot_xml=document, **parts)


def open_text(body, **parts):
    """Return an OpenDocument text with that body."""
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return packed(content_dot_xml=content + "</office:document-content>", **parts)


def p(*runs, style=""):
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{''.join(runs)}</w:p>"


def r(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def read(data, **known):
    return read_docx(Piece("report", data, Capture("in/report.docx"), **known))


def read_open(data, **known):
    return read_odt(Piece("report", data, Capture("in/report.odt"), **known))


def by_place(raw):
    """Return the text by its places, each once, and check that all words have one."""
    places = [(place.part, place.span.of(raw.text)) for place in raw.places]
    assert " ".join(text for _, text in places).split() == raw.text.split()
    assert all(
        place.source and len(place.span.of(raw.text)) == place.source.end - place.source.start for place in raw.places
    )
    return places


DELETED = "<w:del><w:r><w:delText>old </w:delText></w:r></w:del>"
INSERTED = f"<w:ins>{r('new ')}</w:ins>"
BOX = "<w:txbxContent>" + p(r("In the box.")) + "</w:txbxContent>"
ROW = "<w:tr>" + "".join(f"<w:tc>{p(r(text))}</w:tc>" for text in ("Norland", "", "40")) + "</w:tr>"
WORDS = [
    ("runs make one paragraph", p(r("For"), r("ty guns")), [("paragraph 1", "Forty guns")], ()),
    ("empty paragraphs count", p() + p(r(" ")) + p(r("Guns")), [("paragraph 3", "Guns")], ()),
    ("tabs, breaks and hyphens",
     p("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>T</w:t><w:noBreakHyphen/><w:t>55</w:t></w:r>"),
     [("paragraph 1", "a\tb\nT-55")], ()),
    ("tab stops are none", p("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>", r("Guns")), [("paragraph 1", "Guns")], ()),
    ("tracked changes", p(r("Forty "), DELETED, INSERTED, r("guns.")), [("paragraph 1", "Forty new guns.")], [("old",
     "tracked deletion", "paragraph 1")]),
    ("moved words", p(f"<w:moveFrom>{r('here ')}</w:moveFrom>", r("gone "), f"<w:moveTo>{r('there')}</w:moveTo>"),
     [("paragraph 1", "gone there")], [("here", "tracked deletion", "paragraph 1")]),
    ("hidden words", p(r("Open "), r("hidden ", "<w:vanish/>"), r("shown", '<w:vanish w:val="0"/>')),
     [("paragraph 1", "Open shown")], [("hidden", "hidden text", "paragraph 1")]),
    ("a hidden paragraph mark", p("<w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>", r("Shown")),
     [("paragraph 1", "Shown")], ()),
    ("words of a hidden style", p(r("Open "), r("note", '<w:rStyle w:val="H"/>')) + p(r("all"), style="H"),
     [("paragraph 1", "Open")], [("note", "hidden text", "paragraph 1"), ("all", "hidden text", "paragraph 2")]),
    ("field codes", p("<w:r><w:instrText>HYPERLINK x</w:instrText></w:r>", r("the link")),
     [("paragraph 1", "the link")], ()),
    ("a table of contents", p(r("1 Guns 4"), style="I1") + p(r("Guns")), [("paragraph 2", "Guns")],
     [("1 Guns 4", "table of contents", "paragraph 1")]),
    ("a table, a line a row", f"{p(r('Over'))}<w:tbl>{ROW}{ROW}</w:tbl>{p(r('Under'))}",
     [("paragraph 1", "Over"), ("table 1 row 1", "Norland\t40"), ("table 1 row 2", "Norland\t40"),
      ("paragraph 2", "Under")], ()),
    ("a table for the looks", f"<w:tbl><w:tr><w:tc>{p(r(LONG))}{p(r(LONG))}</w:tc></w:tr></w:tbl>",
     [("table 1 row 1", LONG.strip()), ("table 1 row 1", LONG.strip())], ()),
    ("a table in a table", f"<w:tbl><w:tr><w:tc>{p(r('All'))}<w:tbl>{ROW}</w:tbl>{p()}</w:tc></w:tr></w:tbl>",
     [("table 1 row 1", "All Norland\t40")], ()),
    ("a text box, once", p(r("Before "), f"<w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}"
     "</mc:Fallback></mc:AlternateContent></w:r>", r("behind.")),
     [("paragraph 1", "Before behind."), ("text box 1", "In the box.")], ()),
    ("an embedded file", p(r("Guns")) + "<w:altChunk/>", [("paragraph 1", "Guns")],
     [("(embedded file)", "embedded part is not read", "paragraph 1")]),
]  # fmt: skip
STYLES = (
    f"<w:styles {W}><w:style w:styleId='H'><w:name w:val='Hidden'/><w:rPr><w:vanish/></w:rPr></w:style>"
    "<w:style w:styleId='I1'><w:name w:val='toc 1'/></w:style><w:style w:styleId='T'><w:name w:val='Title'/></w:style>"
    "</w:styles>"
)


@pytest.mark.parametrize("space", [W, STRICT], ids=["usual", "strict"])
@pytest.mark.parametrize(("body", "places", "left_out"), [pytest.param(*row[1:], id=row[0]) for row in WORDS])
def test_words_of_a_word_file(body, places, left_out, space):
    data = word(body, space, word__styles_dot_xml=STYLES.replace(W, space))
    raw = read(data)
    assert by_place(raw) == places
    assert raw.text.replace("\n\n", "\n").split("\n") == "\n".join(text for _, text in places).split("\n")
    assert raw.left_out == tuple(LeftOut(*row) for row in left_out)
    assert (raw.id, raw.format, raw.evidence) == ("report", "docx", data)
    assert raw == read(data)


def test_blank_lines_and_other_kinds_of_parts_stand_apart():
    body = p(r("Forty guns")) + p(r("came.")) + p() + p() + p(r("More")) + f"<w:tbl>{ROW}{ROW}</w:tbl>" + p(r("End"))
    assert read(word(body)).text == "Forty guns\ncame.\n\nMore\n\nNorland\t40\nNorland\t40\n\nEnd"


def test_notes_stand_at_the_end_and_margins_and_comments_are_left_out():
    parts = {
        "word__footnotes_dot_xml": f"<w:footnotes {W}><w:footnote w:type='separator' w:id='0'>{p(r('--'))}</w:footnote>"
        f"<w:footnote w:id='2'>{p(r('See the letter.'))}</w:footnote></w:footnotes>",
        "word__endnotes_dot_xml": f"<w:endnotes {W}><w:endnote w:id='7'>{p(r('The end.'))}</w:endnote></w:endnotes>",
        "word__header1_dot_xml": f"<w:hdr {W}>{p(r('Secret draft'))}</w:hdr>",
        "word__footer2_dot_xml": f"<w:ftr {W}><w:tbl>{ROW}</w:tbl></w:ftr>",
        "word__comments_dot_xml": f"<w:comments {W}><w:comment>{p(r('Is that so?'))}</w:comment></w:comments>",
    }
    raw = read(word(p(r("Guns.")), **parts))
    assert by_place(raw) == [("paragraph 1", "Guns."), ("footnote 2", "See the letter."), ("endnote 7", "The end.")]
    assert raw.left_out == (
        LeftOut("Norland 40", "header or footer"),
        LeftOut("Secret draft", "header or footer"),
        LeftOut("Is that so?", "comment"),
    )


def written_by_a_program():
    """Return a file as a word processor's library writes it."""
    document = docx.Document()
    document.add_heading("Guns for Sudland", 0)
    document.add_paragraph(LONG)
    table = document.add_table(2, 2)
    for number, text in enumerate(("Supplier", "Item", "Norland", "howitzers")):
        table.cell(number // 2, number % 2).text = text
    document.add_paragraph("“Ends” – café.", style="List Bullet")
    document.sections[0].header.paragraphs[0].text = "The Evening Courier"
    properties = document.core_properties
    properties.title, properties.author, properties.language = "guns.docx", "A. \u202eWriter", "en-GB"
    properties.created = dt.datetime(2021, 5, 3, 9, 14, tzinfo=dt.UTC)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_a_file_written_by_a_program():
    known = Metadata(outlet="The Evening Courier", title="From the feed", byline="Desk")
    raw = read(written_by_a_program(), known=known, facts=(Fact("wire", "AP", None),))
    assert by_place(raw) == [
        ("paragraph 1", "Guns for Sudland"), ("paragraph 2", LONG.strip()), ("table 1 row 1", "Supplier\tItem"),
        ("table 1 row 2", "Norland\thowitzers"), ("paragraph 3", "“Ends” – café."),
    ]  # fmt: skip
    assert raw.metadata == Metadata("The Evening Courier", None, "Guns for Sudland", None, "A. Writer", "en")
    assert raw.facts == (
        Fact("wire", "AP", None),
        Fact("author", "A. Writer", None),
        Fact("created", "2021-05-03", None),
    )
    assert LeftOut("The Evening Courier", "header or footer") in raw.left_out


def test_the_main_part_is_found_by_the_relations():
    relations = '<Relationships><Relationship Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    document = f"<w:document {W}><w:body>{p(r('Guns.'))}</w:body></w:document>"
    assert read(packed(**{"_rels/.rels": relations, "word/document2.xml": document})).text == "Guns."


OPEN_ROW = "<table:table-row>" + "".join(
    f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("Norland", "", "40")
) + "</table:table-row>"  # fmt: skip
OPEN_WORDS = [
    ("headings and paragraphs", "<text:h>Guns</text:h><text:p/><text:p>For<text:span>ty</text:span></text:p>",
     [("paragraph 1", "Guns"), ("paragraph 3", "Forty")], ()),
    ("spaces, tabs, breaks", '<text:p>a<text:s text:c="3"/>b<text:s/>c<text:tab/>d<text:line-break/>e</text:p>',
     [("paragraph 1", "a   b c\td\ne")], ()),
    ("a table", f"<table:table>{OPEN_ROW}{OPEN_ROW}</table:table><text:p>Under</text:p>",
     [("table 1 row 1", "Norland\t40"), ("table 1 row 2", "Norland\t40"), ("paragraph 1", "Under")], ()),
    ("a note", "<text:p>Guns<text:note><text:note-citation>1</text:note-citation>"
     "<text:note-body><text:p>See x.</text:p>"
     "</text:note-body></text:note>, many.</text:p><text:p>End.</text:p>",
     [("paragraph 1", "Guns, many."), ("paragraph 2", "End."), ("footnote 1", "See x.")], ()),
    ("a text box", "<text:p>Guns<draw:text-box><text:p>In it.</text:p></draw:text-box>.</text:p>",
     [("paragraph 1", "Guns."), ("text box 1", "In it.")], ()),
    ("comments and changes", "<text:tracked-changes><text:p>old</text:p><text:p>words</text:p></text:tracked-changes>"
     "<text:p>Guns<office:annotation><text:p>So?</text:p></office:annotation>.</text:p>", [("paragraph 1", "Guns.")],
     [("old words", "tracked deletion", ""), ("So?", "comment", "")]),
    ("a space that lies", '<text:p>a<text:s text:c="999999999999"/>b<text:s text:c="x"/>c</text:p>',
     [("paragraph 1", "a b c")], ()),
]  # fmt: skip


@pytest.mark.parametrize(("body", "places", "left_out"), [pytest.param(*row[1:], id=row[0]) for row in OPEN_WORDS])
def test_words_of_an_open_document(body, places, left_out):
    data = open_text(body)
    raw = read_open(data)
    assert by_place(raw) == places
    assert raw.left_out == tuple(LeftOut(*row) for row in left_out)
    assert (raw.format, raw.evidence) == ("odt", data)


def test_properties_and_margins_of_an_open_document():
    meta = (
        f'<office:document-meta {ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Guns</dc:title>'
        "<meta:initial-creator>A. Writer</meta:initial-creator><dc:creator>B. Editor</dc:creator>"
        "<meta:creation-date>2021-05-03T09:14:00</meta:creation-date></office:meta></office:document-meta>"
    )
    styles = (
        f"<office:document-styles {ODF}><style:header><text:p>Draft</text:p></style:header></office:document-styles>"
    )
    raw = read_open(open_text("<text:p>Guns.</text:p>", meta_dot_xml=meta, styles_dot_xml=styles))
    assert raw.metadata == Metadata(title="Guns", byline="A. Writer")
    assert [f.text for f in raw.facts] == ["Guns", "A. Writer", "2021-05-03"]
    assert raw.left_out == (LeftOut("Draft", "header or footer"),)


BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)
HOSTILE = [
    ("an old Word file", OLE, "in/report.docx: is an old Office file"),
    ("an encrypted file", OLE + "EncryptedPackage".encode("utf-16-le"), "in/report.docx: is encrypted and"),
    ("no ZIP file", b"PK\x03\x04nothing", "in/report.docx: is cut off or damaged"),
    ("another ZIP file", packed(a="b"), "in/report.docx: is a ZIP file without the text of a Word file"),
    ("no words", word(p()), "in/report.docx: holds no text"),
    ("no XML", word("<w:p>"), "in/report.docx!/word/document.xml: is no XML"),
    ("entities", packed(word__document_dot_xml=f"{BOMB}<x>&b;</x>"), "in/report.docx!/word/document.xml: declares"),
    ("entities in two bytes a character", packed(word__document_dot_xml=f"{BOMB}<x/>".encode("utf-16")),
     "in/report.docx!/word/document.xml: declares a document"),
    ("entities in the properties", word(p(r("x")), docProps__core_dot_xml=f"{BOMB}<x/>"),
     "in/report.docx!/docProps/core.xml"),
    ("a zip bomb", word(p(r("Guns.")) + " " * 70_000_000),
     "in/report.docx!/word/document.xml: unpacks to more than 64"),
    ("too much text", word(p(*[r("x" * 1_000_000)] * 11)), "in/report.docx: has more than 10,000,000 characters"),
    ("deep nesting", word("<w:p>" * 500), "in/report.docx!/word/document.xml: is nested more than 400 deep"),
    ("many parts", b"PK\x03\x04" + b"PK\x01\x02" * 10_001, "in/report.docx: has more than 10,000 parts"),
    ("a lone surrogate", word(p(r("&#xD800;"))), "in/report.docx!/word/document.xml: is no XML"),
    ("a NUL", word(p(r("&#0;"))), "in/report.docx!/word/document.xml: is no XML"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_what_cannot_be_read_costs_itself(data, reason):
    with pytest.raises(InputError, match=f"^{reason}"):
        read(data)


def test_an_encrypted_open_document_is_told():
    manifest = f"<manifest:manifest {ODF}><manifest:encryption-data/></manifest:manifest>"
    with pytest.raises(InputError, match=r"^in/report.odt: is encrypted and needs a password"):
        read_open(open_text("garbage", **{"META-INF__manifest_dot_xml": manifest}))
    with pytest.raises(InputError, match=r"^in/report.odt: is a ZIP file without the text"):
        read_open(packed(a="b"))


STRAY = ["</w:tbl>", "<w:tc/>", "<w:tr><w:tc/></w:tr>", "<w:txbxContent/>", "<w:t>x</w:t>", "<w:tbl><w:p/></w:tbl>",
         "<w:tbl><w:tbl><w:tr/></w:tbl></w:tbl>", "<w:pStyle/>", "<w:vanish/>", "<w:footnote/>"]  # fmt: skip


@pytest.mark.parametrize("part", STRAY)
def test_elements_out_of_place_do_no_harm(part):
    try:
        assert "Guns." in read(word(part + p(r("Guns.")))).text
    except InputError as error:
        assert "is no XML" in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    "data", [written_by_a_program(), open_text(f"<text:p>{LONG}</text:p>" * 20)], ids=["docx", "odt"]
)
def test_damaged_files_cost_themselves_at_most(data):
    chance = random.Random(20)  # noqa: S311
    broken = [data[: len(data) * cut // 50] for cut in range(50)]
    for _ in range(60):
        flipped = bytearray(data)
        for _ in range(6):
            flipped[chance.randrange(len(data))] = chance.randrange(256)
        broken.append(bytes(flipped))
    for one in broken:
        for reads in (read, read_open):
            try:
                assert reads(one).text.strip()
            except InputError as error:
                assert str(error).startswith("in/report.")  # noqa: PT017
    for cut in broken[:50]:
        with pytest.raises(InputError, match="cut off or damaged"):
            read(cut)
