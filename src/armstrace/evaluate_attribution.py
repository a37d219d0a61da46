"""Scores of attribution spans against a folder in the stand-off form of PolNeAR: sources, cues and contents.

Gold spans are flat: where attributions are nested, an inner span is cut out of the outer one's, as in the token files
of CofeNet (COLING 2022) that published figures are on. *exact*: both ends agree, but for blanks and commas outside;
*head*: the spans share the word that the others of the gold span hang on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from armstrace.errors import InputError
from armstrace.figures import Figures, figures_of, head_figures
from armstrace.pipeline import load_reader, read_attributions

NAMES = ("source", "cue", "content")
_EDGES = " \t\r\n,"  # whether a comma belongs to a span is a matter of taste

Offsets = tuple[int, int]
Marks = Mapping[str, Sequence[Offsets]]


class AttributionText(NamedTuple):
    """One text of the folder with its gold spans by name."""

    id: str
    text: str
    gold: dict[str, list[Offsets]]


def read_standoff(folder: Path) -> Iterator[AttributionText]:
    """Yield the texts of a folder that holds ``text/*.txt`` and ``attributions/*.ann``.

    Raises:
        InputError: the folder holds no such files, or one cannot be read.
    """
    files = sorted((folder / "attributions").glob("*.ann"))
    if not files:
        raise InputError(f"{folder}: no attributions/*.ann in it; a folder with text/ and attributions/ is expected")
    for file in files:
        stems = (file.stem, file.stem.rpartition("_")[0])  # an annotator's mark may end the name
        source = next((f for s in stems if (f := folder / "text" / f"{s}.txt").is_file()), folder / "text")
        try:
            text = source.read_bytes().decode("utf-8")
            gold = flat_spans(file.read_text(encoding="utf-8-sig").split("\n"), len(text))
        except (OSError, ValueError, IndexError) as error:
            raise InputError(f"{file}: cannot be read with {source.name} ({error})") from error
        yield AttributionText(file.stem, text, gold)


def flat_spans(lines: Sequence[str], length: int) -> dict[str, list[Offsets]]:
    """Return the spans of stand-off lines ("T1", "Source 0 5;8 9", words), each character in one span at most.

    Raises:
        ValueError: a place is none of a text of that length.
    """
    owners = [-1] * length
    spans: list[tuple[str, Offsets]] = []
    for line in lines:
        fields = line.split("\t")
        if not line.startswith("T") or fields[1].split(" ", 1)[0].lower() not in NAMES:
            continue
        name, places = fields[1].split(" ", 1)
        for fragment in places.split(";"):
            start, end = (int(place) for place in fragment.split())
            if not 0 <= start < end <= length:
                raise ValueError(f"{fragment} is no place in a text of {length} characters")
            spans.append((name.lower(), (start, end)))
    for number, (_, (start, end)) in sorted(enumerate(spans), key=lambda s: s[1][1][0] - s[1][1][1]):
        owners[start:end] = [number] * (end - start)  # shorter spans come later and cut into longer ones
    found: dict[str, list[Offsets]] = {name: [] for name in NAMES}
    begun = 0
    for place in range(1, length + 1):
        if place == length or owners[place] != owners[begun]:
            if owners[begun] >= 0:
                found[spans[owners[begun]][0]].append((begun, place))
            begun = place
    return found


class AttributionScores(NamedTuple):
    """Figures by name of span, exact and by head."""

    texts: int
    exact: dict[str, Figures]
    head: dict[str, Figures]


def score_attributions(
    texts: Sequence[AttributionText], found: Sequence[Marks], head_of: Callable[[int, Offsets], Offsets]
) -> AttributionScores:
    """Return the scores; ``head_of`` gives the head word of a span of the text of a number."""
    exact, head = {}, {}
    for name in NAMES:
        hits = met = meeting = said = true = 0
        for number, (text, marks) in enumerate(zip(texts, found, strict=True)):
            gold = [g for s in text.gold[name] if (g := trimmed(text.text, s))]
            ours = [o for s in marks[name] if (o := trimmed(text.text, s))]
            hits += len(set(gold) & set(ours))
            wanted = [head_of(number, g) for g in gold]
            met += sum(any(o[0] <= w[0] and w[1] <= o[1] for o in ours) for w in wanted)
            meeting += sum(any(o[0] <= w[0] and w[1] <= o[1] for w in wanted) for o in ours)
            said, true = said + len(ours), true + len(gold)
        exact[name], head[name] = figures_of(hits, said, true), head_figures(met, meeting, said, true)
    return AttributionScores(len(texts), exact, head)


def trimmed(text: str, span: Offsets) -> Offsets | None:
    """Return a span without blanks and commas at its ends; None where nothing is left."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    return (start, end) if start < end else None


def attribution_table(scores: AttributionScores) -> Iterator[str]:
    """Yield the lines of the table."""
    yield f"texts {scores.texts}"
    for kind, table in (("exact", scores.exact), ("head", scores.head)):
        for name, figures in table.items():
            yield "{:<6} {:<8} P {:.3f}  R {:.3f}  F1 {:.3f}".format(kind, name, *figures)


def evaluate_folder(folder: Path) -> Iterator[str]:
    """Yield the table of a folder, read with the packaged reader; raises as ``read_standoff``."""
    texts = list(read_standoff(folder))
    reader = load_reader()
    found = [read_attributions(reader, text.text) for text in texts]
    yield from attribution_table(
        score_attributions(texts, [f.spans for f in found], lambda number, span: found[number].head_of(span))
    )
