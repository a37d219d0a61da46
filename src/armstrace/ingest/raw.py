"""What the readers of formats take and give: bytes with what is known of them in, texts and failures out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from armstrace.document import Capture, Fact, LeftOut, Metadata, Place


@dataclass(frozen=True, slots=True)
class RawText:
    """One text taken out of its original, and the name that its document goes by.

    ``evidence`` are the bytes that it was read from; ``identity`` tells apart several texts of the same bytes (the
    entries of a feed), None where the bytes hold one. ``places`` as in ``Document``.
    """

    id: str
    text: str
    metadata: Metadata = field(default_factory=Metadata)
    format: str = "text"
    facts: tuple[Fact, ...] = ()
    places: tuple[Place, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    evidence: bytes = field(default=b"", repr=False)
    identity: str | None = None
    capture: Capture = field(default_factory=lambda: Capture(""))


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes whose format is still to be told from their content.

    ``name`` is the name of the document to come; ``known`` and ``facts`` what the container, feed or answer says of
    it; ``charset`` and ``media_type`` what it claims, which is a hint and no more. ``depth`` counts the containers
    around it. ``evidence`` are the original bytes where ``data`` were made of them (a page of a feed's entry), and
    ``part`` names them.
    """

    name: str
    data: bytes = field(repr=False)
    capture: Capture
    known: Metadata = field(default_factory=Metadata)
    facts: tuple[Fact, ...] = ()
    media_type: str | None = None
    charset: str | None = None
    depth: int = 0
    evidence: bytes = field(default=b"", repr=False)
    part: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """A container to be unpacked, as a stream that can be sought in; the other fields as in ``Piece``."""

    name: str
    stream: BinaryIO = field(repr=False)
    capture: Capture
    known: Metadata = field(default_factory=Metadata)
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, where, and why; it costs only itself. ``evidence`` are its bytes, if at hand."""

    where: str
    reason: str
    evidence: bytes = field(default=b"", repr=False)

    @property
    def told(self) -> str:
        """Where and why, as one sentence, whether the reason names the place or not."""
        return self.reason if self.reason.startswith(self.where) else f"{self.where}: {self.reason}"


@dataclass(frozen=True, slots=True)
class PassedOver(Unread):
    """What a container holds beside documents (pictures, styles, redirects): told, and no failure."""
