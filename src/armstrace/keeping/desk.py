"""Claims as they will be told once a change is worked in: those that change stand before those that are stored."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from sqlalchemy import Connection

from armstrace.group.clusters import Block, block_of
from armstrace.group.regroup import Members
from armstrace.keeping.told_rows import told_from_json, told_to_json
from armstrace.lexicon.match import Matcher
from armstrace.model import ClaimKind
from armstrace.register.known import known_from
from armstrace.store.told import (
    Sides,
    ToldRow,
    told_about,
    told_of_blocks,
    told_of_documents,
    told_of_ids,
    told_of_parts,
    told_of_sides,
)
from armstrace.told import Told


class Entry(NamedTuple):
    """A claim with its block; claims of other kinds than transfers have none."""

    told: Told
    block: Block | None


class Desk:
    """The claims of a store with those that change; everything is read once.

    ``before`` holds the stored rows of claims that change or go, ``fresh`` the claims that change or come. ``parts``
    takes, by claim, the parts that are made anew.
    """

    def __init__(
        self, connection: Connection, fresh: Mapping[str, Told], before: Mapping[str, ToldRow], names: Matcher
    ) -> None:
        self._connection = connection
        self._names = names
        self._changed = fresh.keys() | before.keys()
        self._read: dict[str, Entry] = {}
        self.fresh = {one: self._entry(told) for one, told in fresh.items()}
        self.before = before
        self.parts: dict[str, str] = {}

    def of_ids(self, claims: Iterable[str]) -> dict[str, Entry]:
        """Return claims by id, those that there are."""
        wanted = set(claims)
        known = {one: self._read[one] for one in wanted & self._read.keys()}
        stored = told_of_ids(self._connection, wanted - known.keys() - self._changed)
        return {**known, **self._with_fresh(stored, lambda entry: entry.told.claim.id in wanted)}

    def of_blocks(self, blocks: Iterable[Block]) -> dict[str, Entry]:
        """Return the transfer claims of blocks."""
        wanted = frozenset(blocks)
        stored = told_of_blocks(self._connection, wanted)
        return self._with_fresh(stored, lambda entry: entry.block in wanted)

    def whole_beside(self, blocks: Iterable[Block]) -> dict[str, Entry]:
        """Return the claims of known parties with a party that one of these open blocks has."""
        wanted: frozenset[Sides] = frozenset(blocks)

        def is_beside(entry: Entry) -> bool:
            block = entry.block
            return block is not None and block.is_whole and not wanted.isdisjoint(open_sides(block))

        return self._with_fresh(told_of_sides(self._connection, wanted), is_beside)

    def about(self, claims: Iterable[str], documents: Iterable[str]) -> dict[str, Entry]:
        """Return the claims of other kinds that refer to claims, or stand in documents."""
        ids, places = set(claims), set(documents)
        stored = [row for row in told_of_documents(self._connection, places) if not row.is_transfer]
        stored += told_about(self._connection, ids)
        return self._with_fresh(
            stored, lambda e: e.block is None and (e.told.claim.refers_to in ids or e.told.claim.document in places)
        )

    def of_document(self, document: str) -> dict[str, Entry]:
        """Return all claims of a document."""
        stored = told_of_documents(self._connection, [document])
        return self._with_fresh(stored, lambda entry: entry.told.claim.document == document)

    def members(self, parts: Iterable[str]) -> dict[str, Members]:
        """Return parts, by their first claim, with their claims; those that there are."""
        wanted = set(parts)
        stored = [row for row in told_of_parts(self._connection, wanted) if row.claim_id not in self.parts]
        entries = self._with_fresh(stored, lambda _: False)
        remade = (claim for claim, part in self.parts.items() if part in wanted)
        return self.gather({**entries, **self.of_ids(remade)})

    def gather(self, entries: Mapping[str, Entry]) -> dict[str, Members]:
        """Return transfer claims as the parts that they make, by first claim; all of each part must be given."""
        found: dict[str, list[Entry]] = {}
        part_of = self.parts_of(entries)
        for one, entry in sorted(entries.items()):
            if entry.block is not None:
                found.setdefault(part_of[one], []).append(entry)
        return {
            part: Members(held[0].block or Block(None, None), tuple(one.told for one in held))
            for part, held in found.items()
        }

    def parts_of(self, claims: Iterable[str]) -> dict[str, str]:
        """Return the part of each transfer claim that there is, by claim."""
        wanted = set(claims)
        found = {one: self.parts[one] for one in wanted & self.parts.keys()}
        rest = wanted - found.keys() - self._changed
        stored = {row.claim_id: row.part for row in told_of_ids(self._connection, rest) if row.part is not None}
        return {**found, **stored}

    def row(self, claim: str) -> ToldRow:
        """Return the row of a claim that changes."""
        told, block = self.fresh[claim]
        supplier, recipient = block or (None, None)
        refers_to = told.claim.refers_to
        sides = (block is not None, supplier, recipient)
        part, day = self.parts.get(claim), known_from(told.published)
        return ToldRow(claim, told.claim.document, *sides, part, refers_to, day, told_to_json(told))

    def _entry(self, told: Told) -> Entry:
        return Entry(told, block_of(told, self._names) if told.claim.kind is ClaimKind.TRANSFER else None)

    def _with_fresh(self, stored: Iterable[ToldRow], is_wanted: Callable[[Entry], bool]) -> dict[str, Entry]:
        found = {row.claim_id: self._kept(row) for row in stored if row.claim_id not in self._changed}
        return {**found, **{one: entry for one, entry in self.fresh.items() if is_wanted(entry)}}

    def _kept(self, row: ToldRow) -> Entry:
        if row.claim_id not in self._read:
            block = Block(row.supplier, row.recipient) if row.is_transfer else None
            self._read[row.claim_id] = Entry(told_from_json(row.body), block)
        return self._read[row.claim_id]


def open_sides(block: Block) -> tuple[Block, Block]:
    """Return the open blocks whose parts may join those of a block of known parties."""
    return Block(block.supplier, None), Block(None, block.recipient)


def block_of_row(row: ToldRow) -> Block | None:
    """Return the block of a stored claim."""
    return Block(row.supplier, row.recipient) if row.is_transfer else None
