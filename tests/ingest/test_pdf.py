"""PDF files: paragraphs, columns, what stands at the edges of pages, places, and files made to do harm."""

from __future__ import annotations

import io
import random
import re
import zlib
from pathlib import Path

import pypdfium2
import pytest
import reportlab
from PIL import Image
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph

from armstrace.document import Capture, Fact, Metadata
from armstrace.errors import InputError
from armstrace.ingest.pdf import PdfLimits, read_pdf
from armstrace.ingest.raw import Piece

WIDTH, HEIGHT = A4
STORY = [
    "Norland will hand forty howitzers to Sudland by the end of the year, two officials of the Norland defence "
    "ministry told the Evening Courier on Tuesday.",
    "The guns, “surplus to our needs” as one of the officials put it, come from the stores of a disbanded brigade; "
    "their barrels were changed in 2019 – at a cost of €4 million.",
    "Sudland’s embassy did not answer questions. A spokesman for the opposition said that parliament had not been "
    "told, and asked the auditors to look into the deal before anything is shipped.",
    "Sudland bought a hundred older mortars from the same stores in 2016 and paid for them in grain.",
]
LEFT = [
    "The coast guard of Norland has",
    "stopped a trawler that carried",
    "rifles and grenades under its",
    "load of dried fish, the harbour",
    "police said late on Monday.",
]
RIGHT = [
    "Elsewhere a court sentenced two",
    "brokers who had sold parts of",
    "radar sets to a company that is",
    "under an embargo, although they",
    "knew its owner, said the judge.",
]


def draw(*pages, **properties):
    """Return a PDF; each page is a function that draws on a canvas."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True, encrypt=properties.pop("encrypt", None))
    for name, value in properties.items():
        getattr(canvas, f"set{name}")(value)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(*lines, x=72, y=760, size=11, step=14):
    """Return a page of lines, each below the other."""

    def page(canvas):
        canvas.setFont("Helvetica", size)
        for number, line in enumerate(lines):
            canvas.drawString(x, y - number * step, line)

    return page


def _bare(_canvas, _document):
    """Draw nothing at the edges of a page."""


def typeset(paragraphs, columns=1, space=6, indent=0, edges=None):
    """Return a PDF of paragraphs set in columns."""
    out = io.BytesIO()
    width = (WIDTH - 144 - 18 * (columns - 1)) / columns
    frames = [Frame(72 + i * (width + 18), 72, width, HEIGHT - 144, 0, 0, 0, 0) for i in range(columns)]
    style = ParagraphStyle(
        "body", fontName="Times-Roman", fontSize=10, leading=12, spaceAfter=space, firstLineIndent=indent
    )
    document = BaseDocTemplate(
        out, pagesize=A4, invariant=True, pageTemplates=[PageTemplate(frames=frames, onPage=edges or _bare)]
    )
    document.build([p if isinstance(p, PageBreak) else Paragraph(p, style) for p in paragraphs])
    return out.getvalue()


def read(data, limits=None, **known):
    piece = Piece("report", data, Capture("in/report.pdf"), **known)
    return read_pdf(piece, limits) if limits else read_pdf(piece)


def left_out(raw):
    return [(one.text, one.reason, one.place) for one in raw.left_out]


def numbers_of_pdfium(data):
    """Return the text of each page, one character for each number that PDFium gives."""
    with pypdfium2.PdfDocument(data) as document:
        pages = []
        for page in document:
            text = page.get_textpage()
            codes = [pypdfium2.raw.FPDFText_GetUnicode(text, i) for i in range(text.count_chars())]
            pages.append("".join(map(chr, codes)).replace("\x02", "-"))
            text.close()
            page.close()
    return pages


def check_places(raw, data):
    pages = numbers_of_pdfium(data)
    covered = [False] * len(raw.text)
    for place in raw.places:
        original = place.source.of(pages[int(place.part.removeprefix("page ")) - 1])
        words = place.span.of(raw.text)
        if len(original) == len(words):
            assert original == words
        covered[place.span.start : place.span.end] = [True] * len(words)
    assert all(c.isspace() or seen for c, seen in zip(raw.text, covered, strict=True))


@pytest.mark.parametrize(("columns", "space", "indent"), [(1, 6, 0), (2, 6, 0), (3, 4, 0), (1, 0, 14), (2, 0, 14)])
def test_paragraphs_come_back_one_a_line_with_their_places(columns, space, indent):
    data = typeset(STORY, columns, space, indent)
    raw = read(data)
    assert raw.text.split("\n\n") == STORY
    assert (raw.id, raw.format, raw.evidence, raw.left_out) == ("report", "pdf", data, ())
    check_places(raw, data)
    assert raw.places[0].part == "page 1"
    assert raw == read(data)


def test_paragraphs_go_on_over_columns_and_pages():
    story = [part for n in range(12) for part in (f"{n}. {STORY[0]} {STORY[2]}", f"{n}. {STORY[1]}")]
    for columns in (1, 2):
        data = typeset(story * 2, columns)
        raw = read(data)
        assert raw.text.split("\n\n") == story * 2
        check_places(raw, data)


def test_a_paragraph_ends_with_its_page_where_the_next_word_had_room():
    wide = "Norland sent nine lorries of mortar bombs over the pass before the first snow of the year"
    caption = "A lorry waits at the pass in the early snow (Photo by E. Hale, for the News Agency)"
    for opening, parted in (("The drivers were paid in rice.", True), ("Ethelbertsland paid in rice.", False)):
        raw = read(draw(written(wide, caption), written(opening)))
        assert raw.text.split("\n\n")[-1] == (opening if parted else f"{wide} {caption} {opening}")


def test_columns_drawn_straight_across_are_read_one_after_the_other():
    def page(canvas):
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 760, "Weapons at sea and in court: a week of arms traffic in the north of Norland")
        for number, lines in enumerate(zip(LEFT, RIGHT, strict=True)):
            for x, line in zip((72, 300), lines, strict=True):
                canvas.drawString(x, 730 - 14 * number, line)

    data = draw(page)
    raw = read(data)
    head = "Weapons at sea and in court: a week of arms traffic in the north of Norland"
    assert raw.text.split("\n\n") == [head, " ".join(LEFT), " ".join(RIGHT)]
    check_places(raw, data)


def test_a_table_is_read_row_by_row():
    rows = [("Supplier", "Item", "Year"), ("Norland", "howitzers", "2019"), ("Sudland", "mortars", "2016"),
            ("Ostland", "radar sets", "2011"), ("Westland", "rifles", "2008")]  # fmt: skip

    def page(canvas):
        for number, row in enumerate(rows):
            for x, cell in zip((72, 220, 400), row, strict=True):
                canvas.drawString(x, 700 - 30 * number, cell)

    assert read(draw(page)).text.split("\n\n") == [" ".join(row) for row in rows]


def test_headers_footers_and_page_numbers_are_left_out():
    def edges(canvas, document):
        canvas.drawString(72, HEIGHT - 40, f"Arms Traffic Monitor, issue 7, sheet {document.page}")
        canvas.drawCentredString(WIDTH / 2, 40, f"- {document.page} -")
        canvas.drawString(72, 55, "For subscribers only")

    data = typeset([STORY[0], PageBreak(), STORY[1], PageBreak(), STORY[2]], edges=edges)
    raw = read(data)
    assert raw.text.split("\n\n") == STORY[:3]
    assert left_out(raw)[:3] == [
        ("Arms Traffic Monitor, issue 7, sheet 1", "running header or footer", "page 1"),
        ("- 1 -", "page number", "page 1"),
        ("For subscribers only", "running header or footer", "page 1"),
    ]
    assert len(raw.left_out) == 9
    check_places(raw, data)


def test_what_stands_once_at_an_edge_stays():
    pages = [written("The Evening Courier", "", STORY[3]), written("Another opening", "", "It ends so. See page 12.")]
    assert read(draw(*pages)).text.startswith("The Evening Courier\n\nSudland bought")
    assert read(draw(*pages)).left_out == ()


def test_a_page_printed_from_the_web_gives_its_address():
    def page(canvas):
        written(*LEFT)(canvas)
        canvas.setFont("Helvetica", 8)
        canvas.drawString(40, 20, "https://courier.example/2024/trawler")
        canvas.drawString(540, 20, "1/1")

    raw = read(draw(page))
    assert raw.text == " ".join(LEFT)
    assert raw.metadata.url == "https://courier.example/2024/trawler"
    assert raw.left_out[0].reason == "address and page number of a print"


HYPHENS = [
    ("a torn word", ["The ship brought muni-", "tions for the army of the north."], "brought munitions for"),
    ("a word that stands whole elsewhere", ["Grenades came; gre-", "nades, and more grenades."], "came; grenades, and"),
    ("a maker", ["They were given Norland-", "made rifles that had been stored."], "Norland-made rifles"),
    ("a compound", ["They asked for surface-", "to-air missiles in vain."], "surface-to-air missiles"),
    ("a compound torn in two", ["They asked for surface-to-", "air missiles in vain."], "surface-to-air missiles"),
    ("a figure", ["It has bought all twenty-", "four of the aircraft since then."], "twenty-four of"),
    ("a name with a number", ["The crew of a T-", "55 tank was seen at the border."], "T-55 tank"),
    ("a suspended hyphen", ["They sent short- and long-", "range rockets over it."], "short- and long-range rockets"),
    ("a dash", ["They have sent rockets -", "and much else, he said of them."], "rockets - and"),
    ("a double dash", ["They have sent rockets --", "and much else, he said of them."], "rockets -- and"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), [pytest.param(*row[1:], id=row[0]) for row in HYPHENS])
def test_hyphens_at_line_ends(lines, expected):
    data = draw(written(*lines))
    raw = read(data)
    assert expected in raw.text
    check_places(raw, data)


def embedded(name="Vera"):
    font = Path(reportlab.__file__).with_name("fonts") / f"{name}.ttf"
    pdfmetrics.registerFont(TTFont(name, str(font)))
    return name


def test_ligatures_are_written_out_and_soft_hyphens_dropped():
    def page(canvas):
        canvas.setFont(embedded(), 11)
        canvas.drawString(72, 700, "The ﬁghters ﬂed; “no of\u00adﬁcer stayed” – Žižka’s café said.")

    data = draw(page)
    raw = read(data)
    assert raw.text == "The fighters fled; “no officer stayed” – Žižka’s café said."
    check_places(raw, data)


def test_raised_figures_are_marks_of_footnotes_and_notes_come_last():
    def first(canvas):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 700, "The brigade gave up its forty howitzers")
        end = 72 + canvas.stringWidth("The brigade gave up its forty howitzers")
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(end, 704, "12")
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(end + 6, 700, ", which have lain in the open")
        canvas.setFont("Times-Roman", 8)
        canvas.drawString(72, 90, "12 Letter of the ministry to the auditors, 3 May 2021.")

    def second(canvas):
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(72, 700, "for three winters on 4 km")
        end = 72 + canvas.stringWidth("for three winters on 4 km")
        canvas.setFont("Times-Roman", 6)
        canvas.drawString(end, 704, "2")
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(end + 4, 700, "of heath, and rusted.")

    data = draw(first, second)
    raw = read(data)
    assert raw.text.split("\n\n") == [
        "The brigade gave up its forty howitzers, which have lain in the open for three winters on 4 km2 of heath, "
        "and rusted.",
        "12 Letter of the ministry to the auditors, 3 May 2021.",
    ]
    assert left_out(raw) == [("12", "mark of a footnote", "page 1")]
    check_places(raw, data)


def test_sideways_text_is_left_out_but_for_pages_turned_as_a_whole():
    def stamped(canvas):
        written(*LEFT)(canvas)
        canvas.rotate(90)
        canvas.drawString(100, -30, "Deposited with the library")
        canvas.rotate(-45)
        canvas.drawString(300, 100, "COPY")

    def turned(canvas):
        canvas.setPageSize(landscape(A4))
        canvas.rotate(90)
        written(*LEFT, x=80, y=-100)(canvas)

    raw = read(draw(stamped))
    assert raw.text == " ".join(LEFT)
    assert [(one.text, one.reason) for one in raw.left_out] == [
        ("Deposited with the library", "text set sideways or aslant"),
        ("COPY", "text set sideways or aslant"),
    ]
    assert read(draw(turned)).text == " ".join(LEFT)


def test_properties_are_facts_and_never_a_publication_date():
    page = written("Trawler stopped", "", STORY[3])
    raw = read(draw(page, Title="Trawler \u202estopped", Author="A. Writer"), facts=(Fact("source", "x", None),))
    assert raw.metadata == Metadata(title="Trawler stopped")
    assert raw.facts == (
        Fact("source", "x", None), Fact("title", "Trawler stopped", None), Fact("author", "A. Writer", None),
        Fact("created", "2000-01-01", None),
    )  # fmt: skip
    known = Metadata(title="From the feed", published="2024-03", published_from="feed")
    assert read(draw(page, Title="Something else"), known=known).metadata == known
    assert [f.kind for f in read(draw(page, Title="Microsoft Word - draft7.doc")).facts] == ["created"]


def picture(canvas):
    canvas.drawInlineImage(Image.new("L", (60, 80), 200), 50, 50, 400, 600)


def test_pages_without_text_are_told():
    raw = read(draw(written(*LEFT), picture))
    assert left_out(raw) == [
        ("", "page holds no text, only pictures; if they show text, run OCR first (for example ocrmypdf)", "page 2")
    ]
    with pytest.raises(InputError, match=r"^in/report.pdf: holds only pictures of text; run OCR first \(for example"):
        read(draw(picture))


def build(objects):
    """Return a PDF of raw objects, the first being its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    starts = []
    for number, data in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, data)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%btrailer <</Size %d /Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(out) + end % (size, table, size, len(out))


def one_page(unit, mebibytes, again=1):
    """Return a PDF whose page packs much of one thing."""
    packer = zlib.compressobj(9)
    block = unit * (2**20 // len(unit))
    packed = b"".join(packer.compress(block) for _ in range(mebibytes)) + packer.flush()
    for _ in range(again - 1):
        packed = zlib.compress(packed, 9)
    filters = b"/FlateDecode" * again
    return build([
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d/Filter[%b]>>stream\n%b\nendstream" % (len(packed), filters, packed),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ])  # fmt: skip


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
HARM = r"is damaged or made to do harm: reading it crashed, or took more than \d+ MiB or \d+ seconds"
NARROW = PdfLimits(pages=20, characters=5000, memory=256, seconds=1)
HOSTILE = [
    ("a password", draw(written("x"), encrypt=StandardEncryption("secret")), "is encrypted and needs a password"),
    ("a head alone", b"%PDF-1.7\n", "is cut off"),
    ("no PDF", b"%PDF-1.7\nnothing of it\nstartxref\n9\n%%EOF", "is no PDF that can be read"),
    ("too many pages", draw(*[written("x")] * 21), "has 21 pages, and 20 is the most"),
    ("a page count that lies", build([CATALOGUE, b"<</Kids[3 0 R]/Count 999999999>>", b"<</Type/Page>>"]),
     "holds no text; there is"),
    ("pages in a circle", build([CATALOGUE, b"<</Type/Pages/Kids[2 0 R]/Count 3>>"]), "is damaged: none of its pages"),
    ("pages nested deep", build([CATALOGUE, *(b"<</Kids[%d 0 R]/Count 1>>" % n for n in range(3, 9000))]),
     "is damaged: none of its pages"),
    ("lists nested deep", build([b"<</Type/Catalog/X " + b"[" * 300_000 + b">>"]), "holds no text; there is"),
    ("a bomb of spaces", one_page(b" ", 300), HARM),
    ("a bomb in a bomb", one_page(b" ", 300, again=2), HARM),
    ("a bomb of letters", one_page(b"BT /F 9 Tf (a) Tj ET ", 40), HARM),
    ("a bomb of work", one_page(b"q Q ", 100), HARM),
    ("too much text", typeset(STORY * 12), "has more than 5,000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in HOSTILE])
def test_what_cannot_be_read_costs_itself(data, reason):
    with pytest.raises(InputError, match=f"^in/report.pdf: {reason}"):
        read(data, NARROW)


def test_a_file_cut_anywhere_is_told():
    data = typeset(STORY * 3)
    for cut in range(1, 50, 2):
        with pytest.raises(InputError, match="is cut off: its end is missing; get it again, whole"):
            read(data[: len(data) * cut // 50])


def test_flipped_bytes_cost_the_file_at_most():
    data = typeset(STORY)
    chance = random.Random(20)  # noqa: S311
    for _ in range(25):
        broken = bytearray(data)
        for _ in range(8):
            broken[chance.randrange(len(data))] = chance.randrange(256)
        try:
            assert read(bytes(broken)).text.strip()
        except InputError as error:
            assert re.match("in/report.pdf: ", str(error))  # noqa: PT017
