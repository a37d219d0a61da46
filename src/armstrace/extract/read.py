"""Reading a document: sentences parsed, names, arms, numbers, money and dates found; nothing decided yet."""

from __future__ import annotations

from armstrace.document import Document, Span
from armstrace.extract.items import find_items
from armstrace.extract.outlets import country_in_name
from armstrace.extract.reading import Reading, SentenceReading
from armstrace.extract.tree import Tree
from armstrace.language import Language, Sentence, Token
from armstrace.lexicon.entries import Entry, EntryKind
from armstrace.lexicon.load import Lexicon
from armstrace.lexicon.match import Hit
from armstrace.model import Quantity, Value, When
from armstrace.text.dates import find_dates
from armstrace.text.money import find_money
from armstrace.text.quantities import find_quantities
from armstrace.text.quotations import find_quotations
from armstrace.text.sentences import split_sentences

# Sentences on each side of arms that are parsed. A parse of a text's other sentences, some of which name parties and
# speakers, would change one claim in two hundred (docs/quality.md), and it is half the time that reading takes.
_BESIDE = 2
_ARMS_BEFORE, _ARMS_AFTER = 2, 1  # sentences around a transfer word in which arms may stand ("the sale")
_PARTY_BEFORE = 1  # sentences before it in which a party may stand
_LEAST_LETTERS = 12  # fewer capitals are an abbreviation, no headline


def read_document(document: Document, language: Language, lexicon: Lexicon) -> Reading | None:
    """Return the document as read, or None where no arms are spoken of at all."""
    spans = split_sentences(document.text)
    hits = [
        lexicon.matcher.find(span.of(document.text), capitals=_is_capitals(span.of(document.text))) for span in spans
    ]
    near = _near_arms([_speaks_of_arms(h, s.of(document.text), lexicon) for h, s in zip(hits, spans, strict=True)])
    if not near:
        return None
    parsed = language.analyse(document.text, spans, near)
    sentences = tuple(
        _sentence(document, lexicon, s, number, found)
        for number, (s, found) in enumerate(zip(parsed, hits, strict=True))
    )
    outlet = outlet_of(document, lexicon)
    return Reading(
        document=document,
        lexicon=lexicon,
        sentences=sentences,
        quotations=find_quotations(document.text),
        home=outlet.country if outlet else None,
        outlet=outlet,
        roles=language.read_roles(parsed, _may_tell(sentences, lexicon), document.metadata.title or ""),
    )


def _may_tell(sentences: tuple[SentenceReading, ...], lexicon: Lexicon) -> list[int]:
    """Return the numbers of the sentences that the role network reads: a transfer word, with arms and a party near."""
    arms = [bool(s.items) for s in sentences]
    parties = [any(e.country for hit in s.hits for e in hit.entries) for s in sentences]
    return [
        n
        for n, sentence in enumerate(sentences)
        if any(arms[max(0, n - _ARMS_BEFORE) : n + _ARMS_AFTER + 1])
        and any(parties[max(0, n - _PARTY_BEFORE) : n + 1])
        and any(_is_transfer_word(token, lexicon) for token in sentence.tree.tokens)
    ]


def _is_transfer_word(token: Token, lexicon: Lexicon) -> bool:
    if token.upos in {"VERB", "AUX"}:
        return token.lemma.lower() in lexicon.transfer.verbs
    return token.upos in {"NOUN", "PROPN"} and token.lemma.lower() in lexicon.transfer.nouns


def outlet_of(document: Document, lexicon: Lexicon) -> Entry | None:
    """Return the publishing outlet: from the metadata, else from a wire credit or dateline.

    One that the lexicon does not know has the country that its own name tells ("Nairobi Courier"), if any.
    """
    given = document.metadata.outlet or ""
    for name in (given, *(f.text for f in document.facts if f.kind in {"wire", "dateline", "credit"})):
        entry = lexicon.outlets.get(name.strip(" ()").lower()) or _named_in(name, lexicon)
        if entry:
            return entry
    country = country_in_name(given, lexicon)
    return Entry(EntryKind.OUTLET, given, country) if country else None


def _named_in(words: str, lexicon: Lexicon) -> Entry | None:
    """Return the outlet named among other words, by a strong name: the "Post" of "Lakeside Post" may be anybody's."""
    for hit in lexicon.matcher.find(words):
        for entry in hit.entries:
            if entry.kind is EntryKind.OUTLET and entry.strong:
                return entry
    return None


def _speaks_of_arms(hits: tuple[Hit, ...], words: str, lexicon: Lexicon) -> bool:
    named = any(e.kind in {EntryKind.WEAPON_NOUN, EntryKind.WEAPON_TYPE} for h in hits for e in h.entries)
    return named or bool(lexicon.transfer.arming.search(words)) or lexicon.designations.stand_in(words)


def _near_arms(speaks: list[bool]) -> set[int]:
    """Return the numbers of the sentences that speak of arms, and of those beside them."""
    last = len(speaks) - 1
    return {
        near
        for number, of_arms in enumerate(speaks)
        if of_arms
        for near in range(max(0, number - _BESIDE), min(last, number + _BESIDE) + 1)
    }


def _is_capitals(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    return len(letters) > _LEAST_LETTERS and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def _sentence(
    document: Document, lexicon: Lexicon, sentence: Sentence, number: int, found: tuple[Hit, ...]
) -> SentenceReading:
    offset = sentence.span.start
    hits = tuple(Hit(Span(h.span.start + offset, h.span.end + offset), h.entries) for h in found)
    tree = Tree(sentence, number, lexicon.sets)
    at = {i: h for h in hits for i in range(tree.at(h.span.start), tree.at(h.span.end - 1) + 1) if i >= 0}
    words = sentence.span.of(document.text)
    bare = SentenceReading(
        tree=tree,
        span=sentence.span,
        hits=hits,
        at=at,
        quantities=tuple(_moved_quantity(q, offset) for q in find_quantities(words)),
        money=tuple(_moved_value(v, offset) for v in find_money(words)),
        dates=tuple(_moved_when(w, offset) for w in find_dates(words, document.metadata.published)),
    )
    return SentenceReading(
        tree,
        sentence.span,
        hits,
        at,
        find_items(bare, lexicon, document.text),
        bare.quantities,
        bare.money,
        bare.dates,
    )


def _moved_quantity(quantity: Quantity, offset: int) -> Quantity:
    span = Span(quantity.span.start + offset, quantity.span.end + offset)
    return Quantity(quantity.text, quantity.low, quantity.best, quantity.high, quantity.unit, span)


def _moved_value(value: Value, offset: int) -> Value:
    span = Span(value.span.start + offset, value.span.end + offset)
    return Value(value.text, value.amount, value.low, value.high, value.currency, span)


def _moved_when(when: When, offset: int) -> When:
    span = Span(when.span.start + offset, when.span.end + offset) if when.span else None
    return When(when.text, when.start, when.end, when.precision, span)
