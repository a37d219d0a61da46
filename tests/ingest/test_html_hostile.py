"""Pages made to break a reader: each is read or refused with a clear message, in bounded time."""

import time

import pytest

from armstrace.document import Capture
from armstrace.errors import InputError
from armstrace.ingest.html import read_html
from armstrace.ingest.raw import Piece

LINE = "The ministry said forty howitzers had been shipped to the brigade in the north."
STORY = f"<p>{LINE}</p>" * 3
SECONDS = 20  # of processor time, on the slowest machine that runs the tests; each takes a few at most


def many(words, count):
    return words * count


READ = {
    "divisions 100,000 deep": f"<html><body>{many('<div>', 100_000)}{STORY}{many('</div>', 100_000)}<p>The end.</p>",
    "bold 100,000 deep": f"<html><body><p>{many('<b>', 100_000)}{LINE}{many('</b>', 100_000)}<p>The end.</p>",
    "lists 5,000 deep, never closed": f"<html><body>{STORY}{many('<ul><li>', 5_000)}The end.",
    "tables in tables": f"<html><body>{STORY}{many('<table><tr><td>', 3_000)}The end.",
    "paragraphs never closed": f"<html><body>{many('<p><b>' + LINE, 3_000)}<p>The end.",
    "zeros everywhere": f"<html>\0<body>{STORY.replace(' ', chr(0) + ' ')}<p>The end.</p>",
    "half characters by reference": f"<html><body>{STORY}<p>&#xD800;&#xDFFF; &#0; &#x110000; The end.</p>",
    "direction overrides": f"<html><body>{STORY}<p>\u202eThe end.</p>",
    "attributes without end": f"<html><body><p {many('a=1 ', 1_000_000)}>{LINE}</p>{STORY}<p>The end.</p>",
    "quotes that never close": f'<html><body>{STORY}<p>The end.</p>{many("<a b=", 200_000)}"',
    "tags that never end": f"<html><body>{STORY}<p>The end.</p>{many('<a ', 500_000)}",
    "comments that never end": f"<html><body>{STORY}<p>The end.</p>{many('<!-- ', 1_000_000)}",
    "titles that never end": f"<html><head>{many('<title>', 100_000)}</head><body>{STORY}<p>The end.</p>",
    "references without end": f"<html><body>{STORY}<p>{many('&amp;', 300_000)} The end.</p>",
    "a script of 30 MB": f"<html><body><script>{many('x=1;', 7_500_000)}</script>{STORY}<p>The end.</p>",
    "one word of 5 MB": f"<html><body>{STORY}<p>{many('x', 5_000_000)}</p><p>The end.</p>",
    "50,000 links": f"<html><body>{STORY}{many('<div><a href=x>a</a>', 50_000)}<p>The end.</p>",
    "an entity bomb": "<?xml version='1.0'?><!DOCTYPE html [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>"
    f"<!ENTITY c SYSTEM 'file:///etc/passwd'>]><html><body>{STORY}<p>&b;&c; The end.</p></body></html>",
    "no end tags at all": f"<html><body><article><h1>Howitzers<p>{LINE}<p>The end.",
    "end tags only": f"</p></div></body></html>{LINE}</b></b><p>The end.",
    "words outside the body": f"{LINE}<html></html>The end.",
    "frames": f"<html><frameset><frame src=a.html><noframes><p>{LINE}</p><p>The end.</p></noframes></frameset></html>",
    "words for readers without scripts": f"<html><body><noscript><p>{LINE}</p><p>The end.</p></noscript></body></html>",
    "everything in a form": f"<html><body><form><div>{STORY}<p>The end.</p></div></form></body></html>",
    "everything in a text area": f"<html><body><textarea>{LINE} The end.</textarea></body></html>",
    "all in capitals": f"<HTML><BODY><ARTICLE><P>{LINE}</P><P>The end.</P></ARTICLE></BODY></HTML>",
}


@pytest.mark.parametrize("row", READ)
def test_hostile_pages_are_read(row):
    begun = time.process_time()
    raw = read_html(Piece(row, READ[row].encode("utf-8", "surrogatepass"), Capture("here")))
    assert time.process_time() - begun < SECONDS
    words = " ".join(raw.text.replace("\x00", "").split())
    assert LINE in words or any(LINE[:40] in one.text for one in raw.left_out)
    assert "The end." in words or any("The end." in one.text for one in raw.left_out)
    raw.text.encode("utf-8")
    assert "root:" not in raw.text


REFUSED = {
    "nothing": (b"", "without words"),
    "an empty body": (b"<html><body></body></html>", "without words"),
    "scripts only": (b"<html><body><script>let a = 'guns'</script><style>p{}</style></body></html>", "without words"),
    "frames only": (b"<html><frameset><frame src=a.html></frameset></html>", "without words"),
    "pictures only": (b"<html><body><img src=a.png alt=guns></body></html>", "without words"),
    "a comment only": (b"<!-- guns -->", "without words"),
    "signs only": (b"<p>* * * &nbsp; &#8212;</p>", "without words"),
    "more than a text may hold": (b"<p>" + b"x" * 10_000_001, "more than 10,000,000 characters"),
    "a million tags": (b"<i>" * 1_000_001, "more than 1,000,000 tags"),
    "65 MiB": (b" " * (65 * 1024 * 1024), "more than 64 MiB"),
}


@pytest.mark.parametrize("row", REFUSED)
def test_pages_without_a_text_are_refused_by_name(row):
    data, message = REFUSED[row]
    begun = time.process_time()
    with pytest.raises(InputError, match=f"^a.html: .*{message}"):
        read_html(Piece("a.html", data, Capture("here")))
    assert time.process_time() - begun < SECONDS
