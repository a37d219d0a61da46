"""Builds the syndication set from its stories: ``python evaluation/syndication_build.py`` (``--check``: compare only).

``syndication/stories/NN.yml`` holds what was written by hand and the plan of each copy; ``syndication/outlets.yml`` the
outlets' house styles, furniture and standing texts. Out come ``texts/``, ``index.jsonl`` and ``families.json``.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import yaml

from syndication_desk import Desk, Paragraphs
from syndication_edits import apply_edits, split_sentences

FOLDER = Path(__file__).parent / "syndication"
ROLES = ("base", "copy", "independent", "follow-up")
# What is done by hand; the words stand in the story, the name is a mark only.
BY_HAND = {
    "lead": "a new lead by the desk",
    "headline": "another headline",
    "insert": "paragraphs of background or local reaction inserted",
    "part-rewrite": "part of the text rewritten",
    "rewrite": "most or all of the text rewritten",
    "block-quote": "paragraphs quoted whole inside another article",
    "combined": "two agencies' copy in one article",
    "reorder": "paragraphs in another order",
    "back-translated": "as a translation from a translation",
    "brief": "cut to a brief of a few sentences",
}
CARRIED = 0.25  # share of a standing text's word runs that a text must hold to carry a good part of it
RUN = 4  # words
_TAKE = re.compile(r"\[\[(.+?)\]\]")
_PART = re.compile(r"(?:(?P<of>[a-z]):)?(?P<first>\d+)(?:\.(?P<from>\d+)(?P<to>-\d*)?|-(?P<last>\d+))?")


class StoryError(ValueError):
    """A story or outlet file does not hold what it should; the text names the document."""


@dataclass(frozen=True, slots=True)
class Built:
    """One finished text with its index row."""

    text: str
    row: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """One story file: its documents as written, and what the desks need to know."""

    id: str
    known: Mapping[str, Any]
    outlets: Mapping[str, Any]
    standing: Mapping[str, str]

    @property
    def documents(self) -> dict[str, dict[str, Any]]:
        """Return the documents by letter."""
        return {document["id"]: document for document in self.known["docs"]}

    def assemble(self, letter: str) -> Paragraphs:
        """Return a document's paragraphs before mechanical edits; a line in [[ ]] fetches others."""
        document = self.documents[letter]
        found: list[str] = []
        for line in filter(None, map(str.strip, document["body"].splitlines())):
            take = _TAKE.fullmatch(line)
            if take is None:
                found.append(line)
            elif take[1].startswith("bg "):
                found.append(self.standing[take[1][3:]])
            else:
                for part in take[1].split(","):
                    found += self._fetch(document, part.strip())
        return tuple(found)

    def _fetch(self, document: dict[str, Any], part: str) -> list[str]:
        match = _PART.fullmatch(part)
        if match is None:
            raise StoryError(f"{self.id}{document['id']}: '[[{part}]]' names no paragraphs; write 2-4, 3.1-2 or d:2")
        source = self.assemble(match["of"] or document.get("of", ""))
        first = int(match["first"])
        if first > len(source) or int(match["last"] or 1) > len(source):
            raise StoryError(f"{self.id}{document['id']}: '[[{part}]]' lies outside the {len(source)} paragraphs")
        if match["from"] is None:
            return list(source[first - 1 : int(match["last"] or first)])
        sentences = split_sentences(source[first - 1])
        start = int(match["from"])
        end = {None: start, "-": len(sentences)}.get(match["to"]) or int(match["to"][1:])
        if end > len(sentences):
            raise StoryError(f"{self.id}{document['id']}: '[[{part}]]' lies outside the {len(sentences)} sentences")
        return [" ".join(sentences[start - 1 : end])]

    def _root(self, letter: str) -> str:
        document = self.documents[letter]
        return self._root(document["of"]) if document["role"] == "copy" else letter

    def finish(self, letter: str) -> Built:
        """Return a document's final text and its index row."""
        document = self.documents[letter]
        outlet = self.outlets[document["outlet"]]
        role = document["role"]
        edits = tuple(document.get("edits", "").split())
        house = tuple(outlet.get("house", "").split()) if role == "copy" and document.get("house", True) else ()
        chosen = (*house, *(e for e in edits if e not in BY_HAND))
        mechanical = sorted(chosen, key=_stage)  # of one stage in the order written
        desk = Desk(
            seed=self.id + letter,
            people=self.known.get("people", {}),
            top=tuple(outlet.get("top", ())),
            bottom=tuple(outlet.get("bottom", ())),
        )
        body = self.assemble(letter)
        if dateline := document.get("dateline"):
            body = (f"{dateline} {body[0]}", *body[1:])
        body, inside = apply_edits(body, [e for e in mechanical if _stage(e) < FRAMED], desk)
        framed = tuple(filter(None, (document.get("byline"), *body, document.get("credit"))))
        paragraphs, around = apply_edits(framed, [e for e in mechanical if _stage(e) >= FRAMED], desk)
        spaced = "\n" if any(e.startswith("wrapped") for e in around) else "\n\n"
        text = spaced.join(paragraphs) + "\n"
        return Built(text, self._row(document, [*(e for e in edits if e in BY_HAND), *inside, *around], text))

    def _row(self, document: dict[str, Any], edits: list[str], text: str) -> dict[str, Any]:
        outlet = self.outlets[document["outlet"]]
        name = self.id + document["id"]
        base = self._root(document["id"])
        slug = "-".join(re.findall(r"[a-z0-9]+", document["title"].lower())[:7])
        return {
            "id": name,
            "story": self.id,
            "split": "tune" if int(self.id) % 2 else "held-out",
            "role": document["role"],
            "family": self.id + base,
            "also": self.id + document["also"] if "also" in document else None,
            "of": self.id + document["of"] if document["role"] == "copy" else None,
            "edits": edits,
            "standing": sorted(key for key, words in self.standing.items() if carries(text, words)),
            "outlet": outlet["name"],
            "outlet_kind": outlet["kind"],
            "published": document["at"],
            "title": document["title"],
            "credit": document.get("credit"),
            "url": f"https://{outlet['domain']}/{document['at'][:10].replace('-', '/')}/{slug}-{name}",
            "subject": self.known["subject"],
            "region": self.known["region"],
            "decade": self.known["decade"],
        }


# Shortening comes before house style, what a machine does to a printed page comes last.
_STAGES = {"cut": 0, "thin": 0, "furniture": 2, "telex": 3, "ocr": 3, "wrapped": 4}
FRAMED = 2  # from this stage on edits see byline and credit too


def _stage(edit: str) -> int:
    return _STAGES.get(edit.partition(":")[0], 1)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without typography."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.lower().replace("’", "'"))


def runs_of(text: str, length: int) -> set[tuple[str, ...]]:
    """Return the runs of so many words that a text holds."""
    words = words_of(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def carries(text: str, standing: str) -> bool:
    """Tell whether a text holds at least a quarter of a standing text's runs of four words."""
    wanted = runs_of(standing, RUN)
    return len(wanted & runs_of(text, RUN)) >= CARRIED * len(wanted)


def read_stories(folder: Path) -> list[Story]:
    """Return the stories of a folder in the order of their numbers."""
    outlets = yaml.safe_load((folder / "outlets.yml").read_text(encoding="utf-8"))
    general = {key: words for outlet in outlets.values() for key, words in outlet.get("standing", {}).items()}
    found = []
    for path in sorted((folder / "stories").glob("*.yml")):
        known = yaml.safe_load(path.read_text(encoding="utf-8"))
        found.append(Story(path.stem, known, outlets, {**general, **known.get("background", {})}))
    return found


def build(folder: Path) -> list[Built]:
    """Return all finished texts of the set, in the order of their ids.

    Raises:
        StoryError: a plan fetches what is not there.
        KeyError: an outlet, edit or standing text has no entry.
    """
    return [
        story.finish(letter)
        for story in read_stories(folder)
        for letter, d in story.documents.items()
        if not d.get("unpublished")
    ]


def families_of(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Return the gold: members by family, pairs that are neither copies nor not, pairs with shared standing text."""
    members: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        members[row["family"]].append(row["id"])
    shared = [
        [a["id"], b["id"], key]
        for a, b in combinations(rows, 2)
        if a["family"] != b["family"] and b["family"] != a["also"] and a["family"] != b["also"]
        for key in a["standing"]
        if key in b["standing"]
    ]
    also = [[row["id"], other] for row in rows if row["also"] for other in members[row["also"]]]
    return {"families": dict(members), "partial": also, "shares_background": shared}


def files_of(built: list[Built]) -> Iterator[tuple[str, str]]:
    """Yield the name and the contents of every generated file."""
    for one in built:
        yield f"texts/{one.row['id']}.txt", one.text
    rows = [one.row for one in built]
    yield "index.jsonl", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    gold = families_of(rows)
    lines = [f"  {json.dumps(k)}: {json.dumps(v)}" for k, v in gold["families"].items()]
    pairs = {key: ",\n".join(f"  {json.dumps(pair)}" for pair in gold[key]) for key in ("partial", "shares_background")}
    yield (
        "families.json",
        '{"families": {\n'
        + ",\n".join(lines)
        + '\n},\n"partial": [\n'
        + pairs["partial"]
        + '\n],\n"shares_background": [\n'
        + pairs["shares_background"]
        + "\n]}\n",
    )


def main(arguments: list[str] | None = None) -> int:
    """Write the generated files, or compare them; return 1 where ``--check`` finds another text."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; end with 1 where a file differs")
    check = parser.parse_args(arguments).check
    given = dict(files_of(build(FOLDER)))
    stale = [p for p in sorted((FOLDER / "texts").glob("*.txt")) if f"texts/{p.name}" not in given]
    differing = [
        n for n, text in given.items() if not (FOLDER / n).is_file() or (FOLDER / n).read_bytes() != text.encode()
    ]
    for name in (*differing, *(f"texts/{p.name}" for p in stale)):
        print(f"{name} {'differs' if check else 'written anew' if name in given else 'deleted'}")
    if not check:
        (FOLDER / "texts").mkdir(exist_ok=True)
        for name in differing:
            (FOLDER / name).write_bytes(given[name].encode())
        for path in stale:
            path.unlink()
    return 1 if check and (differing or stale) else 0


if __name__ == "__main__":
    sys.exit(main())
