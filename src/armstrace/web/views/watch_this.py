"""Where a watch is made on what a page shows: on the filter of the register, on the route and arms of a transfer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from armstrace.alerts.watches import ASKED
from armstrace.embargo.findings import Verdict
from armstrace.register.grades import LABELS
from armstrace.register.types import Alternative, PartyValue, Transfer
from armstrace.web.views.register_form import Asked


def watch_address(asked: Mapping[str, str]) -> str:
    """Return where a watch is made; what watches do not ask for is left out."""
    given = {name: value for name, value in asked.items() if name in ASKED and value.strip()}
    return f"/watches/new?{urlencode(given)}" if given else "/watches/new"


def watch_filter(asked: Asked) -> str:
    """Return where a watch on a filter of the register is made.

    A watch asks for one answer of a kind, and for a worst credibility: of several answers none is asked for, so that it
    tells of more lines than the filter shows, never of fewer. Nor does it ask for days, or for what is reviewed.
    """
    words, chosen = asked.words, asked.chosen
    verdict, category = _only(chosen.get("law", ())), _only(chosen.get("category", ()))
    given = {
        **words,
        "words": words.get("q", ""),
        "item": words.get("item", category),
        "status": _only(chosen.get("status", ())),
        "verdict": verdict if verdict in set(Verdict) else "",
        "credibility": _worst(chosen.get("credibility", ())),
    }
    return watch_address(given)


def watch_line(transfer: Transfer) -> str:
    """Return where a watch on the parties and the arms of a transfer is made, by what stands first of each."""
    fields = transfer.fields
    item = next((str(one.value.category) for one in fields.items if one.value), "")
    return watch_address({"supplier": _party(fields.supplier), "recipient": _party(fields.recipient), "item": item})


def _only(answers: Sequence[str]) -> str:
    return answers[0] if len(answers) == 1 else ""


def _worst(digits: Sequence[str]) -> str:
    """Return the worst digit where all better ones are chosen too, "" elsewhere."""
    known = [str(digit) for digit in LABELS]
    return digits[-1] if digits and list(digits) == known[: len(digits)] else ""


def _party(alternatives: Sequence[Alternative[PartyValue]]) -> str:
    told = next((one.value for one in alternatives if one.value), PartyValue(None, None))
    return told.country or told.organisation or ""
