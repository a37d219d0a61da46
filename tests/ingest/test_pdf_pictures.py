"""Pictures of PDF pages: how large, where words stand, and files made to do harm."""

import io
import zlib

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from armstrace.document import Capture, Span
from armstrace.errors import InputError
from armstrace.ingest.pdf import read_pdf
from armstrace.ingest.pdf_drawing import LONGEST_SIDE
from armstrace.ingest.pdf_pictures import DrawingLimits, draw_pdf_page
from armstrace.ingest.raw import Piece

WORDS = "Norland ships forty howitzers."


def make_pdf(*, size=A4, turn=0, pages=1):
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size, invariant=True)
    for _ in range(pages):
        canvas.setPageRotation(turn)
        canvas.setFillColorRGB(0.8, 0, 0)
        canvas.rect(size[0] / 2, 0, size[0] / 2, size[1] / 2, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica", 12)
        canvas.drawString(72, size[1] - 72, WORDS)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture_of(made):
    return Image.open(io.BytesIO(made.png)).convert("RGB")


def test_a_page_is_drawn_in_its_colours():
    made = draw_pdf_page(make_pdf(pages=3), 3)
    picture = picture_of(made)
    assert (made.pages, picture.size) == (3, (1240, 1754))
    assert picture.getpixel((10, 10)) == (255, 255, 255)
    assert picture.getpixel((1200, 1700)) == (204, 0, 0)


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_boxes_stand_around_the_words_whichever_way_a_page_is_turned(turn):
    data = make_pdf(turn=turn)
    raw = read_pdf(Piece("page", data, Capture("page.pdf")))
    start = raw.text.index("forty")
    made = draw_pdf_page(data, 1, [Span(start, start + 5), Span(0, 7)])
    assert {box.span for box in made.boxes} == {0, 1}
    picture = picture_of(made)
    for box in made.boxes:
        inside = picture.crop((box.left - 2, box.top - 2, box.right + 2, box.bottom + 2))
        assert inside.getextrema()[0][0] < 100, "there is ink in it"
        assert (box.right - box.left) * (box.bottom - box.top) < 5000, "and it is no larger than its words"


@pytest.mark.parametrize("size", [(14400, 14400), (14400, 10), (1, 14400), (10, 10)])
def test_a_page_of_any_size_makes_a_picture_that_a_browser_can_show(size):
    made = draw_pdf_page(make_pdf(size=size), 1)
    assert max(made.width, made.height) <= LONGEST_SIDE
    assert picture_of(made).size == (made.width, made.height)


def test_the_same_page_is_the_same_bytes():
    assert draw_pdf_page(make_pdf(), 1) == draw_pdf_page(make_pdf(), 1)


def endless() -> bytes:
    """Return a PDF whose page draws a form that draws a form ..., ten times each, ten deep."""
    forms = 11
    head = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources %s >>" % _using(5)
    objects = [*head, page, _stream(b"", b"/F Do")]
    for number in range(forms):
        named = b"/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Resources %s" % _using(6 + number)
        objects.append(_stream(named, b"/F Do " * 10))
    objects.append(_stream(b"/Type /XObject /Subtype /Form /BBox [0 0 99 99]", b"0 0 9 9 re f " * 10))
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + tail


def _using(form: int) -> bytes:
    return b"<< /XObject << /F %d 0 R >> >>" % form


def _stream(named: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    return b"<< %s /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (named, len(packed), packed)


HARM = [
    ("no PDF", b"%PDF-1.4 nothing", DrawingLimits(), "cannot be opened"),
    ("empty", b"", DrawingLimits(), "cannot be opened"),
    ("no such page", make_pdf(), DrawingLimits(), "has 1 pages"),
    ("without end", endless(), DrawingLimits(seconds=1), "more than 768 MiB or 1 seconds"),
]


@pytest.mark.parametrize(("data", "limits", "told"), [row[1:] for row in HARM], ids=[row[0] for row in HARM])
def test_a_file_made_to_do_harm_costs_its_picture(data, limits, told):
    with pytest.raises(InputError, match=told):
        draw_pdf_page(data, 2 if told == "has 1 pages" else 1, (), limits)


def test_a_page_that_needs_too_much_memory_costs_its_picture():
    with pytest.raises(InputError, match="more than 20 MiB"):
        draw_pdf_page(make_pdf(size=(14400, 14400)), 1, (), DrawingLimits(memory=20))
