"""Blocks whose claims changed made into parts anew, and what parts with an unknown party choose because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from armstrace.group.clusters import Block, Choice, Fit, choose_part
from armstrace.group.compared import Judgement
from armstrace.group.regroup import Members, find_fits, is_open, parts_of
from armstrace.keeping.desk import Desk, Entry, block_of_row, open_sides
from armstrace.keeping.telling import partners_of
from armstrace.lexicon.match import Matcher
from armstrace.store.told import Fitting, choices_of, fits_of, fits_with, told_of_blocks


@dataclass(frozen=True, slots=True)
class Parts:
    """What becomes of parts.

    Attributes:
        blocks: those that were made anew.
        gone: the first claims of parts that are no more, or no more the same.
        remade: the parts that came in their place, by first claim.
        fits: what fits newly.
        decided: the first claims of open parts that chose anew, with their choice.
        before: what these, and those that are gone, had chosen.
    """

    blocks: frozenset[Block]
    gone: frozenset[str]
    remade: Mapping[str, Members]
    fits: tuple[Fitting, ...] = ()
    decided: Mapping[str, Choice | None] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)


class Regrouping:
    """Makes parts anew on a desk; ``touched`` are claims that changed or that a person judged anew."""

    def __init__(self, connection: Connection, desk: Desk, names: Matcher, judgements: Sequence[Judgement]) -> None:
        self._connection = connection
        self._desk = desk
        self._names = names
        self._judgements = judgements
        self._same = partners_of(_in_force(judgements))

    def regroup(self, touched: frozenset[str]) -> Parts:
        """Return what becomes of the parts of all blocks that hold, or held, one of the claims."""
        made = self._make_parts(self._blocks(touched), touched)
        fits = tuple(self._find_fits(made))
        return self._choose(made, fits)

    def _blocks(self, touched: frozenset[str]) -> frozenset[Block]:
        now = (entry.block for entry in self._desk.of_ids(touched).values())
        then = (block_of_row(row) for row in self._desk.before.values())
        return frozenset(block for block in (*now, *then) if block is not None)

    def _make_parts(self, blocks: frozenset[Block], touched: frozenset[str]) -> Parts:
        by_block: dict[Block, dict[str, Entry]] = {block: {} for block in blocks}
        for one, entry in self._desk.of_blocks(blocks).items():
            by_block[entry.block or Block(None, None)][one] = entry
        old: dict[str, set[str]] = {}
        for row in told_of_blocks(self._connection, blocks):
            old.setdefault(row.part or row.claim_id, set()).add(row.claim_id)
        remade: dict[str, Members] = {}
        kept: set[str] = set()
        for block, entries in sorted(by_block.items(), key=lambda item: str(item[0])):
            for ids in parts_of([entry.told for entry in entries.values()], self._names, self._judgements):
                self._desk.parts.update(dict.fromkeys(ids, ids[0]))
                if old.get(ids[0]) == set(ids) and touched.isdisjoint(ids):
                    kept.add(ids[0])
                else:
                    remade[ids[0]] = Members(block, tuple(entries[one].told for one in ids))
        return Parts(blocks, frozenset(old.keys() - kept), remade)

    def _find_fits(self, made: Parts) -> Iterator[Fitting]:
        """Yield how well parts that are new fit those of known parties, or are fitted by open ones."""
        opens = {part: members for part, members in made.remade.items() if is_open(members.block)}
        wholes = {part: members for part, members in made.remade.items() if members.block.is_whole}
        beside = self._desk.gather(self._desk.whole_beside(members.block for members in opens.values()))
        sides = {side for members in wholes.values() for side in open_sides(members.block) if is_open(side)}
        fitting = self._desk.gather(self._desk.of_blocks(sides))
        pairs = [(part, other) for part, other in _by_sides(opens.values(), beside.values())]
        pairs += [
            (part, other) for part, other in _by_sides(fitting.values(), wholes.values()) if part.ids[0] not in opens
        ]
        yield from (Fitting(*fit) for fit in find_fits(pairs, self._names, self._judgements))

    def _choose(self, made: Parts, fits: tuple[Fitting, ...]) -> Parts:
        """Return the parts with the choices of those that may choose otherwise than they did."""
        lost = {fit.part for fit in fits_with(self._connection, made.gone)}
        asked = (
            {fit.part for fit in fits} | (lost - made.gone) | {p for p in made.remade if is_open(made.remade[p].block)}
        )
        stored = [f for f in fits_of(self._connection, asked - made.gone) if f.other not in made.gone]
        offers: dict[str, list[Fitting]] = {}
        for fit in (*stored, *fits):
            offers.setdefault(fit.part, []).append(fit)
        members = self._desk.members(asked)
        blocks = self._blocks_of(fit.other for found in offers.values() for fit in found)
        decided = {
            part: None if self._is_judged(members[part]) else choose_part(_offered(offers.get(part, ()), blocks))
            for part in sorted(asked)
        }
        before = {choice.part: choice.other for choice in choices_of(self._connection, asked | made.gone)}
        return Parts(made.blocks, made.gone, made.remade, fits, decided, before)

    def _blocks_of(self, parts: Iterable[str]) -> Mapping[str, Block]:
        return {one: entry.block for one, entry in self._desk.of_ids(parts).items() if entry.block is not None}

    def _is_judged(self, part: Members) -> bool:
        """Tell whether a person said of one of the claims that it belongs to a known one elsewhere."""
        others = {other for one in part.ids for other in self._same.get(one, ())} - set(part.ids)
        return any(entry.block is not None for entry in self._desk.of_ids(others).values())


def _offered(fits: Iterable[Fitting], blocks: Mapping[str, Block]) -> list[Fit]:
    return [Fit(fit.score, fit.other, blocks[fit.other]) for fit in fits]


def _in_force(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Return the judgements of one transfer that no later one took back."""
    latest = {frozenset({one.left, one.right}): one for one in judgements}
    return [one for one in latest.values() if one.is_same]


def _by_sides(opens: Iterable[Members], wholes: Iterable[Members]) -> Iterator[tuple[Members, Members]]:
    """Yield the open parts with those of known parties that they may join."""
    by_side: dict[Block, list[Members]] = {}
    for whole in wholes:
        for side in open_sides(whole.block):
            by_side.setdefault(side, []).append(whole)
    for part in opens:
        yield from ((part, whole) for whole in by_side.get(part.block, ()))
