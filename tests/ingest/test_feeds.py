"""Feeds of every kind: their entries as documents, and as links."""

from __future__ import annotations

import json
import socket
from dataclasses import replace

import pytest
from made_containers import container, fuzzed

from armstrace.document import Fact, Metadata
from armstrace.errors import InputError
from armstrace.ingest.feed_source import is_feed
from armstrace.ingest.feeds import FeedLink, read_feed_links, unpack_feed
from armstrace.ingest.raw import Piece, RawText, Unread

WORDS = "Ruritania sold 12 howitzers to Graustark."
ADDRESS = "https://paper.example/feed.xml"
SPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:atom="http://www.w3.org/2005/Atom"'
)


def rss(*items, head="<title>The Paper</title><language>en-gb</language>"):
    entries = "\n".join(f"<item>{item}</item>" for item in items)
    return f'<?xml version="1.0"?>\n<rss version="2.0" {SPACES}><channel>{head}\n{entries}\n</channel></rss>'.encode()


def atom(*entries):
    inside = "".join(f"<entry>{entry}</entry>" for entry in entries)
    start = '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="html">The &amp;amp; Paper</title>'
    return f"<?xml version='1.0'?>{start}{inside}</feed>".encode()


RDF = f"""<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {SPACES}>
<channel rdf:about="https://paper.example/"><title>The Paper</title>
<items><rdf:Seq><rdf:li resource="https://paper.example/1"/></rdf:Seq></items></channel>
<item rdf:about="https://paper.example/1"><title>Guns</title><link>https://paper.example/1</link>
<description>{WORDS}</description><dc:date>2022-09-06T10:00:00Z</dc:date><dc:creator>A. Scribe</dc:creator></item>
</rdf:RDF>""".encode()

NETSCAPE = f"""<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Paper</title><item><title>Guns</title><link>https://paper.example/1</link>
<description>{WORDS}</description></item></channel></rss>""".encode()

KINDS = [
    ("RSS 2.0", rss(f"<title>Guns</title><link>https://paper.example/1</link><description>{WORDS}</description>")),
    ("RSS 0.91 with the doctype of its time", NETSCAPE),
    ("RSS 1.0", RDF),
    ("Atom", atom(f'<title>Guns</title><link href="https://paper.example/1"/><content>{WORDS}</content>')),
    (
        "Atom, every name with its prefix",
        f"""<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>The Paper</a:title>
     <a:entry><a:title>Guns</a:title><a:link href="https://paper.example/1"/><a:summary>{WORDS}</a:summary></a:entry>
     </a:feed>""".encode(),
    ),
    (
        "one entry of Atom",
        f"""<entry xmlns="http://www.w3.org/2005/Atom"><title>Guns</title>
     <link href="https://paper.example/1"/><content>{WORDS}</content></entry>""".encode(),
    ),
    (
        "JSON Feed",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The Paper",
                "items": [{"id": "1", "title": "Guns", "url": "https://paper.example/1", "content_text": WORDS}],
            }
        ).encode(),
    ),
    (
        "a warning of the server in front",
        b"<br />\n<b>Warning</b>: x\n"
        + rss(f"<title>Guns</title><link>https://paper.example/1</link><description>{WORDS}</description>"),
    ),
    (
        "UTF-16",
        rss(f"<title>Guns</title><link>https://paper.example/1</link><description>{WORDS}</description>")
        .decode()
        .encode("utf-16"),
    ),
]

# An entry of RSS, and what is known by it.
KNOWN = [
    (
        "a date of RFC 822",
        "<pubDate>Tue, 06 Sep 2022 23:59:00 EST</pubDate>",
        {"published": "2022-09-06", "published_from": "feed pubDate"},
    ),
    ("a date of Dublin Core", "<dc:date>2022-09</dc:date>", {"published": "2022-09", "published_from": "feed dc:date"}),
    (
        "of two dates that of publication",
        "<pubDate>6 Sep 2022</pubDate><atom:updated>2022-09-09T00:00:00Z</atom:updated>",
        {"published": "2022-09-06"},
    ),
    (
        "an update alone is no publication",
        "<atom:updated>2022-09-09T00:00:00Z</atom:updated>",
        {"published": None, "published_from": None},
    ),
    (
        "issued",
        "<dcterms:issued>2022-09-06</dcterms:issued>",
        {"published": "2022-09-06", "published_from": "feed dcterms:issued"},
    ),
    (
        "the outlet of an aggregated entry",
        '<source url="https://wire.example">Newswire</source>',
        {"outlet": "Newswire"},
    ),
    ("the feed as outlet", "", {"outlet": "The Paper", "language": "en"}),
    ("an author by mail", "<author>desk@paper.example (A. Scribe)</author>", {"byline": "A. Scribe"}),
    ("a mail address is no name", "<author>desk@paper.example</author>", {"byline": None}),
    (
        "two creators",
        "<dc:creator>A. Scribe</dc:creator><dc:creator>B. Scribe</dc:creator>",
        {"byline": "A. Scribe, B. Scribe"},
    ),
    ("an address in the guid", "<guid>https://paper.example/7</guid>", {"url": "https://paper.example/7"}),
    ("a guid that is no address", '<guid isPermaLink="false">tag:7</guid>', {"url": None}),
    ("a script as address", "<link>javascript:alert(1)</link>", {"url": None}),
    (
        "a title in HTML",
        "<title>&lt;b&gt;Guns&lt;/b&gt; &amp;amp; \u202etanks\u202c</title>",
        {"title": "Guns & tanks"},
    ),
]


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in KINDS])
def test_every_kind_of_feed_gives_its_entry(data):
    (found,) = unpack_feed(container(data))
    assert (found.text, found.metadata.title, found.metadata.url) == (WORDS, "Guns", "https://paper.example/1")
    assert (found.format, found.places[0].source) == ("feed", (0, len(WORDS)))


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in KINDS if "warning" not in row[0]])
def test_how_a_feed_starts(data):
    assert is_feed(data[:4096])
    assert not is_feed(b"<html><body>" + data)
    assert not is_feed(b'{"text": "Guns."}')


@pytest.mark.parametrize(("inside", "known"), [pytest.param(*row[1:], id=row[0]) for row in KNOWN])
def test_what_an_entry_says_of_itself(inside, known):
    (found,) = unpack_feed(container(rss(f"{inside}<description>{WORDS}</description>")))
    assert {name: getattr(found.metadata, name) for name in known} == known


def test_what_stands_beside_the_text_is_kept_as_facts():
    entry = (
        '<title>Guns</title><source url="https://wire.example/">Newswire</source><atom:updated>2022-09-09</atom:updated>'
        f"<pubDate>03/04/2022</pubDate><description>A summary.</description>"
        f"<content:encoded>{WORDS} And more.</content:encoded>"
    )
    (found,) = unpack_feed(container(rss(entry)))
    assert found.text == f"{WORDS} And more."
    assert found.facts == (
        Fact("source", "Newswire", None),
        Fact("updated", "2022-09-09", None),
        Fact("date", "03/04/2022", None),
        Fact("summary", "A summary.", None),
    )


HTML_BODIES = [
    ("escaped", f"<description>&lt;p&gt;{WORDS}&lt;/p&gt;</description>"),
    ("CDATA", f"<content:encoded><![CDATA[<p>{WORDS}</p>]]></content:encoded>"),
    ("XHTML", f'<body xmlns="http://www.w3.org/1999/xhtml"><p>{WORDS}</p></body>'),
    (
        "longer than the summary",
        f"<description>Guns.</description><content:encoded>&lt;p&gt;{WORDS}&lt;/p&gt;</content:encoded>",
    ),
]


@pytest.mark.parametrize("body", [pytest.param(row[1], id=row[0]) for row in HTML_BODIES])
def test_html_goes_on_as_a_page_of_its_own(body):
    (found,) = unpack_feed(container(rss(f"<title>Guns &amp;amp; more</title><guid>7</guid>{body}")))
    assert isinstance(found, Piece)
    assert (found.media_type, found.charset, found.known.title) == ("text/html", "utf-8", "Guns & more")
    assert f"<p>{WORDS}</p>".encode() in found.data
    assert b"<title>Guns &amp; more</title>" in found.data


def test_an_atom_text_is_taken_by_its_word():
    text, page = unpack_feed(
        container(
            atom(
                "<id>1</id><content>fewer than &lt;5 tanks</content>",
                '<id>2</id><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Guns.</p></div></content>',
            )
        )
    )
    assert (text.text, text.metadata.outlet, text.metadata.language) == ("fewer than <5 tanks", "The & Paper", "en")
    assert b"<p>Guns.</p>" in page.data


def test_an_entry_fetched_again_from_a_grown_feed_is_the_same():
    plain = f"<guid>1</guid><title>Guns</title><description>{WORDS}</description><slash:comments>%d</slash:comments>"
    body = f"<description>&lt;p&gt;{WORDS}&lt;/p&gt;</description>"
    page = f"<guid>2</guid><title>Tanks</title>{body}<slash:comments>%d</slash:comments>"
    first = list(unpack_feed(container(rss(plain % 3, page % 3))))
    _, *again = unpack_feed(container(rss("<title>New</title>", plain % 5, page % 5)))
    assert first[0].identity == again[0].identity
    assert (first[1].data, first[1].name) == (again[1].data, again[1].name)
    _, changed = unpack_feed(container(rss("<title>New</title>", plain.replace("12", "13") % 3)))
    assert changed.identity != first[0].identity


def test_entries_of_the_same_words_stay_apart():
    one, two = unpack_feed(
        container(
            rss(
                *(
                    f"<guid>{n}</guid><title>{n}</title><description>&lt;p&gt;Photo.&lt;/p&gt;</description>"
                    for n in (1, 2)
                )
            )
        )
    )
    assert one.data != two.data
    one, two = unpack_feed(container(rss(*(f"<guid>{n}</guid><description>Photo.</description>" for n in (1, 2)))))
    assert one.identity != two.identity


def test_evidence_is_the_entry_as_it_stands():
    data = rss(
        "<title>A</title>", f"<title>B</title>\n<!-- </item> --><description><![CDATA[</item>{WORDS}]]></description>"
    )
    _, found = unpack_feed(container(data))
    assert found.evidence == data[data.index(b"<item><title>B") : data.index(b"\n</channel>")]
    assert found.text == f"</item>{WORDS}"


def test_an_entry_of_a_title_alone_gives_it_and_one_of_nothing_is_told():
    one, two = unpack_feed(
        container(rss("<title>Guns for Graustark</title><description> </description>", "<guid>1</guid>"))
    )
    assert (one.text, two.where, two.reason) == (
        "Guns for Graustark",
        "box.bin, entry 2",
        "holds no words; there is nothing to read",
    )


def entities(declared, use="&a;"):
    return (
        f"<?xml version='1.0'?><!DOCTYPE rss [{declared}]>".encode() + rss(f"<title>{use}</title>").partition(b"\n")[2]
    )


BOMBS = [
    ("laughing", entities('<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">', "&b;")),
    ("blown up", entities(f'<!ENTITY a "{"ha" * 9999}">', "&a;" * 9999)),
    ("a file", entities('<!ENTITY a SYSTEM "file:///etc/passwd">')),
    ("an address", entities('<!ENTITY a PUBLIC "x" "http://169.254.169.254/">')),
    ("of parameters", entities('<!ENTITY % a SYSTEM "http://p.example/x.dtd"> %a;')),
    ("without number", entities("".join(f'<!ENTITY a{n} "a">' for n in range(400)))),
    ("in UTF-16", entities('<!ENTITY a "ha"><!ENTITY b "&a;&a;">', "&b;").decode().encode("utf-16")),
    ("with markup", entities('<!ENTITY a "<b>ha</b>">')),
]


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in BOMBS])
def test_xml_bombs_cost_the_feed_alone(data, monkeypatch):
    monkeypatch.setattr(socket, "socket", None)
    for read in (lambda: list(unpack_feed(container(data, "box"))), lambda: read_feed_links(data, "box.bin")):
        with pytest.raises(InputError, match=r"^box\.bin: declares entities that stand for .* <!ENTITY> lines"):
            read()


def test_entities_that_stand_for_a_sign_are_read():
    data = entities('<!ENTITY nbsp "&#160;">\n<!ENTITY copy "(c)">', "Guns&nbsp;now &copy;")
    (found,) = unpack_feed(container(data))
    assert found.text == "Guns now (c)"


BROKEN = [
    ("an ampersand", "<title>A</title><description>Guns & tanks</description>", "Guns & tanks"),
    ("an entity of HTML", "<title>A</title><description>Guns&nbsp;now</description>", "Guns\xa0now"),
    ("a name without its space", "<title>A</title><x:y>z</x:y><description>Guns</description>", "Guns"),
    ("a tag left open", "<title>A</title><media><description>Guns</description>", "Guns"),
    ("control characters", "<title>A</title><description>Guns\x00\x08 now</description>", "Guns\ufffd\ufffd now"),
    (
        "references to none",
        "<title>A</title><description>Guns&#0;&#xD800;&#99999999999; now</description>",
        "Guns\ufffd\ufffd\ufffd now",
    ),
]


@pytest.mark.parametrize(("entry", "text"), [pytest.param(*row[1:], id=row[0]) for row in BROKEN])
def test_broken_xml_is_read_as_far_as_it_goes(entry, text):
    before, found, after = unpack_feed(container(rss("<title>B</title>", entry, "<title>C</title>")))
    assert (before.text, after.text) == ("B", "C")
    assert found.text == text or text.encode() in found.data


def test_a_namespace_that_is_no_address_costs_nothing():
    data = rss(f"<title>A</title><description>{WORDS}</description>").replace(
        b"http://purl.org/dc/terms/", b"not an address"
    )
    assert [f.text for f in unpack_feed(container(data.replace(b"<title>A", b"<dcterms:x/><title>A")))] == [WORDS]


def test_a_feed_that_breaks_off_tells_what_is_lost():
    data = rss("<title>A</title>", f"<title>B</title><description>&lt;p&gt;{WORDS}</description>")
    one, two, told = unpack_feed(container(data[: data.index(b"howitzers") + 9]))
    assert one.text == "A"
    assert b"<p>Ruritania sold 12 howitzers" in two.data
    assert (told.where, told.reason[:10]) == ("box.bin, entry 2", "breaks off")


def test_an_entry_left_open_ends_where_the_next_starts():
    data = rss("<title>A</title>", "<title>B</title>").replace(b"</item>", b"", 1)
    found = list(unpack_feed(container(data)))
    assert [f.text for f in found if isinstance(f, RawText)] == ["A", "B"]
    assert [f.reason[:10] for f in found if isinstance(f, Unread)] == ["breaks off"]


def test_links_are_resolved_and_an_entry_without_one_has_not_the_address_of_its_feed():
    box = container(rss("<title>A</title><link>/a</link>", "<title>B</title>"))
    one, two = unpack_feed(replace(box, known=Metadata(url=ADDRESS, outlet="The Wire")))
    assert (one.metadata.url, two.metadata.url) == ("https://paper.example/a", None)
    assert one.metadata.outlet == "The Paper"


def test_mixed_encodings_are_told_apart_entry_by_entry():
    one, two = (f"<title>{n}</title><description>Größe</description>" for n in "AB")
    data = rss(one, "X").replace(b"X", two.encode("cp1252"))
    assert [f.text for f in unpack_feed(container(data))] == ["Größe", "Größe"]


REFUSED = [
    ("nothing", b"", "no RSS"),
    ("a page", b"<html><body>guns</body></html>", "no RSS"),
    ("other JSON", b'{"items": []}', "no JSON Feed"),
    ("broken JSON", b'{"items": [', "no JSON Feed"),
    ("no entries", rss(), "a feed without entries"),
]


@pytest.mark.parametrize(("data", "told"), [pytest.param(*row[1:], id=row[0]) for row in REFUSED])
def test_what_is_no_feed_is_refused(data, told):
    with pytest.raises(InputError, match=rf"^box\.bin: is {told}"):
        list(unpack_feed(container(data)))


def test_hostile_sizes_take_no_time():
    for sign in ("<", "&", "<b>", "<!--", "<![CDATA[", "<item>", "<item ", "<!ENTITY a ", '<x a="'):
        list(unpack_feed(container(rss("<title>A</title>") + sign.encode() * 5_000)))
        list(unpack_feed(container(rss("<title>A</title>", "<description>" + sign * 5_000))))
    (_, told) = unpack_feed(container(rss("<title>A</title>", "<description>" + "x" * (17 << 20) + "</description>")))
    assert told.reason.startswith("is larger than 16 MiB")


def test_entries_without_end_are_told():
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": [{"title": "A"}] * 20_001}
    *_, told = unpack_feed(container(json.dumps(feed).encode()))
    assert (told.where, told.reason[:15]) == ("box.bin, entry 20001", "is one too many")


def test_links_for_the_watcher():
    long = f"&lt;p&gt;{WORDS * 40}&lt;/p&gt;"
    data = rss(
        f"<guid>1</guid><title>Guns</title><link>/a?b=1&amp;c=2</link><pubDate>6 Sep 2022</pubDate>"
        f"<description>{long}</description>",
        f"<link>https://other.example/</link><description>{long} Continue reading…</description>",
        "<guid isPermaLink='false'>3</guid><link>file:///etc/passwd</link>",
        "",
    )
    assert read_feed_links(data, ADDRESS) == (
        FeedLink("1", "https://paper.example/a?b=1&c=2", "Guns", "2022-09-06", has_full_text=True),
        FeedLink("https://other.example/", "https://other.example/"),
        FeedLink("3", None),
    )


@pytest.mark.parametrize("data", [pytest.param(row[1], id=row[0]) for row in KINDS])
def test_broken_files_cost_no_more_than_themselves(data):
    assert fuzzed(unpack_feed, data) > (0 if data.startswith(b"{") else 20)
