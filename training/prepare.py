"""Prepares public treebanks and name corpora for training: one form, and only what may be trained on.

    python training/prepare.py --ewt UD_English-EWT --gum UD_English-GUM --pud UD_English-PUD \
        --names wikigold=wikigold.conll.txt --names crossner-politics=train.txt --out prepared

Treebanks: multiword ranges and empty nodes go, original spacing stays. GUM: documents of genres whose texts
are under non-commercial or unclear terms stay out. Names: every corpus's classes become PER, ORG, LOC.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# GUM genres with texts under CC BY-NC(-SA) or without a licence of their own (see GUM's LICENSE.txt).
LEFT_OUT = frozenset(["whow", "fiction", "conversation", "podcast", "reddit", "essay", "letter"])
NEWS = "news"
GENRE = re.compile(r"# sent_id = GUM_([a-z]+)_")
COMMENT = re.compile(r"# .*=")  # "# O" is the word "#"
KEPT_COMMENTS = ("# text =", "# sent_id", "# newdoc", "# newpar")

# Classes of WikiGold, Universal NER and CrossNER politics; any other class is no name here.
CLASSES = {
    "PER": "PER",
    "person": "PER",
    "politician": "PER",
    "ORG": "ORG",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "LOC": "LOC",
    "country": "LOC",
    "location": "LOC",
}


def read_blocks(path: Path) -> Iterator[list[str]]:
    """Yield the blank-line separated blocks of a file."""
    block: list[str] = []
    for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []


def plain_words(block: list[str]) -> list[str]:
    """Return a sentence without multiword ranges and empty nodes, with the spacing told on the words."""
    kept, end, glued_after = [], 0, False
    for line in block:
        if line.startswith("#"):
            if line.startswith(KEPT_COMMENTS):
                kept.append(line)
            continue
        columns = line.split("\t")
        if "." in columns[0]:
            continue
        if "-" in columns[0]:
            end, glued_after = int(columns[0].split("-")[1]), "SpaceAfter=No" in columns[9]
            continue
        number = int(columns[0])
        glued = "SpaceAfter=No" in columns[9]
        if number <= end:
            glued = glued_after if number == end else True
        columns[1] = columns[1].replace(" ", "_")
        columns[8], columns[9] = "_", "SpaceAfter=No" if glued else "_"
        kept.append("\t".join(columns))
    return kept


def genre_of(block: list[str]) -> str:
    """Return the GUM genre of a sentence, or nothing."""
    found = (GENRE.match(line) for line in block)
    return next((match.group(1) for match in found if match), "")


def name_rows(block: list[str]) -> Iterator[str]:
    """Yield "token tag" rows; a tag that continues nothing of its class begins a name."""
    before = "O"
    for line in block:
        columns = re.split(r"[\t ]", line)
        # Universal NER numbers its words: number, token, tag; the others have token, tag.
        numbered = columns[0].isdigit() and len(columns) > 2  # noqa: PLR2004  more than token and tag
        token, tag = columns[1:3] if numbered else (columns[0], columns[-1])
        kind = CLASSES.get(tag[2:])
        now = f"{'I' if tag[0] == 'I' and before[2:] == kind else 'B'}-{kind}" if kind else "O"
        yield f"{token} {now}"
        before = now


def write(path: Path, blocks: Iterable[list[str]]) -> None:
    """Write the blocks and say how many words there are."""
    text = "".join("\n".join(block) + "\n\n" for block in blocks)
    path.write_text(text, encoding="utf-8")
    print(path.name, sum(1 for line in text.split("\n") if line and not line.startswith("# ")), "words")


def treebank(directory: Path, part: str) -> list[list[str]]:
    """Return the sentences of one part (train, dev, test) of a treebank's release."""
    (path,) = directory.glob(f"*{part}.conllu")
    return [plain_words(block) for block in read_blocks(path)]


def prepare(options: argparse.Namespace) -> None:
    """Write every prepared file."""
    out = options.out
    out.mkdir(parents=True, exist_ok=True)
    for part in ("train", "dev", "test"):
        write(out / f"ewt-{part}.conllu", treebank(options.ewt, part))
        gum = treebank(options.gum, part)
        if part == "test":
            write(out / "gumnews-test.conllu", [b for b in gum if genre_of(b) == NEWS])
        else:
            write(out / f"gumsafe-{part}.conllu", [b for b in gum if genre_of(b) not in LEFT_OUT])
        if part == "train":
            write(out / "gumnews-train.conllu", [b for b in gum if genre_of(b) == NEWS])
    if options.pud:
        write(out / "pud-test.conllu", treebank(options.pud, "test"))
    for name, path in (entry.split("=", 1) for entry in options.names):
        blocks = ([line for line in block if not COMMENT.match(line)] for block in read_blocks(Path(path)))
        write(out / f"{name}.iob", [list(name_rows(block)) for block in blocks if block])


def main() -> None:
    """Prepare as the command line says."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--ewt", type=Path, required=True)
    ask.add_argument("--gum", type=Path, required=True)
    ask.add_argument("--pud", type=Path, help="measured on only")
    ask.add_argument("--names", action="append", default=[], help="NAME=FILE, once a corpus")
    ask.add_argument("--out", type=Path, required=True)
    prepare(ask.parse_args())


if __name__ == "__main__":
    main()
