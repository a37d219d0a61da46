"""The text of a page: the article's lines, mended with what the page itself shows of them.

trafilatura decides what the article is. Three things it cannot know are put right by the blocks of the page:
paragraphs of the article's own kind that it stopped before, lines that are nothing but a link to another story, and
the headline, which it leaves to the metadata although claims are read from it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from armstrace.document import Place
from armstrace.ingest.html_blocks import Blocks, Found, part_line
from armstrace.ingest.html_body import Line, show_marks
from armstrace.ingest.html_places import Match, find_lines, place_line, signs_of
from armstrace.ingest.metadata import tidy

# Share of a line's signs that lie in links, from which on the line is a pointer and no sentence.
LINKED = 0.75
FEWEST_LINK_WORDS = 5  # fewer may be a name in a list
MOST_POINTERS = 1 / 3  # of the text; above, the page is a list of links and is read as such
MAIN_PATH = 0.4  # share of the article's signs that make a kind of place one of its own
SHORTEST_MISSED = 40
_ENDS = re.compile(r"[.!?…][\"'”’»)\]]{0,3}$")
_COVERED = 0.5
MOST_GLUED = 2  # blocks in the only line of an article; more, and it is the whole page run together
_FIRST_LINES = 4
_LONGEST_HEADLINE = 400
_LIKE_TITLE = 0.5  # share of common words
# Where a page holds nothing else: what its words are in then.
_LAST_RESORT = frozenset(("shown without frames only", "shown without scripts only", "form"))


@dataclass(frozen=True, slots=True)
class Article:
    """The text of a page, its headline if the page shows one, its places, and where its signs stand on the page.

    ``pointers`` are the blocks that were taken out of it because they only point to other pages; ``told`` tells whether
    an article was told apart from the rest of the page.
    """

    text: str
    headline: str | None
    places: tuple[Place, ...]
    matches: tuple[Match, ...]
    pointers: frozenset[int]
    told: bool


def make_article(blocks: Blocks, lines: Sequence[Line], titles: Sequence[str]) -> Article:
    """Return the text of a page from the lines of its article; ``titles`` are what the page calls itself.

    Without lines every block that belongs to no navigation, form or the like is read.
    """
    matches = find_lines(blocks.signs.text, [signs_of(line.text) for line in lines])
    whole = [Found(*pair) for pair in zip(lines, matches, strict=True)]
    found = [part for one in whole for part in part_line(blocks, one)]
    glued = len(whole) == 1 and len(found) > MOST_GLUED
    found = [] if glued else found
    told = bool(found)
    found = found or list(_whole_page(blocks))
    headline = _headline(blocks, titles)
    title = None if headline is None else blocks.line_of(headline).line.text
    found, pointers = _part_pointers(blocks, found, signs_of(title or ""))
    found = _add_missed(blocks, found, headline)
    found = _set_headline(blocks, found, headline)
    text: list[str] = []
    places: list[Place] = []
    offset = 0
    for number, (line, where) in enumerate(found):
        gap = line.gap if number else ""
        offset += len(gap)
        places += place_line(line.text, offset, where, blocks.page.source, blocks.signs)
        text += (gap, show_marks(line.text))
        offset += len(line.text)
    where_all = tuple(match for one in found for match in one.matches)
    return Article("".join(text), tidy(title), tuple(places), where_all, pointers, told)


def _whole_page(blocks: Blocks) -> Iterator[Found]:
    """Yield the blocks outside navigation and the like; those with such a role where the page has no others."""
    numbers = [number for number, (start, end) in enumerate(blocks.bounds) if end > start]
    plain = [number for number in numbers if not blocks.page.blocks[number].role]
    for number in plain or [number for number in numbers if blocks.page.blocks[number].role in _LAST_RESORT]:
        yield blocks.line_of(number)


def _part_pointers(blocks: Blocks, found: list[Found], title: str) -> tuple[list[Found], frozenset[int]]:
    """Return the lines that do not just point to other pages, and the blocks of those that do.

    A page that is made of pointers is read as it is.
    """
    pointers = [one for one in found if _is_pointer(blocks, one) and signs_of(one.line.text) != title]
    size = sum(len(one.line.text) for one in pointers)
    if size > MOST_POINTERS * sum(len(one.line.text) for one in found):
        return found, frozenset()
    gone = set(map(id, pointers))
    numbers = frozenset(blocks.block_at(match.page) for one in pointers for match in one.matches)
    return [one for one in found if id(one) not in gone], numbers


def _is_pointer(blocks: Blocks, found: Found) -> bool:
    """Tell whether a line is a link with a label at most ("Read more: ..."), and no sentence."""
    line, matches = found
    size = sum(match.size for match in matches)
    if line.kind in {"head", "row"} or len(line.text.split()) < FEWEST_LINK_WORDS or not size:
        return False
    linked = sum(blocks.linked(match.page, match.page + match.size) for match in matches)
    return linked >= LINKED * len(signs_of(line.text)) and not _ENDS.search(line.text)


def _add_missed(blocks: Blocks, found: list[Found], headline: int | None) -> list[Found]:
    """Add sentences of the article: where most of its text stands, and between headline and text (the lead)."""
    covered = blocks.covered([match for one in found for match in one.matches])
    taken = [number for number, (start, end) in enumerate(blocks.bounds) if covered[number] > _COVERED * (end - start)]
    if not taken:
        return found
    paths: Counter[int] = Counter()
    articles: Counter[int] = Counter()
    for number in taken:
        paths[blocks.page.blocks[number].path] += covered[number]
        articles[blocks.page.blocks[number].article] += covered[number]
    own = {path for path, size in paths.items() if size >= MAIN_PATH * paths.total()}
    article = max(articles, key=lambda one: (articles[one], -one))
    leads = range(taken[0] if headline is None else headline + 1, taken[0])
    seen = {signs_of(one.line.text) for one in found}
    missed: list[int] = []
    for number in (*leads, *_reach(blocks, taken, article)):
        block, words = blocks.page.blocks[number], blocks.text_of(number)
        placed = block.article == article and (number < taken[0] or block.path in own)
        if placed and not covered[number] and words not in seen and _is_missed(blocks, number):
            missed.append(number)
            seen.add(words)
    return _insert(found, [blocks.line_of(number) for number in missed])


def _reach(blocks: Blocks, taken: Sequence[int], article: int) -> range:
    """Return the blocks among which paragraphs may have been missed: up to the next story on the page."""
    last = taken[-1]
    if article:
        following = range(last + 1, len(blocks.bounds))
        last = next((n - 1 for n in following if blocks.page.blocks[n].tag == "h1"), len(blocks.bounds) - 1)
    return range(taken[0], last + 1)


def _is_missed(blocks: Blocks, number: int) -> bool:
    start, end = blocks.bounds[number]
    if end - start < SHORTEST_MISSED or blocks.page.blocks[number].role:
        return False
    return blocks.linked(start, end) < (end - start) / 2 and bool(_ENDS.search(blocks.text_of(number)))


def _insert(found: list[Found], missed: Sequence[Found]) -> list[Found]:
    """Put lines before the first line that stands behind them on the page."""
    queue, result = list(missed), []
    for one in found:
        while queue and one.matches and queue[0].matches[0].page < one.matches[0].page:
            result.append(queue.pop(0))
        result.append(one)
    return result + queue


def _headline(blocks: Blocks, titles: Sequence[str]) -> int | None:
    """Return the block of the headline that the page shows: a heading that shares most words with a title of it."""
    wanted = [frozenset(title.casefold().split()) for title in titles]
    for number, block in enumerate(blocks.page.blocks):
        start, end = blocks.bounds[number]
        if block.tag != "h1" or not 0 < end - start <= _LONGEST_HEADLINE:
            continue
        words = frozenset(blocks.line_of(number).line.text.casefold().split())
        if any(len(words & title) > len(words | title) * _LIKE_TITLE for title in wanted):
            return number
    return None


def _set_headline(blocks: Blocks, found: list[Found], number: int | None) -> list[Found]:
    """Return the lines with the headline first, once."""
    if number is None:
        return found
    signs = blocks.text_of(number)
    if any(signs_of(one.line.text) == signs for one in found[:_FIRST_LINES]):
        return found
    return [blocks.line_of(number), *found]
