"""From a document to its claims: candidates, the story's missing parties, scores, values with their spans."""

from __future__ import annotations

from dataclasses import dataclass, replace

from armstrace.document import Document
from armstrace.extract.attribution import Attribution
from armstrace.extract.candidate import Candidate
from armstrace.extract.candidates import find_candidates
from armstrace.extract.certainty import speaks_of_own_act
from armstrace.extract.chain import Chain
from armstrace.extract.context import context_claims
from armstrace.extract.denials import find_denials
from armstrace.extract.link import link
from armstrace.extract.make import Draft, Rejected, evidence_of, make_claims, why_unfit
from armstrace.extract.merge import merge_repeats
from armstrace.extract.notices import read_notices, without_repeats
from armstrace.extract.read import read_document
from armstrace.extract.reading import Reading
from armstrace.extract.reference import Story
from armstrace.extract.scoring import THRESHOLD, score
from armstrace.extract.sources import Speakers
from armstrace.extract.standing import Standing
from armstrace.extract.status import find_standing
from armstrace.extract.story import complete
from armstrace.extract.votes import SURE
from armstrace.language import Language
from armstrace.lexicon.load import Lexicon
from armstrace.model import Claim

_MEMORY = 200  # claims looked back on for "the deal" (long texts stay linear)
_NOTHING_FOUND = "that nothing was found of it neither says nor denies it"


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
        for readings in find_candidates(story, sentence, attribution.speaker_country(sentence)):
            judged = judge(story, readings, lexicon, [d.claim for d in drafts[-_MEMORY:]])
            if judged.unfit or judged.total < THRESHOLD:
                rejected.append(judged.rejected(reading))
                continue
            chain = who_says_so(attribution, judged.candidate)
            if judged.standing.unproven and not speaks_of_own_act(judged.candidate, chain):
                rejected.append(replace(judged, unfit=(_NOTHING_FOUND,)).rejected(reading))
                continue
            drafts += make_claims(reading, judged.candidate, judged.standing, chain, judged.reasons)
        drafts += find_denials(story, attribution, sentence, drafts)
    transfers = without_repeats(notice, merge_repeats(drafts))
    return Extraction((*transfers, *context_claims(reading, attribution, transfers)), tuple(rejected))


@dataclass(frozen=True, slots=True)
class Judged:
    """A transfer word with its parties chosen, its score and the reasons."""

    candidate: Candidate
    standing: Standing
    total: float
    reasons: tuple[str, ...]
    unfit: tuple[str, ...]

    def rejected(self, reading: Reading) -> Rejected:
        """Return what is told of a reading that gives no claim."""
        evidence = evidence_of(reading, self.candidate.sentence)
        return Rejected(evidence, self.candidate.word, (*self.unfit, f"score {self.total:g}", *self.reasons))


def judge(story: Story, readings: list[Candidate], lexicon: Lexicon, earlier: list[Claim]) -> Judged:
    """Complete the readings of a transfer word, choose the parties among them, and score what comes out."""
    for candidate in readings:
        complete(story, candidate, find_standing(candidate, lexicon), earlier)
    linked = link(story, readings, earlier)
    standing = find_standing(linked, lexicon)
    total, reasons = score(linked, standing, story.reading.home)
    return Judged(linked, standing, total, reasons, why_unfit(linked, standing))


def who_says_so(attribution: Attribution, candidate: Candidate) -> Chain:
    """Return the chain of a claim; where the rules find only the outlet itself, whom the network marks as source."""
    chain = attribution.chain_of(candidate.sentence, candidate.trigger)
    vote = candidate.vote
    if vote is None or vote.probability < SURE or any(source.span for source in chain.sources):
        return chain
    for head in vote.heads(candidate.sentence.tree, "origin"):
        source = attribution.source_of(candidate.sentence, head)
        if source:
            chain.sources = [source]
            chain.rules.append("the network: who says so")
            break
    return chain
