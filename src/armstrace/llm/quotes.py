"""Where a quote stands in a document: word for word, but for white space and the shape of quotation marks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from armstrace.document import Document, Span
from armstrace.text.sentences import split_sentences

# Models straighten quotation marks, or bend them; one character for one, so that every offset holds.
_MARKS = str.maketrans({**dict.fromkeys("“”„‟", '"'), **dict.fromkeys("‘’‚‛", "'")})
MOST_SENTENCES = 3  # of one evidence: a sentence, or a quotation that our splitter and the model cut differently


class Quotes:
    """Finds quotes in one document; a span that it returns always covers the document's own characters."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self._raw = document.raw
        self._plain, self._offsets = normalised(document.text)
        self._sentences = split_sentences(document.text)
        self._starts = [s.start for s in self._sentences]
        self._found: dict[str, tuple[Span, ...]] = {}

    def find(self, quote: str, near: Span | None = None) -> Span | None:
        """Return where a quote stands as whole words, or None.

        Of several places the first inside ``near`` counts, then the last before it, then the first after it;
        without ``near`` the first of all.
        """
        words = normalised(quote)[0].strip()
        if words not in self._found:
            self._found[words] = tuple(self._places(words)) if words else ()
        places = self._found[words]
        if near is None:
            return places[0] if places else None
        return min(
            places, key=lambda s: (not near.holds(s), s.start > near.start, abs(s.start - near.start)), default=None
        )

    def sentence_of(self, span: Span) -> Span | None:
        """Return the one sentence that holds a span, None where it crosses the border of two."""
        number = bisect_right(self._starts, span.start) - 1
        if number < 0 or not self._sentences[number].holds(span):
            return None
        return self._sentences[number]

    def sentences_of(self, span: Span) -> Span | None:
        """Return the whole sentences, at most three, that a span touches.

        None where they are more, or where words that cleaning took out stand between them.
        """
        first = max(bisect_right(self._starts, span.start) - 1, 0)
        touched = [s for s in self._sentences[first : first + MOST_SENTENCES + 1] if s.touches(span)]
        if not touched or len(touched) > MOST_SENTENCES:
            return None
        whole = Span(touched[0].start, touched[-1].end)
        between = (self._raw[a.end : b.start] for a, b in pairwise(touched))
        return None if any(gap.strip() for gap in between) else whole

    def _places(self, words: str) -> Iterator[Span]:
        at = self._plain.find(words)
        while at >= 0:
            if self._is_whole(at, at + len(words)):
                yield Span(self._offsets[at], self._offsets[at + len(words) - 1] + 1)
            at = self._plain.find(words, at + 1)

    def _is_whole(self, start: int, end: int) -> bool:
        """Tell whether a stretch begins and ends at word borders: "Niger" does not stand in "Nigeria"."""
        before, after = self._plain[start - 1 : start] if start else "", self._plain[end : end + 1]
        cut = (before + self._plain[start], self._plain[end - 1] + after)
        return not any(len(pair) > 1 and pair.isalnum() for pair in cut)


def normalised(text: str) -> tuple[str, list[int]]:
    """Return the text with plain marks and single spaces, and for each of its characters the offset in the text."""
    plain: list[str] = []
    offsets: list[int] = []
    blank = False
    for offset, character in enumerate(text.translate(_MARKS)):
        space = character.isspace()
        if not (space and blank):
            plain.append(" " if space else character)
            offsets.append(offset)
        blank = space
    return "".join(plain), offsets
