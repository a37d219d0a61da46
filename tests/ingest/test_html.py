"""Web pages as texts: the article, its lines, its places in the page, and what was left out of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.document import Capture, Metadata
from armstrace.errors import InputError
from armstrace.ingest.html import read_html
from armstrace.ingest.html_encoding import decode_page
from armstrace.ingest.html_left_out import EXCERPT, MOST
from armstrace.ingest.raw import Piece
from armstrace.pipeline import load_reader, make_document, read_report

HEADLINE = "Zambia takes delivery of six armoured carriers, harbour official says"
LEAD = "Zambia has received six armoured carriers from Turkey, a harbour official said on Monday."
SECOND = "The carriers came ashore at night and were driven north under guard, according to two dock workers."
THIRD = "A spokesman for the ministry would neither confirm nor deny that a second shipment was on its way."
STORY = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"


def page(body, head=f"<title>{HEADLINE} | The Copperbelt Post</title>"):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def article(inside, above=f"<h1>{HEADLINE}</h1>"):
    return page(
        f"<nav><a href=/>Home</a> <a href=/sport>Sport</a></nav><main><article>{above}{inside}</article></main>"
    )


def read(source, **known):
    data = source if isinstance(source, bytes) else source.encode()
    return read_html(Piece("page", data, Capture("here"), **known))


def lines(source):
    return [line for line in read(source).text.split("\n") if line]


def check_places(raw, source):
    """Every place of equal length holds the same characters; places stand in order and never overlap."""
    end = 0
    for place in raw.places:
        assert end <= place.span.start < place.span.end <= len(raw.text)
        end = place.span.end
        if place.source is None:
            continue
        assert 0 <= place.source.start < place.source.end <= len(source)
        if place.source.end - place.source.start == place.span.end - place.span.start:
            assert place.source.of(source) == place.span.of(raw.text)


LINES = {
    "a line break inside a paragraph": (
        "<p>First line here<br>second line there</p>",
        ["First line here", "second line there"],
    ),
    "a break in the source is a space": ("<p>The guns\n   were\told.</p>", ["The guns were old."]),
    "a list": (
        f"<ul><li>six carriers</li><li>two <b>field</b> guns</li></ul><p>{SECOND} Again.</p>",
        ["- six carriers", "- two field guns"],
    ),
    "a table": (
        "<table><tr><th>Buyer</th><th>Carriers</th></tr><tr><td>Zambia</td><td>6</td></tr></table>",
        ["Buyer | Carriers", "Zambia | 6"],
    ),
    "a quotation set apart": (
        "<blockquote><p>We bought none.</p><p>We shall buy none.</p></blockquote>",
        ["We bought none.", "We shall buy none."],
    ),
    "a quotation in a line": (
        "<p>The minister said <q>we bought none</q> on Friday.</p>",
        ["The minister said “we bought none” on Friday."],
    ),
    "a date in its own element": (
        "<p>They came on <time datetime=2024-05-06>6 May</time> by sea.</p>",
        ["They came on 6 May by sea."],
    ),
    "a subheading": (f"<h2>Second shipment</h2><p>{SECOND} Again.</p>", ["Second shipment", f"{SECOND} Again."]),
    "character references": (
        "<p>Guns &amp; butter cost &euro;40 million, &#8220;no more&#8221;.</p>",
        ["Guns & butter cost €40 million, “no more”."],
    ),
    "references of Windows-1252": (
        "<p>&#147;None&#148;, the minister&#146;s aide said.</p>",
        ["“None”, the minister’s aide said."],
    ),
    "a word through tags": (
        "<p>The <b>W</b>ash<i>ing</i>ton desk of the paper.</p>",
        ["The Washington desk of the paper."],
    ),
    "soft hyphens": ("<p>The ammu&shy;nition went by rail.</p>", ["The ammunition went by rail."]),
    "words for screen readers": (
        '<p>It was <a href=/x>seen<span class="screen-reader-text">(opens a window)</span></a> at dawn.</p>',
        ["It was seen at dawn."],
    ),
    "what shows under the mouse": (
        '<p>The bill of <span class="rollover"><a href=/p>Ann Mulenga</a><span class="rollover-name-block">'
        "<a href=/q>More on her</a></span></span> passed.</p>",
        ["The bill of Ann Mulenga passed."],
    ),
}


@pytest.mark.parametrize("row", LINES)
def test_lines_read_as_the_page_shows_them(row):
    inside, expected = LINES[row]
    source = article(STORY + inside)
    got = lines(source)
    at = got.index(expected[0])
    assert got[at : at + len(expected)] == expected
    check_places(read(source), source)


def test_paragraphs_are_parted_by_blank_lines():
    assert read(article(STORY)).text == f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}"


def test_rows_and_items_are_parted_by_line_breaks():
    text = read(
        article(STORY + "<ul><li>six carriers</li><li>two field guns</li></ul>" + f"<p>{SECOND} Again.</p>")
    ).text
    assert "- six carriers\n- two field guns\n\n" in text


HEADLINES = {
    "the only heading": (f"<h1>{HEADLINE}</h1>", True),
    "a heading with marks in it": (f"<h1><a href=/>{HEADLINE.replace('six', '<em>six</em>')}</a></h1>", True),
    "no heading": ("", False),
    "the outlet's name as a heading": ("<h1>The Copperbelt Post</h1>", False),
    "a heading of something else": ("<h1>Today in pictures and more to see</h1>", False),
}


@pytest.mark.parametrize("row", HEADLINES)
def test_the_headline_stands_first_where_the_page_shows_one(row):
    above, shown = HEADLINES[row]
    raw = read(page(f"<header>{above}</header><article>{STORY}</article>"))
    assert (raw.text.split("\n")[0] == HEADLINE) == shown
    assert raw.text.count(HEADLINE) == shown
    assert raw.metadata.title == HEADLINE


def test_the_same_article_gives_the_same_claims_in_both_forms():
    reader = load_reader()
    body = f"<p>{LEAD}</p>\n<p>{SECOND}</p>\n<p>{THIRD}</p>"
    plain = f"{HEADLINE}\n\n{LEAD}\n\n{SECOND}\n\n{THIRD}"

    def claims(text):
        document = make_document(text)
        return [
            (one.evidence.text, one.supplier, one.recipient, one.items) for one in read_report(reader, document).claims
        ]

    without = type(read(article(body)))("page", plain.split("\n\n", 1)[1], Metadata(title=HEADLINE))
    assert claims(read(article(body, above=""))) == claims(without)
    with_title = type(without)("page", plain, Metadata(title=HEADLINE))
    found = claims(read(article(body)))
    assert found == claims(with_title)
    assert found


def test_every_word_of_a_page_is_placed():
    source = article(STORY.replace("Turkey", "T&uuml;rkiye &amp; Co"))
    raw = read(source)
    check_places(raw, source)
    words = sum(place.span.end - place.span.start for place in raw.places if place.source)
    assert words >= len("".join(raw.text.split()))
    spelled = next(place for place in raw.places if place.span.of(raw.text) == "ü")
    assert spelled.source.of(source) == "&uuml;"


def test_a_lead_repeated_in_a_teaser_is_placed_in_its_story():
    source = page(f'<div class="teaser">{LEAD}</div><article><h1>{HEADLINE}</h1>{STORY}</article><div>{LEAD}</div>')
    raw = read(source)
    first = raw.text.index(LEAD)
    place = next(place for place in raw.places if place.span.start == first)
    assert place.source.start == source.index(f"<p>{LEAD}") + len("<p>")


def test_a_text_made_by_scripts_has_words_without_places():
    body = f"{LEAD} {SECOND} {THIRD} The paper could not reach the shipping line."
    source = page(
        '<div id="app"></div>',
        f'<script type="application/ld+json">{{"@type":"NewsArticle","articleBody":"{body}"}}</script>',
    )
    raw = read(source)
    assert LEAD in raw.text
    assert {place.source for place in raw.places} == {None}


def test_what_the_article_is_broken_up_by_does_not_end_it():
    chunk = '<div class="chunk body">{}</div><div class="slot"><a href=/buy>Buy now</a></div>'
    more = [
        f"The {number}th convoy of the year passed the border post without being stopped, the drivers said."
        for number in range(5, 12)
    ]
    source = article(chunk.format(STORY) + chunk.format("".join(f"<p>{line}</p>" for line in more)))
    assert lines(source) == [HEADLINE, LEAD, SECOND, THIRD, *more]


POINTERS = {
    "a labelled link": '<p>READ MORE: <a href="/2">Mine town gets new hospital wing after long wait</a></p>',
    "a link alone": '<p><strong><a href="/2">MINE TOWN GETS NEW HOSPITAL WING AFTER WAIT</a></strong></p>',
}
SENTENCES = {
    "a sentence with a link": '<p>The carriers, <a href="/2">seen in a harbour photograph</a>, were green.</p>',
    "a sentence that is a link": '<p><a href="/2">The carriers were seen in a harbour photograph last week.</a></p>',
}


@pytest.mark.parametrize("row", POINTERS)
def test_a_link_to_another_story_is_no_line_of_this_one(row):
    raw = read(article(STORY.replace("</p><p>", f"</p>{POINTERS[row]}<p>", 1)))
    assert "hospital" not in raw.text.casefold()
    assert any("hospital" in one.text.casefold() and one.reason == "link to another page" for one in raw.left_out)


@pytest.mark.parametrize("row", SENTENCES)
def test_linked_words_stay(row):
    assert "harbour photograph" in read(article(STORY.replace("</p><p>", f"</p>{SENTENCES[row]}<p>", 1))).text


LEFT_OUT = {
    "navigation": ("<nav>Front page and sections</nav>", "Front page and sections"),
    "footer": ("<footer>All rights reserved by nobody</footer>", "All rights reserved by nobody"),
    "aside": ("<aside>Weather in Ndola today</aside>", "Weather in Ndola today"),
    "comments": ('<div class="comments"><p>First! I saw them too.</p></div>', "First! I saw them too."),
    "form": ("<form><label>Your e-mail</label></form>", "Your e-mail"),
    "advertisement": ('<div class="ad-slot">Cheap tyres here</div>', "Cheap tyres here"),
    "subscription": ('<div class="newsletter">Get our letter</div>', "Get our letter"),
    "other stories": ('<div class="related">Hospital wing opens</div>', "Hospital wing opens"),
    "sharing": ('<div class="share-bar">Tell a friend</div>', "Tell a friend"),
    "hidden": ('<div style="display: none">Loading the page</div>', "Loading the page"),
    "picture or caption": ("<figure><figcaption>A carrier in port</figcaption></figure>", "A carrier in port"),
    "shown without scripts only": ("<noscript>Switch scripts on</noscript>", "Switch scripts on"),
}  # fmt: skip


@pytest.mark.parametrize("reason", LEFT_OUT)
def test_what_is_left_out_is_listed_with_its_reason_and_place(reason):
    inside, words = LEFT_OUT[reason]
    source = page(f"<article><h1>{HEADLINE}</h1>{STORY}</article>{inside}")
    raw = read(source)
    assert words not in raw.text
    row = next(one for one in raw.left_out if words in one.text)
    assert row.reason == reason
    start, end = map(int, row.place.removeprefix("characters ").split("-"))
    assert words.split()[0] in source[start:end]


def test_the_list_of_what_is_left_out_is_bounded():
    asides = "".join(f"<aside>Aside {n} {'x' * 900}</aside><footer>Foot {n}</footer>" for n in range(300))
    raw = read(page(f"<article>{STORY}</article>{asides}"))
    assert len(raw.left_out) == MOST
    assert raw.left_out[-1].reason == "not listed one by one"
    assert all(len(one.text) <= EXCERPT for one in raw.left_out)


def test_a_page_without_an_article_is_read_whole_and_says_so():
    raw = read(page("<div>Six carriers.</div><nav>Home</nav>" + "<div>" * 300 + "Two guns." + "</div>" * 300))
    assert raw.text == "Six carriers.\n\nTwo guns."
    assert [fact.kind for fact in raw.facts] == ["body"]


def test_what_is_known_already_stands_behind_what_the_page_says():
    known = Metadata(outlet="Feed of the Post", published="2024-05-07", url="https://post.example/1")
    raw = read(article(STORY), known=known)
    assert raw.metadata.outlet == "The Copperbelt Post"
    assert raw.metadata.published == "2024-05-07"
    assert raw.metadata.url == "https://post.example/1"


def test_the_same_bytes_give_the_same_text():
    assert read(article(STORY)) == read(article(STORY))


MARKS = """<p> </p> <div_class=body> </div> <b> </b> <br> <li> <table><tr><td> </table> <h1> <q> </q> <time> <a_href=x>
</a> <!-- --> <script>x</script> &amp; &nbsp; &#146; &#xD800; &lt &notanentity; Six carriers é 日本"""
BITS = st.sampled_from([*MARKS.split(), "\u202e", "\x00", "\x1b[31m", "\n", "  ", "Guns went north. ", LEAD])


@settings(max_examples=150, deadline=None)
@given(st.lists(BITS, max_size=60).map("".join))
def test_places_hold_on_any_page(inside):
    data = f"<html><body><article><p>{LEAD}</p>{inside.replace('_', ' ')}</article></body></html>".encode()
    raw = read(data)
    check_places(raw, decode_page(data))
    assert all(place.span.of(raw.text).strip() for place in raw.places)


@pytest.mark.parametrize(
    "source", ["", "   ", "<html><body></body></html>", "<script>words()</script>", "<p>&nbsp;-</p>"]
)
def test_a_page_without_words_is_an_error(source):
    with pytest.raises(InputError, match="page: a web page without words"):
        read(source)
