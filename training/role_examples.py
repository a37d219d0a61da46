"""The labelled corpus and FrameNet's transfer sentences as windows of words with role labels.

A window is what the network reads at once: the title, then a run of sentences. Labels stand at words: which words
express a transfer, what is told of each (status, polarity, ...), and which words fill its roles.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from armstrace.document import Metadata, Span
from armstrace.ingest.raw import RawText
from armstrace.language.tokens import split_tokens
from armstrace.language.windows import WINDOW_TITLE, role_windows
from armstrace.model import Category, Certainty, Polarity, SourceKind, Status
from armstrace.pipeline import make_document
from armstrace.text.sentences import split_sentences

ROLES = ("supplier", "recipient", "item", "quantity", "origin", "nearest")
CLASSES: dict[str, tuple[str, ...]] = {
    "status": tuple(Status),
    "polarity": tuple(Polarity),
    "certainty": tuple(Certainty),
    "origin": tuple(SourceKind),
    "supplier": ("named", "unknown"),
    "recipient": ("named", "unknown"),
    "category": tuple(Category),
}
ATTRIBUTION = ("source", "cue", "content")
PARTICLES = frozenset(
    "up out off over back away on in into for to from through down against with ahead by at of".split()
)
KEPT_SENTENCES = 0.4  # share of sentences without a claim that an epoch reads
TITLED = 0.7  # share of windows that see the title


@dataclass(frozen=True, slots=True)
class Trigger:
    """One word that expresses a transfer: class numbers by set, and the word places of each role."""

    word: int
    classes: dict[str, int]
    roles: dict[str, frozenset[int]]
    only_roles: bool = False  # FrameNet: arguments are known, but not whether arms move


@dataclass(frozen=True, slots=True)
class Window:
    """Words of a window, how many of them are the title, its triggers, and whether other words are no triggers."""

    words: tuple[str, ...]
    title: int
    triggers: tuple[Trigger, ...]
    complete: bool = True
    spoken: dict[str, tuple[int, ...]] | None = None  # attribution: 0 outside, 1 first, 2 later word of a span


@dataclass(slots=True)
class Text:
    """A labelled text: its sentences as word places, and mentions by the place of their trigger."""

    id: str
    title: tuple[str, ...]
    words: list[list[str]]
    places: list[list[Span]]
    mentions: list[tuple[int, int, Trigger]] = field(default_factory=list)  # sentence, first word's number, trigger
    spoken: dict[str, list[int]] | None = None  # as in Window, for the whole text

    def windows(self, rng: random.Random) -> list[Window]:
        """Return one epoch's windows: every sentence with a claim, and some of the others."""
        told = {sentence for sentence, _, _ in self.mentions}
        wanted = [i for i in range(len(self.words)) if i in told or rng.random() < KEPT_SENTENCES]
        found = []
        for start, stop in role_windows([len(s) for s in self.words], wanted):
            title = self.title[:WINDOW_TITLE] if rng.random() < TITLED else ()
            found.append(self._window(start, stop, title))
        return found

    def _window(self, start: int, stop: int, title: tuple[str, ...]) -> Window:
        words = [*title, *(w for s in self.words[start:stop] for w in s)]
        before = sum(len(s) for s in self.words[:start])
        shift = len(title) - before
        count = len(words)
        triggers = tuple(_moved(t, shift, len(title), count) for s, _, t in self.mentions if start <= s < stop)
        spoken = None
        if self.spoken is not None:
            spoken = {
                name: (*(0 for _ in title), *marks[before : before + count - len(title)])
                for name, marks in self.spoken.items()
            }
        return Window(tuple(words), len(title), triggers, complete=True, spoken=spoken)


def _moved(trigger: Trigger, shift: int, low: int, high: int) -> Trigger:
    roles = {
        role: frozenset(i + shift for i in places if low <= i + shift < high) for role, places in trigger.roles.items()
    }
    return Trigger(trigger.word + shift, trigger.classes, roles, trigger.only_roles)


def read_corpus(corpus: Path, split: str) -> list[Text]:
    """Return the labelled texts of one split whose claims have mentions, and those without claims."""
    found = []
    for line in (corpus / "index.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row.get("split") != split:
            continue
        gold = json.loads((corpus / "gold" / f"{row['id']}.json").read_text(encoding="utf-8"))
        if all("mentions" in claim for claim in gold["claims"]):
            raw = (corpus / "texts" / f"{row['id']}.txt").read_text(encoding="utf-8")
            found += _texts_of(row, gold, raw)
    return found


def _texts_of(row: dict[str, Any], gold: dict[str, Any], raw: str) -> list[Text]:
    """Return the text, and its title as a text of its own where the title states claims or the text states none."""
    title = row["title"] or ""
    body = _text(row["id"], title, make_document(RawText(row["id"], raw), Metadata()).text)
    head = _text(row["id"] + "-title", "", title)
    for claim in gold["claims"]:
        for mention in claim["mentions"]:
            _add_mention(head if mention.get("in") == "title" else body, claim, mention)
    body.spoken = _spoken(body, gold)
    return [_merged(body)] + ([_merged(head)] if head.words else [])


def _text(name: str, title: str, text: str) -> Text:
    places = [split_tokens(text, span) for span in split_sentences(text)]
    places = [list(p) for p in places if p]
    title_words = tuple(s.of(title) for span in split_sentences(title) for s in split_tokens(title, span))
    return Text(name, title_words, [[p.of(text) for p in s] for s in places], places)


def _numbers(text: Text, span: list[int] | None) -> frozenset[int]:
    """Return the numbers of the words that a character span touches."""
    if not span:
        return frozenset()
    flat = (p for s in text.places for p in s)
    return frozenset(i for i, p in enumerate(flat) if p.start < span[1] and span[0] < p.end)


def _add_mention(text: Text, claim: dict[str, Any], mention: dict[str, Any]) -> None:
    words = sorted(_numbers(text, mention["trigger"]))
    if not words:
        return
    flat = [w for s in text.words for w in s]
    word = head_word(flat, words)
    roles = {role: _numbers(text, mention.get(role)) for role in ("supplier", "recipient", "item", "quantity")}
    chain = claim["attribution"]
    inside = mention.get("in") != "title"
    roles["origin"] = _numbers(text, chain[-1].get("words")) if inside else frozenset()
    roles["nearest"] = _numbers(text, chain[0].get("words")) if inside and len(chain) > 1 else frozenset()
    classes = {name: CLASSES[name].index(claim[name]) for name in ("status", "polarity", "certainty")}
    classes["origin"] = CLASSES["origin"].index(chain[-1]["kind"])
    classes["category"] = CLASSES["category"].index(claim["items"][0]["category"])
    for role in ("supplier", "recipient"):
        classes[role] = int(claim.get(role) is None and not claim.get(f"{role}_org"))
    before, sentence = 0, 0
    while word >= before + len(text.words[sentence]):
        before += len(text.words[sentence])
        sentence += 1
    text.mentions.append((sentence, before, Trigger(word, classes, roles)))


def head_word(flat: list[str], words: list[int]) -> int:
    """Return the word that stands for a trigger of several: the verb of "held back", the noun of "arms sale"."""
    if len(words) > 1 and flat[words[-1]].lower() in PARTICLES:
        return words[0]
    return words[-1]


def _merged(text: Text) -> Text:
    """Join the triggers of one word: coordinated parties are several claims with one trigger."""
    by_word: dict[int, tuple[int, int, Trigger]] = {}
    for sentence, before, trigger in text.mentions:
        known, joined = by_word.get(trigger.word), trigger
        if known:
            roles = {role: known[2].roles[role] | trigger.roles[role] for role in trigger.roles}
            joined = Trigger(trigger.word, known[2].classes, roles)
        by_word[trigger.word] = (sentence, before, joined)
    text.mentions = list(by_word.values())
    return text


def _spoken(text: Text, gold: dict[str, Any]) -> dict[str, list[int]] | None:
    """Return the marks of every attribution of a text, where all of them were labelled."""
    if "attributions" not in gold:
        return None
    count = sum(len(s) for s in text.words)
    found = {name: [0] * count for name in ATTRIBUTION}
    for name in ATTRIBUTION:
        for span in gold["attributions"][name]:
            for place, number in enumerate(sorted(_numbers(text, span))):
                found[name][number] = 2 if place else 1
    return found


_FRAME_ROLES = {
    "supplier": "Supplier Donor Seller Exporter Sender Deliverer Exporting_area".split(),
    "recipient": "Recipient Buyer Importer Importing_area".split(),
    "item": "Theme Goods".split(),
}
_AGENT_SUPPLIES = frozenset({"Bringing", "Import_export", "Smuggling"})


def framenet_roles(row: dict[str, Any]) -> dict[str, list[tuple[int, int]]]:
    """Return supplier, recipient and item of a FrameNet sentence as character spans."""
    found: dict[str, list[tuple[int, int]]] = {"supplier": [], "recipient": [], "item": []}
    for name, start, end, _ in row["fes"]:
        for role, elements in _FRAME_ROLES.items():
            if name in elements or (name == "Source" and role == "supplier" and row["frame"] == "Getting"):
                found[role].append((start, end))
    return found


def read_framenet(path: Path, half: int) -> list[Window]:
    """Return the sentences of one half (by document) of FrameNet's transfer sentences, roles only."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    names = sorted({row["doc"] for row in rows})
    found = []
    for row in rows:
        if names.index(row["doc"]) % 2 != half:
            continue
        text = _text(row["doc"], "", row["text"].replace("\n", " "))
        flat = [w for s in text.words for w in s]
        words = sorted(_numbers(text, row["target"][0]))
        if not words:
            continue
        roles = {
            role: frozenset().union(*(_numbers(text, list(s)) for s in spans))
            for role, spans in framenet_roles(row).items()
        }
        roles |= {role: frozenset() for role in ("quantity", "origin", "nearest")}
        found.append(
            Window(tuple(flat), 0, (Trigger(head_word(flat, words), {}, roles, only_roles=True),), complete=False)
        )
    return found


class Countries:
    """Puts other countries in the places of a window's own, so that the network learns roles and not who has them."""

    def __init__(self, lexicon: Path) -> None:
        rows = yaml.safe_load(lexicon.read_text(encoding="utf-8"))
        self.forms = [
            tuple(
                next((w for w in row.get(key) or () if " " not in w), "") for key in ("names", "adjectives", "capitals")
            )
            for row in rows
        ]
        self.forms = [forms for forms in self.forms if forms[0] and forms[1]]
        self.known = {word: (i, k) for i, forms in enumerate(self.forms) for k, word in enumerate(forms) if word}

    def swapped(self, window: Window, rng: random.Random) -> Window:
        """Return the window with each of its countries put in the place of another."""
        others: dict[int, int] = {}
        words = list(window.words)
        for place, word in enumerate(words):
            if word not in self.known:
                continue
            country, form = self.known[word]
            other = others.setdefault(country, rng.randrange(len(self.forms)))
            words[place] = self.forms[other][form] or word
        return replace(window, words=tuple(words))


def read_plain(path: Path, rng: random.Random, count: int, avoid: frozenset[str]) -> list[Window]:
    """Return runs of treebank sentences that speak of no arms: words without any transfer."""
    sentences: list[tuple[str, ...]] = []
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        words = tuple(line.split("\t")[1] for line in block.split("\n") if line and not line.startswith("#"))
        if words:
            sentences.append(words)
    found = []
    for _ in range(count):
        start = rng.randrange(len(sentences) - 4)
        words = tuple(w for s in sentences[start : start + 4] for w in s)[:110]
        if not avoid & {w.lower() for w in words}:
            found.append(Window(words, 0, ()))
    return found


def count_labels(texts: list[Text]) -> Counter[str]:
    """Return how many triggers and role fillers the texts hold."""
    counts: Counter[str] = Counter()
    for text in texts:
        for _, _, trigger in text.mentions:
            counts["triggers"] += 1
            counts.update(role for role, places in trigger.roles.items() if places)
    return counts
