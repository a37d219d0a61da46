"""The request for one report: the prompt as system message, the report as data, the schema of the answer."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from typing import Any

from armstrace.document import Document
from armstrace.errors import InputError
from armstrace.ids import content_id
from armstrace.llm.schema import SCHEMA

# Part of every cache key: raised where answers to the same prompt would have to be read in another way.
PROMPT_VERSION = 1
# Some 25,000 tokens: longer ones are no report, and would be cut by many models without a word.
LONGEST_TEXT = 100_000

_HURTING = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")  # some servers stumble over them
_BLANKS = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n")

Body = dict[str, Any]


def make_request(document: Document, model: str) -> Body:
    """Return the body of the request that asks ``model`` for the claims of a document.

    Raises:
        InputError: the text is longer than one request takes.
    """
    return {
        "model": model,
        "temperature": 0,
        "messages": [
            {"role": "system", "content": load_prompt()},
            {"role": "user", "content": _report_message(document)},
        ],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "claims", "strict": True, "schema": SCHEMA},
        },
    }


def repair_request(request: Body, trouble: str) -> Body:
    """Return the request again, its prompt followed by what was wrong with the first answer.

    The bad answer itself is not sent back: it would cost as much again, and has no say in the second.
    """
    system, user = request["messages"]
    note = f"{system['content']}\n\nYOUR FIRST ANSWER WAS UNUSABLE: {trouble}. Answer again, complete and briefly."
    return {**request, "messages": [{**system, "content": note}, user]}


def request_key(address: str, request: Body) -> str:
    """Return the name that the answer to a request is kept by: a hash of all that is asked, and where."""
    asked = json.dumps([PROMPT_VERSION, address, request], sort_keys=True)
    return hashlib.sha256(asked.encode("ascii")).hexdigest()


@cache
def load_prompt() -> str:
    """Return the packaged prompt."""
    return (files("armstrace.llm") / "prompt.txt").read_text(encoding="utf-8").strip()


def _report_message(document: Document) -> str:
    text = _sent_text(document)
    meta = document.metadata
    known = json.dumps({"outlet": meta.outlet, "published": meta.published, "title": meta.title})
    code = content_id(known, text)  # a text cannot hold the hash of itself, so it cannot end itself
    return f"{known}\n<<<REPORT {code}\n{text}\nREPORT {code}>>>"


def _sent_text(document: Document) -> str:
    """Return the text without the runs of spaces that cleaning left; quotes are found whatever their spaces."""
    plain = _HURTING.sub("\N{REPLACEMENT CHARACTER}", document.text)
    text = _BLANK_LINES.sub("\n\n", _BLANKS.sub(" ", plain)).strip()
    if len(text) > LONGEST_TEXT:
        raise InputError(
            f"{document.id}: is {len(text):,} characters long; a language model is given at most {LONGEST_TEXT:,}, "
            "so split it, or use the built-in reader"
        )
    return text
