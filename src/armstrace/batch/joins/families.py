"""Copy families over files: the order of the steps.

1. Each part gives the hashes of its documents (``sketching``); 2. all are numbered in the order of time
(``numbering``); 3. each bucket of hashes gives neighbours (``neighbours``); 4. each range of documents gives candidates
in chunks (``pairing``); 5. each part sends its documents to the chunks that wait for them (``texts``); 6. chunks say
what is standing text, and 7. which pairs are likely copies (``comparing``); 8. what these hold together
(``components``) is 9. sorted and 10. settled bucket by bucket (``settling``), and 11. put together in order.

Every step leaves files that are whole or not there; what is there is not made again. The steps 2, 8 and 11 are of one
process, and so is what lies between steps; the others are work on pieces, in any order and by anybody.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from armstrace.batch.engines import Run
from armstrace.batch.joins.comparing import compare_chunk, find_standing, join_standing, likely_name, standing_name
from armstrace.batch.joins.components import find_components
from armstrace.batch.joins.neighbours import Shape, bucket_count, join_bucket, neighbours_name
from armstrace.batch.joins.numbering import FRAMES, RANGES, hashes_of, number_documents
from armstrace.batch.joins.outcome import write_copies, write_families
from armstrace.batch.joins.pairing import pair_range, pairs_name
from armstrace.batch.joins.plan import Part, Piece, Sizes
from armstrace.batch.joins.runs import read_about
from armstrace.batch.joins.settling import Gathering, copies_name, gather_range, gathered_name, settle_bucket
from armstrace.batch.joins.sketching import frames_name, sketch_part
from armstrace.batch.joins.texts import send_texts, texts_name
from armstrace.batch.joins.work_folder import Folder
from armstrace.errors import InputError
from armstrace.extractor import version_of
from armstrace.ids import content_id

Work = Callable[[Piece], None]
Name = Callable[[int], str]

SUMMARY: Final = "grouping.json"
_CODE: Final = ("batch/joins", "document.py", "group")  # what decides on families, and how they are written


class Grouped(NamedTuple):
    """What was found.

    Attributes:
        documents: all that were compared.
        candidates: pairs that share enough to be compared.
        compared: those compared word for word.
        likely: those that are likely copies.
        families: of two documents and more.
        members: documents in these.
        mark: of the documents, the sizes and the version that found this.
    """

    documents: int
    candidates: int
    compared: int
    likely: int
    families: int
    members: int
    mark: str = ""


class Grouping(NamedTuple):
    """Where the families go, who does the work, and who is told: a step with its pieces, then None for each done."""

    out: Folder
    run: Run
    tell: Callable[[str, int | None], None] = lambda _step, _pieces: None
    sizes: Sizes = Sizes()


def group_documents(grouping: Grouping, parts: Sequence[Part]) -> Grouped:
    """Write the copy families of the documents of parts, and their likely copies with the reasons.

    They are those that ``group.find_copies`` finds of the same documents at once, and the same bytes for whatever
    parts, sizes and workers; of documents with one id the first counts. A run that was broken off goes on where it was;
    one that is done is not done again.

    Raises:
        InputError: two parts have one name, or a part changed on the way.
    """
    ordered = tuple(sorted(parts, key=lambda part: part.name))
    _refuse_same_names(ordered)
    mark = content_id(grouping_mark(), *grouping.sizes, *(text for part in ordered for text in part[:2]))
    if grouping.out.has(SUMMARY):
        known = Grouped(**json.loads("".join(grouping.out.lines(SUMMARY))))
        if known.mark == mark:
            grouping.out.sub("work").remove()  # where the end came between the last two steps
            return known
    steps = _Steps(grouping, grouping.out.sub(f"work/{mark}"), ordered)
    found = steps.run()._replace(mark=mark)
    with grouping.out.writing(SUMMARY) as file:
        file.write(json.dumps(found._asdict(), indent=2).encode() + b"\n")
    grouping.out.sub("work").remove()
    return found


def grouping_mark() -> str:
    """Return the version of what finds families and writes them; of another, nothing that is there is used."""
    return version_of(_CODE)


def _refuse_same_names(parts: Sequence[Part]) -> None:
    for one, other in pairwise(parts):
        if one.name == other.name:
            raise InputError(f"{one.name}: two parts have this name; give each once")


class _Steps:
    """The steps over their pieces."""

    def __init__(self, grouping: Grouping, work: Folder, parts: tuple[Part, ...]) -> None:
        self._grouping, self._work, self._parts = grouping, work, parts

    def run(self) -> Grouped:
        """Do what is not done yet."""
        if not self._parts:
            return self._write(0, 0, (0,))
        sizes, work = self._grouping.sizes, self._work
        self._of_parts("sketches", partial(sketch_part, work, sizes.hashes), frames_name)
        number_documents(work, len(self._parts), sizes.hashes)
        bases = self._find_candidates(len(work.array(RANGES)) - 1)
        self._of_parts("texts", partial(send_texts, work, bases, sizes.characters), texts_name)
        self._of("standing text", partial(find_standing, work, bases), bases[-1], standing_name)
        join_standing(work, bases[-1])
        self._of("comparisons", partial(compare_chunk, work, bases), bases[-1], likely_name)
        documents = len(work.array(FRAMES))
        buckets = find_components(work, documents, bases[-1], sizes.pair_characters)
        self._of("gathering", partial(gather_range, work, Gathering(buckets, bases)), len(bases) - 1, gathered_name)
        self._of("families", partial(settle_bucket, work, len(bases) - 1), buckets, copies_name)
        return self._write(documents, buckets, bases)

    def _find_candidates(self, ranges: int) -> tuple[int, ...]:
        """Return the numbers of the first chunk of candidates of each range, and of all chunks."""
        sizes, work = self._grouping.sizes, self._work
        shape = Shape(len(self._parts), bucket_count(hashes_of(work, len(self._parts)), sizes.hashes), sizes.hashes)
        self._of("neighbours", partial(join_bucket, work, shape), shape.buckets, neighbours_name)
        self._of("candidates", partial(pair_range, work, shape, sizes), ranges, pairs_name)
        return tuple(accumulate((read_about(work, pairs_name(at))["chunks"] for at in range(ranges)), initial=0))

    def _of_parts(self, step: str, work: Work, name: Name) -> None:
        self._finish(
            step, work, [Piece(at, f"{step} of {part.name}", part) for at, part in enumerate(self._parts)], name
        )

    def _of(self, step: str, work: Work, count: int, name: Name) -> None:
        self._finish(step, work, [Piece(at, f"{step}, piece {at}") for at in range(count)], name)

    def _finish(self, step: str, work: Work, pieces: Sequence[Piece], name: Name) -> None:
        """Do the work on those pieces whose file, the last that the work on each writes, is not there yet."""
        left = [piece for piece in pieces if not self._work.has(name(piece.number))]
        self._grouping.tell(step, len(left))
        for _ in self._grouping.run(work, left):
            self._grouping.tell(step, None)

    def _write(self, documents: int, buckets: int, bases: tuple[int, ...]) -> Grouped:
        """Put the results of all buckets together in order, and count."""
        out, work = self._grouping.out, self._work
        members, families = write_families(out, work, buckets)
        write_copies(out, work, buckets)
        pairs = [read_about(work, pairs_name(at)) for at in range(len(bases) - 1)]
        chunks = [read_about(work, likely_name(at)) for at in range(bases[-1])]
        return Grouped(
            documents=documents,
            candidates=sum(about["pairs"] for about in pairs),
            compared=sum(about["compared"] for about in chunks),
            likely=sum(about["likely"] for about in chunks),
            families=families,
            members=members,
        )
