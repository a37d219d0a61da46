"""From a document to its claims: candidates, the story's missing parties, scores, values with their spans."""

from __future__ import annotations

from dataclasses import dataclass

from armstrace.extract.attribution import Attribution
from armstrace.extract.candidates import find_candidates
from armstrace.extract.context import context_claims
from armstrace.extract.make import Draft, Rejected, evidence_of, make_claims, why_unfit
from armstrace.extract.merge import merge_repeats
from armstrace.extract.notices import read_notices, without_repeats
from armstrace.extract.read import read_document
from armstrace.extract.reference import Story
from armstrace.extract.scoring import THRESHOLD, score
from armstrace.extract.sources import Speakers
from armstrace.extract.status import find_standing
from armstrace.extract.story import complete
from armstrace.language import Language
from armstrace.lexicon.load import Lexicon
from armstrace.model import Claim, Document

_MEMORY = 200  # claims looked back on for "the deal" (long texts stay linear)


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read from one document."""

    claims: tuple[Claim, ...]
    rejected: tuple[Rejected, ...]


def extract_claims(document: Document, language: Language, lexicon: Lexicon) -> tuple[Claim, ...]:
    """Return the claims of a document in reading order; see ``extract`` for what was left out and why."""
    return extract(document, language, lexicon).claims


def extract(document: Document, language: Language, lexicon: Lexicon) -> Extraction:
    """Return the claims of a document and the candidates that gave none."""
    notice = read_notices(document, lexicon)
    reading = read_document(document, language, lexicon)
    if reading is None:
        return Extraction(notice.claims, notice.rejected)
    story = Story(reading)
    attribution = Attribution(reading, Speakers(story))
    drafts: list[Draft] = []
    rejected: list[Rejected] = [*notice.rejected]
    for sentence in (s for s in reading.sentences if not notice.covers(s.span)):
        for candidate in find_candidates(story, sentence, attribution.speaker_country(sentence)):
            standing = find_standing(candidate, lexicon)
            complete(story, candidate, standing, [d.claim for d in drafts[-_MEMORY:]])
            total, reasons = score(candidate, standing, reading.home)
            unfit = why_unfit(candidate, standing)
            if unfit or total < THRESHOLD:
                rejected.append(
                    Rejected(evidence_of(reading, sentence), candidate.word, (*unfit, f"score {total:g}", *reasons))
                )
                continue
            chain = attribution.chain_of(sentence, candidate.trigger)
            drafts += make_claims(reading, candidate, standing, chain, reasons)
    transfers = without_repeats(notice, merge_repeats(drafts))
    return Extraction((*transfers, *context_claims(reading, attribution, transfers)), tuple(rejected))
