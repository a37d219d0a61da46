"""An invented report, its document, and claims of it as a language model would answer them."""

from __future__ import annotations

from typing import Any

from armstrace.document import Document, Metadata
from armstrace.llm.answer import Answer, Background, read_answer
from armstrace.model import Source, SourceKind

FIRST = "Serbia will deliver at least 40 mortars to Mali in May, a Malian officer told the Sahel Gazette on Monday."
SECOND = "Belgrade’s defence ministry denied that any weapons had gone to “the junta”."
TEXT = f"{FIRST}\n\n{SECOND}\n"
PUBLISHER = Source("The Invented Post", SourceKind.OUTLET, None, named=True)
COUNTRIES = {"Serbia": "RS", "Mali": "ML", "Belgrade": "RS", "Malian": "ML"}
BACKGROUND = Background(
    frozenset({"RS", "ML", "TR"}),
    lambda words: frozenset(code for name, code in COUNTRIES.items() if name in words.split()),
    PUBLISHER,
)


def document(text: str = TEXT, raw: str | None = None) -> Document:
    return Document(
        "report", text, text if raw is None else raw, Metadata("The Invented Post", "2025-03-11", "Mortars")
    )


def party(words: str, country: str | None = None, organisation: str | None = None) -> dict[str, Any]:
    return {"words": words, "country": country, "organisation": organisation}


def source(words: str, kind: str = "government", **more: Any) -> dict[str, Any]:
    return {"words": words, "kind": kind, "country": None, "named": True, "cue": None, "channel": None, **more}


def claim(**more: Any) -> dict[str, Any]:
    """Return the claim of the first sentence, or what differs from it."""
    return {
        "evidence": FIRST,
        "kind": "transfer",
        "supplier": party("Serbia", "RS"),
        "recipient": party("Mali", "ML"),
        "maker": None,
        "via": [],
        "items": [{"words": "mortars", "designation": None, "category": "artillery"}],
        "quantity": "at least 40",
        "value": None,
        "when": "in May",
        "mode": "unspecified",
        "status": "planned",
        "polarity": "affirmed",
        "certainty": "expected",
        "attribution": [
            source("the Sahel Gazette", "outlet"),
            source("a Malian officer", "official-anonymous", country="ML", named=False, cue="told"),
        ],
        **more,
    }


def denial(**more: Any) -> dict[str, Any]:
    """Return the claim of the second sentence, its marks straightened as models do."""
    return claim(
        **{
            "evidence": SECOND.replace("’", "'").replace("“", '"').replace("”", '"'),
            "supplier": party("Belgrade's", "RS"),
            "recipient": party("the junta", "ML"),
            "items": [{"words": "weapons", "designation": None, "category": "other"}],
            "quantity": None,
            "when": None,
            "status": "delivered",
            "polarity": "denied",
            "certainty": "fact",
            "attribution": [source("Belgrade's defence ministry", country="RS", cue="denied")],
            **more,
        }
    )


def read(*rows: object, text: str = TEXT, raw: str | None = None) -> Answer:
    return read_answer(document(text, raw), rows, BACKGROUND, "invented-7b")
