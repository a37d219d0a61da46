"""Letters and mailboxes: whose words they hold, what they bring, and letters made to do harm."""

from __future__ import annotations

import base64
import io
import random
from email.message import EmailMessage

import pytest

from armstrace.document import Capture, Fact, LeftOut, Metadata
from armstrace.errors import InputError
from armstrace.ingest.mail import unpack_mail, unpack_mbox
from armstrace.ingest.raw import Container, Piece, RawText, Unread

STORY = "Norland will hand forty howitzers to Sudland, two officials told the Courier.\n\nThe embassy did not answer."
WEB = "<html><head><style>p {color: red}</style></head><body>" + f"<p>{STORY}</p>" * 4 + "</body></html>"
HEAD = {
    "From": '"The Evening Courier" <newsletter@courier.example>',
    "To": "reader@home.example",
    "Date": "Tue, 11 Mar 2025 23:30:00 -0500",
    "Subject": "Guns for Sudland",
    "Message-ID": "<7@courier.example>",
}


def letter(text=STORY, *parts, headers=None, **changes):
    """Return a letter; each further part is (data, type, file name or None)."""
    message = EmailMessage()
    for name, value in {**HEAD, **(headers or {}), **changes}.items():
        if value is not None:
            message[name.replace("_", "-")] = value
    if text is not None:
        message.set_content(text)
    for data, media_type, name in parts:
        main, sub = media_type.split("/")
        message.add_attachment(data, main, sub, filename=name)
    return message.as_bytes()


def plain(body, *headers, charset="utf-8"):
    """Return a letter as it is written: headers as bytes, body as bytes."""
    lines = [b"From: a@b.example", b"Date: Tue, 11 Mar 2025 09:14:00 +0000", *headers]
    if charset:
        lines.append(b"Content-Type: text/plain; charset=" + charset.encode())
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def unpack(data, reader=unpack_mail, **known):
    return list(reader(Container("box", io.BytesIO(data), Capture("in/box.eml"), **known)))


def only(data, **known):
    (item,) = unpack(data, **known)
    assert isinstance(item, RawText)
    return item


def check_places(raw, parts):
    """Check that each stretch of text stands where its place says, in the decoded parts by their number."""
    shown = []
    for place in raw.places:
        number, media_type = place.part.removeprefix("part ").split()
        assert media_type == "text/plain"
        assert place.source.of(parts[int(number)]) == place.span.of(raw.text)
        shown.append(place.span.of(raw.text))
    assert " ".join(shown).split() == raw.text.split() or "".join(shown).split() == raw.text.split()


def test_a_newsletter_is_one_document_with_its_outlet_and_day():
    data = letter(List_Id="Courier <news.courier.example>", Reply_To="desk@courier.example")
    raw = only(data, known=Metadata(language="en", outlet="said outside"))
    assert raw.text == STORY
    assert raw.metadata == Metadata(
        "The Evening Courier", "2025-03-11", "Guns for Sudland", None, None, "en", "header Date"
    )
    assert (raw.id, raw.format, raw.evidence, raw.identity) == ("box", "mail", data, None)
    assert raw.capture.source == "in/box.eml"
    assert raw.capture.headers == (
        ("From", '"The Evening Courier" <newsletter@courier.example>'), ("Date", HEAD["Date"]),
        ("Subject", HEAD["Subject"]), ("Message-ID", HEAD["Message-ID"]), ("List-Id", "Courier <news.courier.example>"),
        ("Reply-To", "desk@courier.example"),
    )  # fmt: skip
    check_places(raw, {1: STORY + "\n"})
    assert raw == only(data, known=Metadata(language="en", outlet="said outside"))


SENDERS = [
    ("The Evening Courier <newsletter@courier.example>", "The Evening Courier", None),
    ("Courier <ann@courier.example>", "Courier", None),
    ("The Evening Courier <ann@eveningcourier.example>", "The Evening Courier", None),
    ("Ann Writer <ann@home.example>", None, "Ann Writer"),
    ("Ann Writer at The Courier <ann@lists.example>", "The Courier", "Ann Writer"),
    ("ann@home.example", None, "ann@home.example"),
    ("alerts@courier.example (Arms Alerts)", "Arms Alerts", None),
    ("noreply@courier.example", "courier.example", None),
    ("=?utf-8?q?Ann_=3Cpresident=40norland=2Eexample=3E?= <x@y.example>", None, "x@y.example"),
    ("=?utf-8?b?Q291cmllciDigK5keA==?= <news@c.example>", "Courier dx", None),
    ("Courier\x00 \x1b[31m <news@c.example>", "Courier [31m", None),
]


@pytest.mark.parametrize(("sender", "outlet", "byline"), SENDERS)
def test_who_writes_is_an_outlet_or_a_person(sender, outlet, byline):
    data = plain(STORY.encode(), b"X: y").replace(b"From: a@b.example", b"From: " + sender.encode())
    metadata = only(data).metadata
    assert (metadata.outlet, metadata.byline) == (outlet, byline)


SUBJECTS = [
    (b"Guns =?utf-8?q?f=C3=BCr_S=C3=BCdland?=", "Guns für Südland"),
    (b"=?utf-8?b?R8O8?=\r\n =?utf-8?b?bnM=?=", "Güns"),
    (b"=?utf-8?b?w?= =?utf-8?q?x?=", "wx"),
    (b"=?utf-8?q?G=C3?= =?utf-8?q?=BCns?=", "Güns"),
    (b"=?no-such?q?Guns?= now", "Guns now"),
    (b"=?unicode-escape?q?=5Cu202eGuns?=", "\\u202eGuns"),
    (b"=?utf-8?q?a=0D=0ABcc:_x?=", "a Bcc: x"),
    (b"Gewehre f\xc3\xbcr alle", "Gewehre für alle"),
    (b"Gewehre f\xfcr alle", "Gewehre für alle"),
    (b"Re: Fwd: RE[2]: Guns", "Guns"),
    (b"Guns \xe2\x80\xae\xd8\xa7", "Guns \u0627"),
    (b"", None),
    (b"=?utf-8?q?" + b"=41" * 2000 + b"?=", "A" * 999 + "…"),
    (b"x" * 50_000, "x" * 999 + "…"),
]


@pytest.mark.parametrize(("subject", "title"), SUBJECTS, ids=range(len(SUBJECTS)))
def test_the_subject_is_the_title_in_one_line(subject, title):
    assert only(plain(STORY.encode(), b"Subject: " + subject)).metadata.title == title


DATES = [
    (b"Tue, 11 Mar 2025 23:30:00 -0500", "2025-03-11"),
    (b"11 Mar 25 23:30", "2025-03-11"),
    (b"Tue, 31 Feb 2025 23:30:00 -0500", None),
    (b"yesterday", None),
    (b"Thu, 01 Jan 1900 00:00:00 +0000", None),
    (b"9" * 10_000, None),
    (b"Tue, 11 Mar 99999999999999999999 9:9:9", None),
]


@pytest.mark.parametrize(("written", "day"), DATES, ids=range(len(DATES)))
def test_the_day_is_that_of_the_writers_clock(written, day):
    metadata = only(plain(STORY.encode()).replace(b"Tue, 11 Mar 2025 09:14:00 +0000", written)).metadata
    assert (metadata.published, metadata.published_from) == (day, day and "header Date")


ENCODED = [
    ("UTF-8", "“Größe”".encode(), "utf-8", "“Größe”"),
    ("a charset that is wrong", "“Größe” der Gewehre".encode("cp1252"), "utf-8", "“Größe” der Gewehre"),
    ("ASCII that is none", "“Größe”".encode(), "us-ascii", "“Größe”"),
    ("Latin-1 that is Windows-1252", "“Größe”".encode("cp1252"), "iso-8859-1", "“Größe”"),
    ("no charset", "“Größe”".encode(), None, "“Größe”"),
    ("a charset that there is not", "“Größe”".encode(), "klingon", "“Größe”"),
    ("a charset that is no text", b"Guns \\u202e came", "unicode_escape", "Guns \\u202e came"),
    ("a charset that stands for bytes", b"Guns came", "quopri", "Guns came"),
    ("Cyrillic", "Гаубицы для Южной страны".encode("koi8-r"), "koi8-r", "Гаубицы для Южной страны"),
    ("some NULs", b"Guns came to town by night and by day\x00, and more of them", "utf-8",
     "Guns came to town by night and by day\x00, and more of them"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "charset", "text"), [pytest.param(*row[1:], id=row[0]) for row in ENCODED])
def test_bodies_in_any_encoding(body, charset, text):
    raw = only(plain(body, charset=charset))
    assert raw.text == text
    check_places(raw, {1: text})


def test_transfer_encodings_are_undone_and_damage_is_told():
    words = "Norland – forty howitzers"
    packed = base64.b64encode(words.encode())
    head = b"Content-Transfer-Encoding: base64"
    assert only(plain(packed, head)).text == words
    assert (
        only(plain(b"Norland =E2=80=93 for=\r\nty howitzers", b"Content-Transfer-Encoding: quoted-printable")).text
        == words
    )
    raw = only(plain(packed[:8] + b"!!" + packed[8:], head))
    assert raw.text == words
    assert raw.left_out == (
        LeftOut("", "its base64 is damaged, and characters may be lost; get the letter again", "part 1 text/plain"),
    )
    assert only(plain(packed[:-3], head)).text == words[:-3]
    with pytest.raises(InputError, match=r"^in/box.eml: holds no text and no document"):
        unpack(plain(b"A", head))


FLOWED = "Forty howitzers will go \r\nto Sudland, he said.\r\n\r\n Not stuffed.\r\n-- \r\nAnn"
WRAPPED = [
    ("flowed", FLOWED, "flowed", "Forty howitzers will go to Sudland, he said.\n\nNot stuffed."),
    ("flowed without spaces", "Forty howit \r\nzers.", "flowed; delsp=yes", "Forty howitzers."),
    ("fixed", "Forty howitzers will go \r\nto Sudland.", "fixed", "Forty howitzers will go\nto Sudland."),
]


@pytest.mark.parametrize(("body", "form", "text"), [pytest.param(*row[1:], id=row[0]) for row in WRAPPED])
def test_wrapped_lines(body, form, text):
    raw = only(plain(body.encode(), charset=f"utf-8; format={form}"))
    assert raw.text == text
    check_places(raw, {1: body})


ANSWER = "I doubt it: the guns went in 2019, and to Ostland."
QUOTED = "> Norland will hand forty howitzers\n> to Sudland.\n>> Is that so?\n"
WROTE = "On Tue, 11 Mar 2025 at 09:14, Ann Writer <ann@home.example> wrote:\n"
OUTLOOK = (
    "From: Ann Writer <ann@home.example>\nSent: Tuesday, March 11, 2025 9:14 AM\nTo: Bo\nSubject: Guns\n\n" + STORY
)
REPLIES = [
    ("below", f"{ANSWER}\n\n{WROTE}\n{QUOTED}", ANSWER),
    ("above", f"{WROTE}{QUOTED}\n{ANSWER}", ANSWER),
    (
        "between",
        f"{WROTE}> Norland will hand forty howitzers\n\nTo whom?\n\n> to Sudland.\n\n{ANSWER}",
        f"To whom?\n\n{ANSWER}",
    ),
    ("over two lines", f"{ANSWER}\n\n" + WROTE.replace("Writer <", "Writer\n<") + QUOTED, ANSWER),
    ("right below", f"{ANSWER}\n{WROTE}{QUOTED}", ANSWER),
    ("German", f"{ANSWER}\n\nAm 11.03.2025 um 09:14 schrieb Ann Writer:\n{QUOTED}", ANSWER),
    ("without marks", f"{ANSWER}\n\n{WROTE}\n{STORY}", ANSWER),
    ("Outlook", f"{ANSWER}\n\n-----Original Message-----\n{OUTLOOK}", ANSWER),
    ("Outlook with a rule", f"{ANSWER}\n\n________________________________\n{OUTLOOK}", ANSWER),
    ("Outlook without a rule", f"{ANSWER}\n\n{OUTLOOK}", ANSWER),
]


@pytest.mark.parametrize(("body", "text"), [pytest.param(*row[1:], id=row[0]) for row in REPLIES])
@pytest.mark.parametrize(
    "headers", [{"Subject": "Re: Guns"}, {"In_Reply_To": "<6@x.example>"}], ids=["subject", "header"]
)
def test_what_a_reply_quotes_is_left_out(body, text, headers):
    raw = only(letter(body, **headers))
    assert raw.text == text
    assert {one.reason for one in raw.left_out} <= {"quoted letter"}
    assert "howitzers" in " ".join(one.text for one in raw.left_out)
    check_places(raw, {1: body + "\n"})


KEPT = [
    ("marks for show", "> Norland sells guns\n> Sudland buys them", "Norland sells guns\nSudland buys them"),
    ("a sentence like it", "On Tuesday the minister wrote:\n\nNo guns were sold.",
     "On Tuesday the minister wrote:\n\nNo guns were sold."),
    ("a quotation with a day", f"On 11 March 2025 the minister wrote:\n\n{STORY}",
     f"On 11 March 2025 the minister wrote:\n\n{STORY}"),
    ("a dash", "Guns\n--\n" + "He said so, and more.\n" * 20, "Guns\n--\n" + "He said so, and more.\n" * 20),
    ("talk of privacy", "Guns came.\n\nThe firm has a privacy policy.", "Guns came.\n\nThe firm has a privacy policy."),
]  # fmt: skip


@pytest.mark.parametrize(("body", "text"), [pytest.param(*row[1:], id=row[0]) for row in KEPT])
def test_what_looks_like_a_quoted_letter_stays(body, text):
    raw = only(letter(body))
    assert (raw.text, raw.left_out) == (text.strip(), ())


GMAIL = (
    "---------- Forwarded message ---------\nFrom: The Evening Courier <news@courier.example>\n"
    "Date: Mon, Mar 10, 2025 at 9:14 PM\nSubject: Guns for Sudland\nTo: <ann@home.example>\n\n\n" + STORY
)
APPLE = "Begin forwarded message:\n\n" + "\n".join(
    f"> {line}".rstrip() for line in
    ["From: The Evening Courier <news@courier.example>", "Subject: Guns for Sudland",
     "Date: 10 March 2025 at 21:14:00 CET",
     "To: ann@home.example", "", *STORY.split("\n")]
)  # fmt: skip
OUTLOOK_FORWARD = (
    "________________________________\nFrom: The Evening Courier <news@courier.example>\n"
    "Sent: Monday, March 10, 2025 9:14 PM\nTo: Ann\nSubject: Guns for Sudland\n\n" + STORY
)
FORWARDS = [
    ("Gmail", f"FYI, see below\n\n{GMAIL}", "Fwd: Guns for Sudland"),
    ("Gmail without a word in the subject", f"FYI, see below\n\n{GMAIL}", "Look at this"),
    ("Apple", f"FYI, see below\n\n{APPLE}", "Fwd: Guns for Sudland"),
    ("Outlook", f"FYI, see below\n\n{OUTLOOK_FORWARD}", "FW: Guns for Sudland"),
    ("Outlook without a rule", f"FYI, see below\n\n{OUTLOOK_FORWARD.partition(chr(10))[2]}", "WG: Guns for Sudland"),
    ("twice",
     "FYI, see below\n\n---------- Forwarded message ---------\nFrom: Bo <bo@x.example>\nDate: 11 Mar 2025\n\nSo?\n\n"
     + GMAIL,
     "Fwd: Fwd: Guns"),
    ("with a header of bold words", f"FYI, see below\n\n{GMAIL}".replace("From:", "*From:*").replace("Date:",
     "*Date:*"), "Fwd: x"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "subject"), [pytest.param(*row[1:], id=row[0]) for row in FORWARDS])
def test_a_forwarded_letter_is_read_as_what_it_is(body, subject):
    raw = only(letter(body, From="Ann Reader <ann@home.example>", Subject=subject))
    assert raw.text == STORY
    assert raw.metadata == Metadata(
        "The Evening Courier", "2025-03-10", "Guns for Sudland", published_from="date of the forwarded letter"
    )
    assert raw.facts == (Fact("forwarder", "Ann Reader ann@home.example", None),)
    assert LeftOut("FYI, see below", "note of who forwarded the letter", "part 1 text/plain") in raw.left_out
    check_places(raw, {1: body + "\n"})


def test_a_forwarded_letter_without_a_day_has_none():
    raw = only(letter(f"----- Forwarded message -----\nFrom: Ann\nSubject: Guns\n\n{STORY}"))
    assert raw.metadata == Metadata(title="Guns", byline="Ann")
    both = f"----- Forwarded message -----\nFrom: Ann\nDate: 03/04/2025\n\n{STORY}"
    assert only(letter(both)).metadata.published is None


NOTICE = (
    "You are receiving this because you signed up at courier.example.\nUnsubscribe: https://courier.example/u?1\n© 2025"
)
TRAILERS = [
    ("a signature", f"{STORY}\n\n-- \nAnn Writer\n+1 555 0100", "-- Ann Writer +1 555 0100", "signature"),
    ("a telephone's", f"{STORY}\n\nSent from my iPhone", "Sent from my iPhone", "signature"),
    ("a newsletter's foot", f"{STORY}\n\n{NOTICE}", NOTICE.replace("\n", " "), "notice of the mailing list"),
    ("a foot with an address", f"{STORY}\n\nThe Courier\nUnsubscribe\n12 High Street\nNorland\n© 2025 Courier",
     "Unsubscribe 12 High Street Norland © 2025 Courier", "notice of the mailing list"),
    ("a head", f"View this email in your browser (https://c.example/1)\n\n{STORY}",
     "View this email in your browser (https://c.example/1)", "notice of the mailing list"),
    ("a list's foot",
     f"{STORY}\n_______________________________________________\nArms mailing list\narms@lists.example\n"
     "https://lists.example/mailman/listinfo/arms", "Arms mailing list arms@lists.example https://lists.example/mailman/listinfo/arms",
     "notice of the mailing list"),
    ("a link", f"[https://courier.example/guns]\n{STORY}", "[https://courier.example/guns]", "link or rule"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "words", "reason"), [pytest.param(*row[1:], id=row[0]) for row in TRAILERS])
def test_trailers_are_left_out_with_their_reason(body, words, reason):
    raw = only(letter(body))
    assert raw.text.removesuffix("\n\nThe Courier") == STORY
    assert LeftOut(words, reason, "part 1 text/plain") in raw.left_out


def with_page(text, page=WEB, **headers):
    message = EmailMessage()
    for name, value in {**HEAD, **headers}.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    message.add_alternative(page, subtype="html")
    return message.as_bytes()


STUBS = [
    "",
    "Please view this in a browser: https://courier.example/very/long/address",
    "Your reader shows no HTML.",
    WEB,
]


@pytest.mark.parametrize("stub", STUBS, ids=["empty", "a link", "an excuse", "markup"])
def test_a_web_page_goes_out_where_the_plain_text_is_a_stub(stub):
    (page,) = unpack(with_page(stub), known=Metadata(language="en"))
    assert isinstance(page, Piece)
    assert (page.name, page.media_type, page.charset, page.depth) == ("box", "text/html", "utf-8", 1)
    assert page.data.decode().strip() == WEB
    assert page.known == Metadata(
        "The Evening Courier", "2025-03-11", "Guns for Sudland", None, None, "en", "header Date"
    )
    assert page.capture.source == "in/box.eml!/part 2 text/html"
    assert ("Message-ID", "<7@courier.example>") in page.capture.headers


def test_plain_text_counts_before_a_web_page_of_the_same_words():
    raw = only(with_page(f"{STORY}\n\n" * 4))
    assert raw.text.startswith(STORY)
    assert LeftOut("", "web page of the same words", "part 2 text/html") in raw.left_out


@pytest.mark.parametrize("charset", ["quopri", "idna", "undefined", "klingon", "zlib", "\x00"])
def test_a_web_page_in_no_charset_goes_out_without_one(charset):
    data = with_page("").replace(b'text/html; charset="utf-8"', b"text/html; charset=" + charset.encode())
    (page,) = unpack(data)
    assert page.charset is None
    assert page.data.decode().strip() == WEB


def test_a_web_page_that_forwards_or_answers():
    forwarded = (
        f"<div>FYI</div><div class='gmail_quote'>{GMAIL.replace('<', '&lt;').replace(chr(10), '<br>')}</div>" + WEB
    )
    (page,) = unpack(with_page("", forwarded, From="Ann <ann@home.example>"))
    assert page.known.outlet == "The Evening Courier"
    assert (page.known.published, page.known.published_from) == ("2025-03-10", "date of the forwarded letter")
    answer = f"<p>{ANSWER * 5}</p>"
    (page,) = unpack(with_page("", f'{answer}<blockquote type="cite">{WEB}</blockquote>', Subject="Re: Guns"))
    assert page.data.decode() == answer
    assert Fact("left out", "quoted letter", None) in page.facts


def test_attachments_go_out_as_pieces():
    message = EmailMessage()
    for name, value in HEAD.items():
        message[name] = value
    message.set_content(STORY)
    message.add_attachment(b"%PDF-1.7", "application", "pdf", filename="../../etc/re\u202eport.pdf")
    message.add_attachment(b"PK\x03\x04x", "application", "octet-stream", filename="Größe.docx")
    message.add_attachment(b"%PDF-1.4 ", "application", "octet-stream")
    message.add_attachment("Notes – of mine", "plain", filename="notes.txt")
    message.add_attachment(b"\xd0\xcf", "application", "vnd.ms-excel", filename="sums.xls")
    message.add_attachment(b"\x89PNG", "image", "png", filename="logo.png")
    message.add_attachment(b"..", "application", "pkcs7-mime", filename="smime.p7m")
    raw, *rest = unpack(message.as_bytes())
    assert raw.text == STORY
    pieces = [item for item in rest if isinstance(item, Piece)]
    assert [(item.name, item.capture.source) for item in pieces] == [
        ("box/report", "in/box.eml!/report.pdf"), ("box/Größe", "in/box.eml!/Größe.docx"),
        ("box/part 4", "in/box.eml!/part 4"), ("box/notes", "in/box.eml!/notes.txt"),
    ]  # fmt: skip
    assert pieces[0].data == b"%PDF-1.7"
    assert all(item.depth == 1 for item in pieces)
    assert [(item.where, item.reason, item.evidence) for item in rest if isinstance(item, Unread)] == [
        ("in/box.eml!/sums.xls",
         "in/box.eml!/sums.xls: attachment of type application/vnd.ms-excel is no document that is read; "
         "save it as PDF, DOCX or text", b"\xd0\xcf"),
        ("in/box.eml!/smime.p7m", "in/box.eml!/smime.p7m: is encrypted; decrypt the letter and read that", b".."),
    ]  # fmt: skip
    assert LeftOut("logo.png", "no document", "part 7 image/png") in raw.left_out


INNER = [
    ("as it is", letter("Größe.").replace(b"=C3=B6=C3=9F", "öß".encode()), ""),
    ("with lines of two characters", letter("Inside.").replace(b"\n", b"\r\n"), ""),
    ("with a charset that there is not", letter("Größe.").replace(b'"utf-8"', b"klingon"), ""),
    ("broken", b"Subject: Gr\xc3\xb6\xfe\nContent-Type: multipart/mixed; boundary=\x00\n\n\xff\n", ""),
    ("in base64", base64.encodebytes(letter("Inside.")), "base64"),
]


@pytest.mark.parametrize(("written", "encoding"), [pytest.param(*row[1:], id=row[0]) for row in INNER])
def test_letters_in_letters_keep_their_bytes(written, encoding):
    head = b"Content-Type: message/rfc822\nContent-Transfer-Encoding: " + encoding.encode()
    data = b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n" + head + b"\n\n" + written + b"\n--x--\n"
    (piece,) = unpack(data)
    assert (piece.name, piece.media_type, piece.depth) == ("box/part 1", "message/rfc822", 1)
    assert piece.data == (base64.decodebytes(written) if encoding else written)


NAMES = [
    (b'attachment; filename="a.txt"', "a.txt"),
    (b"attachment; filename*=utf-8''Gr%C3%B6%C3%9Fe.txt", "Größe.txt"),
    (b"attachment; filename*=utf-8''Gr%C3\xf6.txt", "GrÃö.txt"),
    (b"attachment; filename*0=very; filename*1=long.txt", "verylong.txt"),
    (b'attachment; filename="=?utf-8?q?Gr=C3=B6=C3=9Fe.txt?="', "Größe.txt"),
    (b"attachment; filename=C:\\temp\\a.txt", "a.txt"),
    (b"attachment; filename=../../a.txt", "a.txt"),
    (b"attachment; filename=" + b"a" * 9000, "a" * 100),
    (b"attachment; filename=..", "part 1"),
    (b"attachment", "part 1"),
]


@pytest.mark.parametrize(("disposition", "name"), NAMES, ids=range(len(NAMES)))
def test_names_of_attachments_lead_nowhere(disposition, name):
    (piece,) = unpack(plain(b"Guns.", b"Content-Disposition: " + disposition))
    assert piece.capture.source == f"in/box.eml!/{name}"


def nested(depth, media="multipart/mixed"):
    return b"From: a@b\n" + b"".join(
        b"Content-Type: %b; boundary=b%d\n\n--b%d\n" % (media.encode(), n, n) for n in range(depth)
    ) + b"\n\nGuns.\n"  # fmt: skip


TOLD = [
    ("nothing in it", b"From: a@b\nSubject: x\n\n \n", "holds no text and no document"),
    ("many lines", b"From: a@b\n\n" + b"\n" * 1_000_001, "has more than 1,000,000 lines"),
    ("many boundaries", b"From: a@b\n\n" + b"\n--x" * 20_001, "has more parts inside parts"),
    ("many parts", b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n" + b"\n--x\n\ng" * 1001,
     "has more than 1,000 parts"),
    ("boundaries and lines", nested(200) + b"Guns.\n" * 200_000, "has more parts inside parts"),
    ("parts inside parts", nested(2000), "is no letter that can be taken apart"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "reason"), [pytest.param(*row[1:], id=row[0]) for row in TOLD])
def test_what_is_no_bearable_letter_is_told(data, reason):
    with pytest.raises(InputError, match=f"^in/box.eml: {reason}"):
        unpack(data)


ODD = [
    ("no boundary", b"From: a@b\nContent-Type: multipart/mixed\n\nGuns came.\n", "Guns came."),
    ("a boundary that never comes", b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\nGuns came.\n",
     "Guns came."),
    ("no end", b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nGuns came.\n", "Guns came."),
    ("a type that is none", b"From: a@b\nContent-Type: ;;;\n\nGuns came.\n", "Guns came."),
    ("a header of all letters", b"From: a@b\n" + b"X: y\n" * 50_000 + b"\nGuns came.\n", "Guns came."),
    ("a long header", b"From: a@b\nX: " + b"=?utf-8?q?=41?= " * 100_000 + b"\n\nGuns came.\n", "Guns came."),
    ("brackets", b"From: " + b"(<" * 50_000 + b"\nDate: " + b"(" * 50_000 + b"\n\nGuns came.\n", "Guns came."),
    ("no header at all", b"\nGuns came.\n", "Guns came."),
    ("a long line", b"From: a@b\n\nGuns came." + b" " * 2_000_000 + b"\n", "Guns came."),
    ("marks without end", b"From: a@b\nSubject: Re: x\n\nGuns came.\n" + b"> " * 500_000 + b"\n", "Guns came."),
    ("brackets without end", b"From: a@b\n\nGuns came.\nhttps://" + b"]" * 500_000 + b" x\n", None),
    ("attributions upon attributions",
     b"From: a@b\nSubject: Re: x\n\nGuns came.\n" + b"On 1:11 2025 a <b@c> wrote:\n" * 200_000, "Guns came."),
    ("attributions without end",
     b"From: a@b\nSubject: Re: x\n\nGuns came.\n" + b"On 1:11 2025 wrote " * 50_000 + b":\n", None),
]  # fmt: skip


@pytest.mark.parametrize(("data", "text"), [pytest.param(*row[1:], id=row[0]) for row in ODD])
def test_odd_letters_are_read(data, text):
    raw = only(data)
    assert raw.text == text or (text is None and raw.text.startswith("Guns came."))


def test_a_letter_that_ends_early_says_so():
    raw = only(b"From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\nGuns came.\n")
    assert raw.left_out == (LeftOut("", "the letter ends before its last part does; words may be missing"),)


def test_a_part_that_is_no_text_costs_itself():
    (unread,) = unpack(plain(bytes(range(32)) * 20))
    assert isinstance(unread, Unread)
    assert (unread.where, unread.evidence) == ("in/box.eml!/part 1 text/plain", bytes(range(32)) * 20)
    assert "looks like a binary file" in unread.reason


@pytest.mark.parametrize(("text", "reason"), [("Guns.\n" * 300_001, "lines of text"), ("x" * 10_000_001, "characters")])
def test_texts_beyond_the_bounds_cost_themselves(text, reason):
    (unread,) = unpack(plain(text.encode()))
    assert isinstance(unread, Unread)
    assert reason in unread.reason


def test_broken_letters_cost_themselves_at_most():
    data = letter(STORY, (b"%PDF-1.7", "application/pdf", "a.pdf"), (WEB.encode(), "text/html", "b.html"))
    chance = random.Random(20)  # noqa: S311
    broken = [data[: len(data) * cut // 50] for cut in range(50)]
    for _ in range(150):
        flipped = bytearray(data)
        for _ in range(8):
            flipped[chance.randrange(len(data))] = chance.randrange(256)
        broken.append(bytes(flipped))
    for one in broken:
        try:
            items = unpack(one)
        except InputError as error:
            assert str(error).startswith("in/box.eml: ")  # noqa: PT017
            continue
        assert items
        assert all(isinstance(item, Piece | RawText | Unread) for item in items)


POSTMARK = b"From ann@home.example Tue Mar 11 09:14:00 2025\n"


def test_a_mailbox_gives_its_letters_one_by_one():
    first, second = letter("One.\n\nFrom here on it is said.\n\n"), letter("Two.\n")
    escaped = first.replace(b"\nFrom here", b"\n>From here")
    pieces = unpack(POSTMARK + escaped + b"\n" + POSTMARK + b"\xff\x00no letter\n\n" + POSTMARK + second, unpack_mbox)
    assert [(p.name, p.capture.source, p.media_type, p.depth) for p in pieces] == [
        (f"box/{n}", f"in/box.eml!/letter {n}", "message/rfc822", 1) for n in (1, 2, 3)
    ]
    assert pieces[0].data == first + b"\n"
    assert pieces[2].data == second
    assert only(pieces[0].data).text == "One.\n\nFrom here on it is said."
    assert only(pieces[2].data).text == "Two."


def test_a_letter_that_is_too_long_costs_itself(monkeypatch):
    monkeypatch.setattr("armstrace.ingest.mail.MOST_BYTES", 2**20)
    unread, piece = unpack(POSTMARK + b"x" * 2**21 + b"\n\n" + POSTMARK + letter("Two.\n"), unpack_mbox)
    assert unread == Unread(
        "in/box.eml!/letter 1", "in/box.eml!/letter 1: is larger than 1 MiB, the most of one document; not read"
    )
    assert only(piece.data).text == "Two."


def test_what_is_no_mailbox_is_told():
    with pytest.raises(InputError, match=r'^in/box.eml: is no mailbox \(it does not begin with "From "\)'):
        unpack(letter(), unpack_mbox)
