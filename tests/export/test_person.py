"""Claims as a person reads them at a terminal."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pytest
from hostile import hostile_document, hostile_extraction
from rich.console import Console

from armstrace.document import Document, Metadata, Removed, Span
from armstrace.export.person import WIDTH, marked_sentence, page_for, print_closing, print_reading
from armstrace.extract.claims import Extraction
from armstrace.model import Claim, ClaimKind, Evidence, Party, Source, SourceKind

TEXT = "A general said North Korean guns went to Russia."
DOCUMENT = Document("d", TEXT, TEXT, Metadata(outlet="The Paper", published="2022-09-06", title="Guns"))
SUPPLIER = Party("KP", None, "North Korean", Span(15, 27))
RECIPIENT = Party("RU", None, "Russia", Span(41, 47))
GENERAL = Source("A general", SourceKind.OFFICIAL_ANONYMOUS, None, named=False, span=Span(0, 9))
CLAIM = Claim(
    id="first",
    document="d",
    kind=ClaimKind.TRANSFER,
    evidence=Evidence(TEXT, Span(0, len(TEXT))),
    supplier=SUPPLIER,
    recipient=RECIPIENT,
    attribution=(GENERAL,),
    why=("rule one", "rule two"),
)
NAMES = {"KP": "North Korea", "RU": "Russia"}


class Terminal(io.StringIO):
    """A terminal, as far as programs can tell."""

    def isatty(self) -> bool:
        return True


def printed(document, extraction, *, explain=False, out=None):
    out = out or io.StringIO()
    print_reading(page_for(out), document, extraction, NAMES, explain=explain)
    return out.getvalue()


def test_the_whole_page():
    assert printed(DOCUMENT, Extraction((CLAIM,), ())) == (
        "Guns\n"
        "The Paper · 2022-09-06 · d · 1 claim\n"
        "\n"
        "  1 North Korea → Russia: arms\n"
        "    reads     unspecified, unstated\n"
        "    says      A general (official-anonymous)\n"
        "    words     [A general] said [North Korean] guns went to [Russia].\n"
        "\n"
        "\n"
    )


def test_no_claim_is_said():
    assert "d · no claim that arms move\n" in printed(DOCUMENT, Extraction((), ()))


def test_a_claim_about_another_names_its_number():
    other = replace(CLAIM, id="second", kind=ClaimKind.CONFIRMATION, refers_to="first")
    assert "    about     claim 1\n" in printed(DOCUMENT, Extraction((CLAIM, other), ()))


def test_explain_gives_the_rules_and_what_gave_no_claim():
    extraction = Extraction((CLAIM,), hostile_extraction().rejected)
    assert "rule one" not in printed(DOCUMENT, extraction)
    assert "1 possible transfer gave no claim; --explain says why" in printed(DOCUMENT, extraction)
    explained = printed(DOCUMENT, extraction, explain=True)
    assert "    why       rule one; rule two\n" in explained
    assert "    no claim  <script>" in explained


def test_what_cleaning_took_out_is_told_once_with_its_reason():
    raw = f"{TEXT}\nSubscribe now\nSubscribe now\n \u00a0"
    spans = [Span(49, 62), Span(63, 76), Span(77, 79)]
    document = Document("d", raw, raw, removed=tuple(Removed(span, "subscription") for span in spans))
    shown = printed(document, Extraction((), ()))
    assert shown.count("left out") == 1
    assert "    left out  Subscribe now (subscription, 2 times)\n" in shown


def test_many_removals_are_counted_not_dropped_in_silence():
    raw = "\n".join(f"line {number:02}" for number in range(20))
    document = Document("d", raw, raw, removed=tuple(Removed(Span(8 * n, 8 * n + 7), "credit") for n in range(20)))
    assert "and 12 more; --explain shows all" in printed(document, Extraction((), ()))
    assert "line 19 (credit)" in printed(document, Extraction((), ()), explain=True)


def test_colour_stands_on_a_terminal_only(monkeypatch):
    for variable in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    coloured = printed(DOCUMENT, Extraction((CLAIM,), ()), out=Terminal())
    assert "\x1b[1;31mNorth Korean\x1b[0m" in coloured
    assert "[North Korean]" not in coloured
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b" not in printed(DOCUMENT, Extraction((CLAIM,), ()))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "[North Korean]" in printed(DOCUMENT, Extraction((CLAIM,), ()), out=Terminal())


@pytest.mark.parametrize("explain", [False, True])
def test_lines_fit_the_page_and_hang_under_their_label(explain):
    text = "North Korean guns went " + "very " * 60 + "far to Russia."
    claim = replace(CLAIM, evidence=Evidence(text, Span(0, len(text))), recipient=None, supplier=None, attribution=())
    shown = printed(Document("d", text, text), Extraction((claim,), ()), explain=explain)
    assert max(map(len, shown.splitlines())) <= WIDTH
    assert re.search(r"\n {14}very", shown)
    assert not re.search(r"[ \t]\n", shown)


def test_overlapping_values_are_one_bracket():
    claim = replace(
        CLAIM, supplier=replace(SUPPLIER, span=Span(15, 32)), recipient=replace(RECIPIENT, span=Span(21, 47))
    )
    assert (
        marked_sentence(DOCUMENT, claim, colour=False).plain == "[A general] said [North Korean guns went to Russia]."
    )


def test_words_outside_the_sentence_are_no_part_of_it():
    claim = replace(CLAIM, evidence=Evidence(TEXT[15:], Span(15, len(TEXT))))
    assert marked_sentence(DOCUMENT, claim, colour=False).plain == "[North Korean] guns went to [Russia]."


def test_an_endless_sentence_is_shown_around_its_used_words():
    text = "x " * 5000 + TEXT + " y" * 5000
    used = replace(SUPPLIER, span=Span(10015, 10027))
    claim = replace(CLAIM, evidence=Evidence(text, Span(0, len(text))), supplier=used, recipient=None, attribution=())
    shown = marked_sentence(Document("d", text, text), claim, colour=False).plain
    assert len(shown) < 1000
    assert shown.startswith("… x ")
    assert "[North Korean]" in shown
    assert shown.endswith(" y …")


def test_hostile_text_steers_no_terminal():
    shown = printed(hostile_document(), hostile_extraction(), explain=True)
    assert set(shown) & set("\x1b\x07\x9b\u202e") == set()
    assert "DENIED <script>alert(1)</script> (country unknown) → LY: �gnptanks" in shown


def test_markup_of_the_printer_is_text():
    text = "[bold]tanks[/bold] :smile: http://x.example"
    claim = replace(CLAIM, evidence=Evidence(text, Span(0, len(text))), supplier=None, recipient=None, attribution=())
    assert text in printed(Document("d", text, text), Extraction((claim,), ()))


def test_the_closing_line_says_what_this_is_not():
    page = Console(file=io.StringIO(), width=WIDTH)
    print_closing(page)
    assert "What sources say, not what is so." in page.file.getvalue()
