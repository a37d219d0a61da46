"""Reads labelled texts as the reader does, and hands out every transfer word with what was made of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from armstrace.document import Document
from armstrace.evaluate import Gold, read_gold
from armstrace.extract.attribution import Attribution
from armstrace.extract.candidate import Candidate
from armstrace.extract.candidates import find_candidates
from armstrace.extract.claims import Judged, judge, who_says_so
from armstrace.extract.make import make_claims
from armstrace.extract.read import read_document
from armstrace.extract.reading import SentenceReading
from armstrace.extract.reference import Story
from armstrace.extract.scoring import THRESHOLD
from armstrace.extract.sources import Speakers
from armstrace.ingest.metadata import read_metadata
from armstrace.ingest.text import read_text_file
from armstrace.model import Claim
from armstrace.pipeline import Reader, load_reader, make_document
from armstrace.text.english import is_english


@dataclass(frozen=True, slots=True)
class Word:
    """One transfer word: its readings, completed from the story, what was judged of them, and the claims it would give.

    ``earlier`` are the claims told before it, ``home`` the outlet's own state.
    """

    story: Story
    sentence: SentenceReading
    readings: list[Candidate]
    judged: Judged
    claims: list[Claim]
    earlier: list[Claim]
    home: str | None


def replay_corpus(corpus: Path, ids_file: Path | None) -> Iterator[tuple[Word, list[Gold]]]:
    """Yield every transfer word of the labelled texts asked for (all, or the ids of a file), with the text's gold."""
    ids = frozenset(ids_file.read_text(encoding="utf-8").split()) if ids_file else None
    golds, given = read_gold(corpus / "gold", ids), read_metadata(corpus / "index.jsonl")
    reader = load_reader()
    for text, gold in golds.items():
        document = make_document(read_text_file(corpus / "texts" / f"{text}.txt"), given.get(text))
        if is_english(document.text):
            for word in replay(reader, document):
                yield word, gold


def replay(reader: Reader, document: Document) -> Iterator[Word]:
    """Yield the transfer words of one document in reading order."""
    reading = read_document(document, reader.language, reader.lexicon)
    if reading is None:
        return
    story = Story(reading)
    attribution = Attribution(reading, Speakers(story))
    earlier: list[Claim] = []
    for sentence in reading.sentences:
        for readings in find_candidates(story, sentence, attribution.speaker_country(sentence)):
            judged = judge(story, readings, reader.lexicon, earlier)
            chain = who_says_so(attribution, judged.candidate)
            drafts = make_claims(reading, judged.candidate, judged.standing, chain, judged.reasons)
            claims = [draft.claim for draft in drafts]
            yield Word(story, sentence, readings, judged, claims, [*earlier], reading.home)
            if judged.total >= THRESHOLD and not judged.unfit:
                earlier += claims
