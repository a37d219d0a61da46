"""Words of transfer, reporting and doubt: frames, operators, cues and hedges."""

from __future__ import annotations

import re

from armstrace.errors import LexiconError
from armstrace.lexicon.entries import ContextRule, Cues, Frame, Hedges, Operator, Speaker, TransferWords
from armstrace.lexicon.parties import speaker_nouns
from armstrace.lexicon.schema import LexiconFiles, Row, checked_rows
from armstrace.model import Certainty, ClaimKind, Mode, SourceKind, Status

ROLES = frozenset(
    {
        "supplier",
        "recipient",
        "item",
        "via",
        "value",
        "either",
        "both",
        "seized-subject",
        "end-user",
        "item|recipient",
        "item|supplier",
    }
)


def transfer_words(files: LexiconFiles) -> TransferWords:
    """Return the transfer frames and operators, by lemma.

    Raises:
        LexiconError: unknown role, status or mode, or a word in two frames.
    """
    frames = files.read("frames.yml")
    operators = files.read("operators.yml")
    adjectives = frames["adjectives"]
    return TransferWords(
        verbs=_frames(frames["frames"], "verbs"),
        nouns=_frames(frames["nouns"], "nouns"),
        verb_operators=_operators(operators["operators"], "verbs"),
        noun_operators=_operators(operators["operators"], "nouns"),
        adjective_operators=_operators(operators["operators"], "adjectives"),
        noun_modifiers={status: frozenset(words) for status, words in operators["modifiers"].items()},
        idioms={(row["verb"], row["with"]): Operator(row["status"], row["actor"]) for row in operators["idioms"]},
        lift_verbs=frozenset(operators["lift"]["verbs"]),
        lift_nouns=frozenset(operators["lift"]["nouns"]),
        call_verbs=frozenset(operators["calls"]["verbs"]),
        call_modals=frozenset(operators["calls"]["modals"]),
        call_against=frozenset(operators["calls"]["against"]),
        call_that=frozenset(operators["calls"]["that"]),
        call_duties=frozenset(operators["calls"]["duties"]),
        call_nouns=frozenset(operators["calls"]["nouns"]),
        made=frozenset(adjectives["maker"]),
        supplied=frozenset(adjectives["supplier"]),
        arming=_arming(frames["frames"]),
        exporters=tuple(frames["exporters"]),
    )


def _arming(rows: list[Row]) -> re.Pattern[str]:
    """Return a pattern of the verbs that speak of arms by themselves: "arming the rebels"; "arm" alone is a limb."""
    verbs = [word for row in rows if row["needs"] == "nothing" for word in row["verbs"]]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, verbs))})(?:ed|ing)\b", re.IGNORECASE)


def _frames(rows: list[Row], key: str) -> dict[str, Frame]:
    checked_rows(
        rows,
        f"frames.yml ({key})",
        {"name": str, "roles": dict, key: list},
        frozenset({"done", "habit", "status", "statuses", "needs", "mode", "modes", "item"}),
    )
    found: dict[str, Frame] = {}
    for row in rows:
        for word in row[key]:
            if word in found:
                raise LexiconError(f"frames.yml: '{word}' stands in two frames ({found[word].name}, {row['name']})")
            found[word] = _frame(row, word)
    return found


def _frame(row: Row, word: str) -> Frame:
    status = (row.get("statuses") or {}).get(word) or row.get("status")
    frame = Frame(
        name=row["name"],
        roles=row["roles"],
        done=status or row["done"],
        habit=status or row["habit"],
        needs=row["needs"],
        mode=(row.get("modes") or {}).get(word) or row.get("mode") or Mode.UNSPECIFIED,
        item=row.get("item"),
    )
    _known(frame.done, Status, f"frames.yml ({row['name']})")
    _known(frame.habit, Status, f"frames.yml ({row['name']})")
    _known(frame.mode, Mode, f"frames.yml ({row['name']})")
    if not all(isinstance(label, str) for label in frame.roles):
        raise LexiconError(f'frames.yml ({row["name"]}): quote the argument "on", YAML reads it as true')
    if not set(frame.roles.values()) <= ROLES:
        raise LexiconError(
            f"frames.yml ({row['name']}): unknown role among {sorted(set(frame.roles.values()) - ROLES)}"
        )
    return frame


def _operators(rows: list[Row], key: str) -> dict[str, Operator]:
    found: dict[str, Operator] = {}
    for row in rows:
        _known(row["status"], Status, "operators.yml")
        for word in row.get(key) or ():
            found.setdefault(word, Operator(row["status"], row["actor"]))
    return found


def cues(files: LexiconFiles) -> Cues:
    """Return the reporting words with the effect of each; the first listing of a word counts."""
    data = files.read("cues.yml")
    return Cues(
        verbs=_by_word(data["verbs"]),
        nouns=_by_word(data["nouns"]),
        takes_noun=frozenset(data["takes_noun"]),
        phrases=tuple((tuple(row["words"]), row["effect"]) for row in data["phrases"]),
        channels=tuple((tuple(row["words"]), row["channel"]) for row in data["channels"]),
    )


def hedges(files: LexiconFiles) -> Hedges:
    """Return the words of doubt and denial."""
    data = files.read("hedges.yml")
    for certainty in data["words"]:
        _known(certainty, Certainty, "hedges.yml")
    return Hedges(
        certainty=_by_word(data["words"]),
        bands={word: (row["icd203"][0], row["icd203"][1]) for row in data["bands"] for word in row["words"]},
        denials=frozenset(data["denials"]),
        negations=frozenset(data["negations"]),
        failings=frozenset(data["failings"]),
        unproven=frozenset(data["unproven"]),
    )


def word_sets(files: LexiconFiles) -> dict[str, frozenset[str]]:
    """Return the closed sets of words that the reading of roles and reference rests on, by name."""
    return {name: frozenset(words) for name, words in files.read("wordsets.yml").items()}


def contexts(files: LexiconFiles) -> tuple[ContextRule, ...]:
    """Return the rules for context claims."""
    rows = files.read("contexts.yml")["contexts"]
    return tuple(
        ContextRule(ClaimKind(r["kind"]), tuple(r["signs"]), tuple(tuple(n) for n in r["needs"])) for r in rows
    )


def speakers(files: LexiconFiles) -> dict[str, Speaker]:
    """Return noun -> source kinds of an unnamed and a named speaker so called."""
    found: dict[str, Speaker] = {}
    for row in speaker_nouns(files):
        anonymous = row.get("anonymous") or row.get("kind")
        named = row.get("named") or anonymous
        _known(anonymous, SourceKind, "speakers.yml")
        _known(named, SourceKind, "speakers.yml")
        for noun in row["nouns"]:
            found.setdefault(noun.lower(), Speaker(SourceKind(str(anonymous)), SourceKind(str(named))))
    return found


def _by_word(table: dict[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for effect, words in table.items():
        for word in words:
            found.setdefault(word, effect)
    return found


def _known(value: object, kind: type[Status] | type[Mode] | type[Certainty] | type[SourceKind], where: str) -> None:
    if value not in set(kind):
        raise LexiconError(f"{where}: '{value}' is none of {', '.join(kind)}")
