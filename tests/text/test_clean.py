"""Cleaning: what goes, what stays, what is noted; offsets never move. All texts are our own."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from armstrace.text.clean import clean_text

BODY = (
    "The defence ministry said on Monday that it had ordered 40 howitzers from the northern neighbour.\n\n"
    "A second shipment is expected in the spring, two officials said, speaking on condition of anonymity."
)

# Lines that go as a whole, wherever they stand, with the reason.
RESIDUE_LINES = [
    ("Join now for FREE unlimited access to Reuters.com", "subscription"),
    ("Register now for FREE unlimited access to our site", "subscription"),
    ("Subscribe to our weekly briefing", "subscription"),
    ("Sign up for our newsletter", "subscription"),
    ("Sign up here for daily alerts.", "subscription"),
    ("Get the day's top stories delivered to your inbox.", "subscription"),
    ("Already a subscriber? Log in", "subscription"),
    ("You have reached your limit of free articles.", "subscription"),
    ("Read more", "read more"),
    ("READ MORE: Neighbour denies sending tanks", "read more"),
    ("See also: Ten years of embargo", "read more"),
    ("Related stories", "read more"),
    ("RELATED: How the embargo was born", "read more"),
    ("More on this story", "read more"),
    ("Also read: the fleet in numbers", "read more"),
    ("Minister denies tank sale to neighbour Read more", "read more"),
    ("( PHOTOS: Twelve howitzers on parade)", "read more"),
    ("Continue reading the main story", "read more"),
    ("Advertisement", "advertisement"),
    ("ADVERTISEMENT", "advertisement"),
    ("Story continues below", "advertisement"),
    ("Article continues below advertisement", "advertisement"),
    ("Share on Facebook", "share"),
    ("SHARE THIS ARTICLE Share Tweet Post Email", "share"),
    ("Click to expand", "share"),
    ("We use cookies to improve your experience.", "share"),
    ("Follow us on Twitter", "share"),
    ("Follow Jane Doe on Twitter: @janedoe", "share"),
    ("12 comments", "comment prompt"),
    ("Leave a comment", "comment prompt"),
    ("Comments are closed.", "comment prompt"),
    ("Media playback is unsupported on your device", "video player"),
    (
        "JUST WATCHED Tanks on the move Replay More Videos ... MUST WATCH Tanks on the move 02:30",
        "video player",
    ),
    ("0:00 / 1:32", "video player"),
    ("Our Standards: The Thomson Reuters Trust Principles.", "standards"),
    ("Copyright 2011 The Daily Example. All rights reserved.", "copyright"),
    ("© 1998 Example News Agency", "copyright"),
    ("This material may not be published, broadcast, rewritten or redistributed.", "copyright"),
    ("The views expressed in this article are the author's own.", "legal notice"),
    ("Contact the newsroom at desk@example.org", "contact"),
    ("To contact the reporter on this story: Jane Doe in Oslo at jdoe@example.net", "contact"),
    ("https://example.org/2014/howitzers", "link"),
    ("___", "page furniture"),
    ("6 years ago", "page furniture"),
    ("Photo", "page furniture"),
    ("Getty Images", "photo credit"),
    ("AFP/Getty Images", "photo credit"),
    ("(Jane Doe/Reuters)", "photo credit"),
    ("Enlarge this image toggle caption Jane Doe/AP Jane Doe/AP", "caption label"),
    ("(Reporting by Jane Doe and John Roe; Editing by Ann Poe)", "credit"),
    ("Reporting by Jane Doe in Oslo; writing by John Roe; additional reporting by Ann Poe", "credit"),
    ("REPORTING BY JANE DOE; EDITING BY JOHN ROE", "credit"),
    ("AP writers Jane Doe in Oslo and John Roe in Riga contributed to this report.", "credit"),
    ("Additional reporting by Ann Poe", "credit"),
    ("Contributing: Jane Doe; Associated Press", "credit"),
    ("REUTER", "wire"),
    ("(AFP)", "wire"),
    ("BC-NORWAY-TANKS 03-02 0123", "telex mark"),
    ("NNNN", "telex mark"),
    ("Source: Xinhua", "wire"),
    ("(Adds ministry comment, background)", "update"),
    ("Updated at 5:40 p.m. ET", "update"),
]


@pytest.mark.parametrize(("line", "reason"), RESIDUE_LINES, ids=[line for line, _ in RESIDUE_LINES])
def test_residue_line_goes_and_the_story_stays(line: str, reason: str) -> None:
    raw = f"{BODY}\n\n{line}\n\n{BODY.replace('Monday', 'Tuesday').replace('spring', 'autumn')}"
    clean = clean_text(raw)
    assert clean.text.strip() == raw.replace(line, " " * len(line)).strip()
    assert clean.removed[0].reason == reason


# Sentences of a story that begin like residue or hold its words: nothing of them may go.
STORY_LINES = [
    "Subscribers to the treaty include Norway and Sweden.",
    "Related by marriage, the two dealers had sold rifles to both sides since 1991.",
    "Reporting by The Daily Example found that Iran had shipped 200 missiles to the group.",
    "Reporting by state media said the tanks had arrived.",
    "The Associated Press reported that the shipment left Odessa on March 3.",
    "NATO - which has 28 members - said it would send no tanks.",
    "Copyright law does not protect the design of the missile, the company said.",
    "Watch groups say rifles from the depot have turned up in three countries.",
    "Advertisements for surplus rifles ran in the paper for years.",
    "Next up: parliament will vote on the sale of 12 helicopters.",
    "The lack of spare parts contributed to the loss of two aircraft.",
    "Updated missiles were shipped in May, the ministry said.",
    "Photo reconnaissance showed 12 launchers at the site.",
    "Follow-up deliveries of 30 tanks are planned for 2016, officials said.",
    "By Monday, 40 tanks had crossed the border, Norway said.",
    "The report, read more widely abroad, told of 40 tanks. He hoped they would read more.",
    "Reproduction of the missile is prohibited by the licence, and permission was never given.",
    "The programme runs at 8 p.m. EDT on CNN.",
    "The missile (known as the SS-N-22) was sold to China (PRC).",
    '"We share this intelligence with our allies," he said.',
    "EXAMPLE SAYS ROCKETS WERE SHIPPED TO THE REBELS IN MAY BY AIR FROM TRIPOLI.",
]


@pytest.mark.parametrize("line", STORY_LINES)
def test_sentence_of_the_story_stays(line: str) -> None:
    raw = f"{BODY}\n\n{line}\n\nThe talks go on."
    assert clean_text(raw).text == raw


# Mixed lines: the residue goes, the statement stays word by word.
MIXED_LINES = [
    ("Officials named the Type-9 (UAVs). Read more", "Officials named the Type-9 (UAVs)."),
    ("Image copyright AP Image caption Norway signed a contract in 2007", "Norway signed a contract in 2007"),
    ("Image caption The launchers can fire 12 rockets", "The launchers can fire 12 rockets"),
    (
        "FILE PHOTO: A launcher seen in Oslo, May 3, 2017. REUTERS/Jane Doe",
        "A launcher seen in Oslo, May 3, 2017.",
    ),
    ("Troops unload crates in Riga. (AP Photo/Jane Doe, File)", "Troops unload crates in Riga."),
    ("Soldiers with a launcher in Oslo. Photograph: Jane Doe/AP", "Soldiers with a launcher in Oslo."),
    ("CLOSE Norway has said that it will buy 40 tanks.", "Norway has said that it will buy 40 tanks."),
    ("Norway ships the tanks today. pic.twitter.com/a1B2c3", "Norway ships the tanks today."),
    ("Norway ships the tanks today. — Jane Doe (@janedoe) August 10, 2014", "Norway ships the tanks today."),
    ("Norway bought the tanks in 2014. [nL1N2ABCDE]", "Norway bought the tanks in 2014."),
    ("The tanks left Oslo. (Reporting by Jane Doe; Editing by John Roe)", "The tanks left Oslo."),
    ("He edits a defence review. Follow him on Twitter, @johnroe.", "He edits a defence review."),
    ("EXCLUSIVE - Norway has bought 40 tanks.", "Norway has bought 40 tanks."),
]


@pytest.mark.parametrize(("line", "kept"), MIXED_LINES)
def test_only_the_residue_of_a_mixed_line_goes(line: str, kept: str) -> None:
    clean = clean_text(f"{BODY}\n\n{line}")
    assert clean.text[len(BODY) :].strip() == kept
    at = clean.text.index(kept, len(BODY))
    assert f"{BODY}\n\n{line}"[at : at + len(kept)] == kept


# What a text says of itself: text, kind, the words of the fact, and whether they stay in the text.
FACTS = [
    (f"OSLO, Sept 6 (Reuters) – {BODY}", "dateline", "OSLO, Sept 6 (Reuters) –", False),
    (f"OSLO, Sept 6 (Reuters) – {BODY}", "wire", "Reuters", False),
    (f"GENEVA (AP) — {BODY}", "dateline", "GENEVA (AP) —", False),
    (f"BEIRUT, Lebanon — {BODY}", "dateline", "BEIRUT, Lebanon —", False),
    (f"MOSCOW. March 3. INTERFAX - {BODY}", "dateline", "MOSCOW. March 3. INTERFAX -", False),
    (f"MOSCOW, March 3. /TASS/. {BODY}", "dateline", "MOSCOW, March 3. /TASS/.", False),
    (f"Washington, D.C. - {BODY}", "dateline", "Washington, D.C. -", False),
    (f"LONDON, March 24 - {BODY}", "dateline", "LONDON, March 24 -", False),
    (f"ISLAMABAD: {BODY}", "dateline", "ISLAMABAD:", False),
    (f"WASHINGTON (AP) _ {BODY}", "dateline", "WASHINGTON (AP) _", False),
    (f"BEIJING, March 3 (Xinhua) -- {BODY}", "dateline", "BEIJING, March 3 (Xinhua) --", False),
    (f"KYIV/WARSAW (Reuters) - {BODY}", "dateline", "KYIV/WARSAW (Reuters) -", False),
    (f"Washington (CNN) -- {BODY}", "dateline", "Washington (CNN) --", False),
    (f"(CNN) {BODY}", "wire", "(CNN)", False),
    (f"By Jane Doe\n\n{BODY}", "byline", "By Jane Doe", False),
    (f"By Jane Doe and John Roe, Reuters\n\n{BODY}", "byline", "By Jane Doe and John Roe, Reuters", False),
    (
        f"By Jane Doe | March 3, 2014 | 5:00 a.m.\n\n{BODY}",
        "byline",
        "By Jane Doe | March 3, 2014 | 5:00 a.m.",
        False,
    ),
    (f"BY JANE DOE\nAssociated Press Writer\n\n{BODY}", "byline", "BY JANE DOE", False),
    (f"Jane Doe, CNN\n\n{BODY}", "byline", "Jane Doe, CNN", False),
    (f"By Jane Doe OSLO (Reuters) - {BODY}", "byline", "By Jane Doe", False),
    (f"{BODY}\n\nAFP", "wire", "AFP", False),
    (f"{BODY}\n\nReporting by Jane Doe", "credit", "Reporting by Jane Doe", False),
    (
        f"Norway buys 40 howitzers from its neighbour\n\n{BODY}",
        "title",
        "Norway buys 40 howitzers from its neighbour",
        True,
    ),
    (f"Howitzer on parade\n\nNorway buys 40 howitzers\n\n{BODY}", "caption", "Howitzer on parade", True),
    (f"{BODY}\n\nImage caption A launcher", "caption", "A launcher", True),
    (
        f"Norway buys howitzers\n\nPublished 3 March 2014\n\n{BODY}",
        "published",
        "Published 3 March 2014",
        False,
    ),
    (
        f"Norway buys howitzers\n\nMarch 3, 2014 at 5:00 a.m. EST\n\n{BODY}",
        "published",
        "March 3, 2014 at 5:00 a.m. EST",
        False,
    ),
    (f"{BODY}\n\nUpdated at 2 p.m.", "update", "Updated at 2 p.m.", False),
    (
        f"{BODY}\n\nCorrection: An earlier version said that 14 tanks were sold.",
        "correction",
        "Correction: An earlier version said that 14 tanks were sold.",
        True,
    ),
]


@pytest.mark.parametrize(("raw", "kind", "words", "stays"), FACTS, ids=[f"{row[1]}: {row[2]}" for row in FACTS])
def test_fact_is_noted_with_its_span(raw: str, kind: str, words: str, stays: bool) -> None:  # noqa: FBT001
    clean = clean_text(raw)
    fact = next(fact for fact in clean.facts if fact.kind == kind)
    assert (fact.text, fact.span.of(raw)) == (words, words)
    assert (fact.span.of(clean.text) == words) is stays


def test_short_line_above_the_headline_is_a_caption() -> None:
    clean = clean_text(f"Rocket launcher\n\nNeighbour is sending rockets to Norway – report\n\n{BODY}")
    assert [(fact.kind, fact.text) for fact in clean.facts] == [
        ("caption", "Rocket launcher"),
        ("title", "Neighbour is sending rockets to Norway – report"),
    ]


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(BODY, id="body at once"),
        pytest.param(f"Jane Doe\n\n{BODY}", id="a bare name"),
        pytest.param(f"Image caption Norway signed a contract in 2007\n\n{BODY}", id="a labelled caption"),
        pytest.param(
            "Norway has bought forty new\nhowitzers from its neighbour, the ministry said in a\n"
            "statement that gave neither price nor date for the\n"
            "deal. The first ten are to arrive in the spring, and\n"
            "the others will follow within two years.\n",
            id="first line of a hard-wrapped paragraph",
        ),
    ],
)
def test_what_is_no_title(raw: str) -> None:
    assert not [fact for fact in clean_text(raw).facts if fact.kind == "title"]


def test_second_copy_of_a_short_line_goes() -> None:
    line = "Norway and its neighbours, the full dossier"
    clean = clean_text(f"{BODY}\n\n{line}\n\nThe talks go on.\n\n{line}\n\n{line}")
    assert clean.text.count(line) == 1
    assert [one.reason for one in clean.removed] == ["repeated line", "repeated line"]


def test_repeated_row_inside_hard_wrapped_paragraphs_stays() -> None:
    raw = (
        "    Norway bought forty howitzers from its neighbour to the east,\n"
        "the Norwegian defence ministry said in a statement on Monday.\n"
        "    Sweden bought twenty armoured cars for its northern brigade,\n"
        "the Norwegian defence ministry said in a statement on Monday.\n"
    )
    assert clean_text(raw).text == raw


def test_characters_that_hurt_become_spaces_and_are_listed() -> None:
    raw = "\ufeffForty\x00 tanks\u00a0and\u200b a\ud800 gun\uffff.\nZero\u200bwidth inside a word\tstays."
    clean = clean_text(raw)
    assert clean.text == " Forty  tanks and  a  gun .\nZero\u200bwidth inside a word\tstays."
    assert {one.reason for one in clean.removed} == {"control character", "special space"}


@pytest.mark.parametrize("raw", ["", " ", "\n\n", "\r\n", "\x00", "Read more", "Advertisement\nAdvertisement"])
def test_texts_without_a_story(raw: str) -> None:
    clean = clean_text(raw)
    assert len(clean.text) == len(raw)
    assert not clean.text.strip()


PIECES = [line for line, _ in RESIDUE_LINES] + STORY_LINES + [line for line, _ in MIXED_LINES]
PIECES += [raw.removesuffix(BODY) for raw, *_ in FACTS if raw.endswith(BODY)]
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(
        st.tuples(
            st.sampled_from(PIECES) | st.text(max_size=12),
            st.sampled_from(["\n", "\n\n", " ", "\r\n", "    ", ""]),
        ),
        max_size=14,
    ).map(lambda rows: "".join(piece + gap for piece, gap in rows)),
)


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_invariants_of_cleaning(raw: str) -> None:
    clean = clean_text(raw)
    assert len(clean.text) == len(raw)
    covered = [False] * len(raw)
    for one in clean.removed:
        assert 0 <= one.span.start < one.span.end <= len(raw)
        covered[one.span.start : one.span.end] = [True] * (one.span.end - one.span.start)
    for kept, before, taken in zip(clean.text, raw, covered, strict=True):
        assert kept == before or (taken and kept == " ")
    for fact in clean.facts:
        assert fact.text == fact.span.of(raw) != ""
    again = clean_text(clean.text)
    assert again.text == clean.text
    assert again.removed == ()


# Capitals or a name before a dash or a colon that are no place of a dateline.
NO_DATELINES = [
    "NATO - the alliance's oldest members - said no.",
    "ROSOBORONEXPORT - the exporter - sold 40 tanks.",
    "ROE: We will sell the tanks, and nobody will stop us.",
    "The minister – a former general – sold 40 tanks.",
    "Norway, Sweden – neighbours for ages – sold 40 tanks.",
    "MiG - the maker - sold 40 aircraft.",
]


@pytest.mark.parametrize("line", NO_DATELINES)
def test_what_is_no_dateline(line: str) -> None:
    assert clean_text(f"{line}\n\n{BODY}").text == f"{line}\n\n{BODY}"


def test_telex_in_capitals() -> None:
    raw = (
        "NORWAY BUYS TANKS FROM NEIGHBOUR, PAPER SAYS\n"
        "    OSLO, MARCH 3 (REUTER) - NORWAY HAS BOUGHT 40 TANKS FROM ITS\n"
        "NEIGHBOUR, THE PAPER SAID ON MONDAY. THE MINISTRY DECLINED TO\n"
        "COMMENT ON THE REPORT.\n"
        " REUTER\n"
    )
    clean = clean_text(raw)
    assert [(fact.kind, fact.text) for fact in clean.facts] == [
        ("title", "NORWAY BUYS TANKS FROM NEIGHBOUR, PAPER SAYS"),
        ("dateline", "OSLO, MARCH 3 (REUTER) -"),
        ("wire", "REUTER"),
        ("wire", "REUTER"),
    ]
    assert "NORWAY HAS BOUGHT 40 TANKS FROM ITS\nNEIGHBOUR" in clean.text
