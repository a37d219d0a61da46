"""A candidate transfer: one transfer word with the parties and arms found around it."""

from __future__ import annotations

from dataclasses import dataclass, field

from armstrace.extract.parties import PartyReading
from armstrace.extract.reading import ItemMention, SentenceReading
from armstrace.extract.votes import Vote
from armstrace.lexicon.entries import Frame
from armstrace.model import Item, Quantity


@dataclass(slots=True)
class Candidate:
    """One transfer word with what stands around it.

    ``reading`` tells whose roles these are: grammar's, or the network's. ``told`` are the arms of an earlier sentence
    that "the sale" means, ``number`` how many of them; ``foreign``: its arms are such as an earlier claim says the same
    party got. ``unknown`` holds the roles that a phrase fills which names no known party ("several countries"): nobody
    else may fill them; ``closed`` those that the story may not fill. ``nations`` is item head -> country where its
    adjective names it. ``links`` are the names of the features that hold for the party chosen in each role;
    ``rules`` name how each part was found.
    """

    sentence: SentenceReading
    trigger: int
    frame: Frame
    verbal: bool
    suppliers: list[PartyReading] = field(default_factory=list)
    recipients: list[PartyReading] = field(default_factory=list)
    items: list[ItemMention] = field(default_factory=list)
    told: tuple[Item, ...] = ()
    number: Quantity | None = None
    foreign: bool = False
    via: list[PartyReading] = field(default_factory=list)
    nations: dict[int, str] = field(default_factory=dict)
    unknown: set[str] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    vote: Vote | None = None
    reading: str = "grammar"
    links: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules: list[str] = field(default_factory=list)

    @property
    def shut(self) -> set[str]:
        """Return the roles that neither the story nor the document may fill."""
        return self.unknown | self.closed

    @property
    def word(self) -> str:
        """Return the transfer word's lemma."""
        return self.sentence.tree.token(self.trigger).lemma.lower()
