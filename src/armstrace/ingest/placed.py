"""A text put together from pieces of an original, each with the place that it came from."""

from __future__ import annotations

from armstrace.document import Place, Span


class PlacedText:
    """A text that grows at its end; pieces that follow each other in the original become one place."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self.length = 0

    def add(self, text: str, part: str = "", source: Span | None = None) -> None:
        """Append words of ``part``; ``source`` counts the characters of that part."""
        if not text:
            return
        place = Place(Span(self.length, self.length + len(text)), part, source)
        if self._places and (joined := _join(self._places[-1], place)):
            self._places[-1] = joined
        else:
            self._places.append(place)
        self.add_bare(text)

    def add_bare(self, text: str) -> None:
        """Append what stands nowhere in the original: the blanks and line breaks between its pieces."""
        self._pieces.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "".join(self._pieces)

    @property
    def places(self) -> tuple[Place, ...]:
        """Return the places so far, in the order of the text."""
        return tuple(self._places)


def _join(one: Place, other: Place) -> Place | None:
    """Return two neighbours of equal length on both sides as one place, None where something is between them."""
    if one.part != other.part or one.source is None or other.source is None or one.span.end != other.span.start:
        return None
    if one.source.end != other.source.start or not (_is_even(one) and _is_even(other)):
        return None
    return Place(Span(one.span.start, other.span.end), one.part, Span(one.source.start, other.source.end))


def _is_even(place: Place) -> bool:
    source = place.source
    return source is not None and source.end - source.start == place.span.end - place.span.start
