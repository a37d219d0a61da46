"""Where words of a document stand in its original: on which page, in which part, at which characters."""

from __future__ import annotations

from armstrace.document import Document, Place, Span


def find_places(document: Document, span: Span) -> tuple[Place, ...]:
    """Return where a stretch of ``document.text`` stands in the original, in reading order.

    A place that holds the same characters one by one is cut to the stretch; where the original writes them otherwise
    (an entity, a hyphen at the end of a line) the whole run is named. What joins two runs, and stands in no original,
    has no place. A document without a map is its original.
    """
    if not document.places:
        return (Place(span, "", span),)
    return tuple(_cut(place, span) for place in document.places if place.span.touches(span))


def _cut(place: Place, span: Span) -> Place:
    start, end = max(place.span.start, span.start), min(place.span.end, span.end)
    source = place.source
    if source is None or source.end - source.start != place.span.end - place.span.start:
        return place
    offset = source.start - place.span.start
    return Place(Span(start, end), place.part, Span(start + offset, end + offset))


def describe_places(places: tuple[Place, ...]) -> str:
    """Return places in words: "page 3, characters 812-840"; neighbours of one part are told as one."""
    told: dict[str, tuple[int, int] | None] = {}
    for place in places:
        known = told.get(place.part)
        if place.source is None:
            told.setdefault(place.part, None)
        elif known is None:
            told[place.part] = place.source
        else:
            told[place.part] = (min(known[0], place.source.start), max(known[1], place.source.end))
    parts = ((part or "the file", where) for part, where in told.items())
    return "; ".join(f"{part}, characters {w[0]}-{w[1]}" if w else f"{part}, place unknown" for part, w in parts)
