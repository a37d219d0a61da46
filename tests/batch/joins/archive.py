"""An invented archive: short news of many outlets, with what desks make of it, and an agency's mark here and there."""

from __future__ import annotations

import json
import pickle
from functools import partial
from random import Random

from armstrace.batch.engines import Run
from armstrace.batch.joins.families import Grouping, group_documents
from armstrace.batch.joins.plan import Part, Sizes
from armstrace.batch.joins.work_folder import Folder
from armstrace.document import Document, Fact, Metadata

NOUNS = (
    "barge crane ledger customs lantern quarry bridge orchard ferry depot lamp cellar mill convoy harbour "
    "crate fuse mortar rifle notary sluice wagon captain clerk envoy smith brewer diver signalman archivist"
).split()
VERBS = "found moved counted sold hid opened weighed burned returned traced painted guarded measured doubted".split()
PLACES = "Velmar Ostrel Kassia Holm Tarsk Breza Lidava Norrin Quell Sarno Jorva Melk Undra Pallas Rook Ysk".split()
OTHER_WORDS = {"found": "discovered", "moved": "shifted", "crate": "box", "ferry": "boat", "captain": "skipper"}
OUTLETS = tuple(f"{place} {kind}" for place in PLACES[:8] for kind in ("Post", "Courier"))
SMALL = Sizes(hashes=8_000, characters=60_000, pair_characters=100_000)  # so that every step has many pieces


def sentence(dice: Random) -> str:
    """Return a sentence that hardly comes twice."""
    one, two, three, four = (dice.choice(NOUNS) for _ in range(4))
    return (
        f"The {one} of {dice.choice(PLACES)} {dice.choice(VERBS)} a {two} that the {three} had {dice.choice(VERBS)} "
        f"near {dice.choice(PLACES)} with {dice.randrange(2, 900)} {four}s."
    )


def reworded(lines: list[str], dice: Random) -> list[str]:
    """Return what another desk makes of a text: other words, some sentences less, one first that is its own."""
    kept = [line for line in lines if dice.random() < 0.8] or lines
    words = [" ".join(OTHER_WORDS.get(word, word) for word in line.split()) for line in kept]
    return [sentence(dice), *words[1:]] if dice.random() < 0.5 else words


def make_archive(size: int, seed: int = 7) -> list[Document]:
    """Return documents: three in ten trimmed, reworded, copied or put together of two earlier ones."""
    dice = Random(seed)  # noqa: S311 - a table, not a secret
    texts: list[list[str]] = []
    documents = []
    for number in range(size):
        outlet = dice.choice(OUTLETS)
        fate = dice.random()
        if number > 10 and fate < 0.25:
            lines = reworded(dice.choice(texts[-40:]), dice)
        elif number > 10 and fate < 0.3:
            one, other = dice.sample(texts[-40:], 2)
            lines = [*one[:6], *other[:3]]
        else:
            lines = [sentence(dice) for _ in range(dice.randrange(5, 10))]
        texts.append(lines)
        standing = [sentence(Random(f"{outlet} {at}")) for at in range(2)] if dice.random() < 0.3 else []  # noqa: S311
        text = "\n".join([*lines, *standing])
        day = None if dice.random() < 0.05 else f"2019-0{1 + number * 9 // (size + 1)}-{1 + number % 27:02}"
        marks = (Fact("wire", dice.choice(["NX", "(Harrow)"]), None),) if dice.random() < 0.1 else ()
        documents.append(Document(f"d{number:05}", text, text, Metadata(outlet=outlet, published=day), facts=marks))
    return documents


def same(documents: list[Document]) -> list[Document]:
    """Return documents; goes to workers."""
    return documents


def parts_of(documents: list[Document], count: int) -> list[Part]:
    """Return documents dealt out to so many parts."""
    return [Part(f"part {at}", "1", partial(same, documents[at::count])) for at in range(count)]


def grouped(folder: str, parts: list[Part], sizes: Sizes = SMALL, run: Run = map) -> dict[str, str]:  # type: ignore[assignment]
    """Group documents; return the files that are left, by name."""
    group_documents(Grouping(Folder(folder), run, sizes=sizes), parts)
    return {name: "\n".join(Folder(folder).lines(name)) for name in ("families.jsonl", "copies.jsonl")}


def rows(text: str) -> list[dict]:
    """Return the rows of a file of JSON Lines."""
    return [json.loads(line) for line in text.split("\n") if line]


def expected(copies) -> dict[str, list]:
    """Return what the files say where ``find_copies`` found this."""
    return {
        "families": [(one, family[0]) for family in copies.families if len(family) > 1 for one in family],
        "copies": [
            (pair.left, pair.right, pair.likelihood, list(pair.reasons), (pair.left, pair.right) not in copies.combined)
            for pair in copies.pairs
        ],
    }


def told(files: dict[str, str]) -> dict[str, list]:
    """Return what the files say, to be laid beside what is expected."""
    return {
        "families": [(row["document"], row["family"]) for row in rows(files["families.jsonl"])],
        "copies": [
            (row["left"], row["right"], row["likelihood"], row["why"], row["joins"])
            for row in rows(files["copies.jsonl"])
        ],
    }


def sent_backwards(work, tasks):
    """Run the last task first, each sent to another process and back."""
    for task in reversed(list(tasks)):
        sent, one = pickle.loads(pickle.dumps((work, task)))  # noqa: S301 - our own
        yield sent(one)
