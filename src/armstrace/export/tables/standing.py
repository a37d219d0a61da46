"""The tables of what became of lines, and of what is said about them: denials, history, law, documents."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from armstrace.export.tables.columns import TRANSFER, Cells, Column, Kind, Place, Row, Table, key, number_key
from armstrace.export.tables.lines import read_band

_DOCUMENT: Final = key("document", "id of the document: the hash of its content")


def _simple(name: str, meaning: str, columns: tuple[Column, ...]) -> Table:
    """Return a table whose rows stand as a list of this name in a record."""

    def rows(shape: Row) -> Iterator[Place]:
        for number, one in enumerate(shape[name], 1):
            yield Place((shape["transfer"], number), one)

    def put(shape: Row, _keys: Cells, row: Row) -> None:
        shape[name].append(row)

    return Table(name, meaning, (TRANSFER, number_key("number", "of the row in its line")), columns, rows, put)


DENIALS: Final = _simple(
    "denials",
    "a denial and what it denies",
    (
        Column("claim", Kind.TEXT, "the denying one", "claim", 14),
        Column("target", Kind.TEXT, "claim, quantity, party, status or transfer", "target"),
        Column("rule", Kind.TEXT, "why it is read so", "rule", 50),
        Column("denies", Kind.LIST, "ids of the claims that it contradicts", "denies", 16),
        Column("counts", Kind.YES, "whether it speaks against the transfer", "counts", 8),
    ),
)
ACCOUNTS: Final = _simple(
    "accounts",
    "what the government of one side says itself",
    (
        Column("side", Kind.TEXT, "supplier or recipient", "side"),
        Column("country", Kind.TEXT, "ISO 3166-1 alpha-2", "country", 8),
        Column("claims", Kind.LIST, "ids of its claims", "claims", 16),
    ),
)
CONFLICTS: Final = _simple(
    "conflicts",
    "a field of which claims say what cannot both be so",
    (
        Column("field", Kind.TEXT, "of the line", "field"),
        Column("sentence", Kind.TEXT, "how they contradict each other", "sentence", 60),
    ),
)
REVISIONS: Final = _simple(
    "revisions",
    "what became of a claim when its outlet published a later version, a correction or a notice",
    (
        Column("claim", Kind.TEXT, "of which", "claim", 14),
        Column("kind", Kind.TEXT, "repeated, replaced, corrected, withdrawn, gone, noted, source-withdrawn", "kind"),
        Column("document", Kind.TEXT, "by which", "document", 14),
        Column("since", Kind.DAY, "from when", "since"),
        Column("correction", Kind.TEXT, "in which words", "correction", 40),
        Column("rule", Kind.TEXT, "why it is read so", "rule", 50),
        Column("counts", Kind.YES, "whether the claim still counts", "counts", 8),
    ),
)
CHANGES: Final = _simple(
    "changes",
    "what became known of a line, and when",
    (
        Column("day", Kind.DAY, "on which", "day"),
        Column("what", Kind.TEXT, "became known", "what", 60),
        Column("claim", Kind.TEXT, "by which", "claim", 14),
    ),
)


def _step_rows(shape: Row) -> Iterator[Place]:
    for history in ("history", "reports"):
        for number, one in enumerate(shape[history], 1):
            yield Place((shape["transfer"], history, number), _flat_step(one))
    if shape["latest"]:
        yield Place((shape["transfer"], "latest", 1), _flat_step(shape["latest"]))


def _flat_step(step: Row) -> Row:
    return {**step, "certainties": [_certainty(one) for one in step["certainties"]]}


def _certainty(one: Row) -> str:
    band = one["likelihood"]
    return f"{one['certainty']} {'-'.join(map(str, band))}" if band else str(one["certainty"])


def _put_step(shape: Row, keys: Cells, row: Row) -> None:
    told = [one.partition(" ") for one in row["certainties"]]
    certainties = [{"certainty": word, "likelihood": read_band(band) if band else None} for word, _, band in told]
    step = {**row, "certainties": certainties}
    if keys[1] == "latest":
        shape["latest"] = step
    else:
        shape[keys[1]].append(step)


STEPS: Final = Table(
    "steps",
    "a step that a transfer is said to have taken: in order of time (history), of report (reports), and the latest",
    (TRANSFER, key("order", "history, reports or latest"), number_key("number", "of the step in that order")),
    (
        Column("status", Kind.TEXT, "how far it got", "status", 12),
        Column("polarity", Kind.TEXT, "affirmed or denied", "polarity", 9),
        Column("start", Kind.DAY, "first day on which that may have been", "start"),
        Column("end", Kind.DAY, "last day on which it may", "end"),
        Column("precision", Kind.TEXT, "how exactly that is known", "precision"),
        Column("reported", Kind.DAY, "day by which it was first reported", "reported"),
        Column("claims", Kind.LIST, "ids of the claims that say so", "claims", 16),
        Column("origins", Kind.LIST, "names of the origins that say so", "origins", 30),
        Column("certainties", Kind.LIST, "how sure they are; the band in per cent where stated", "certainties", 20),
        Column("taken_back", Kind.YES, "whether outlets took it back", "taken_back", 8),
        Column("rejected", Kind.YES, "whether people rejected it", "rejected", 8),
    ),
    _step_rows,
    _put_step,
)

FINDINGS: Final = Table(
    "findings",
    "what one measure says of a line: of the law as far as it was checked, and only if the reports are true",
    (TRANSFER, number_key("finding", "of the finding on its line")),
    (
        Column("measure", Kind.TEXT, "its key, such as UN-KP", "measure", 10),
        Column("body", Kind.TEXT, "who made it", "body", 8),
        Column("verdict", Kind.TEXT, "breach-if-true, depends, unknown or outside", "verdict", 14),
        Column("instrument", Kind.TEXT, "acts, the deciding one first, '; ' between", "instrument", 30),
        Column("paragraph", Kind.TEXT, "of each, '; ' between", "paragraph", 16),
        Column("in_force_from", Kind.DAY, "first day on which it binds", "in_force_from"),
        Column("in_force_to", Kind.DAY, "first day on which it no longer does", "in_force_to"),
        Column("decisive", Kind.TEXT, "what decided", "decisive", 50),
        Column("would_change", Kind.LIST, "what would change the answer", "would_change", 40),
        Column("entry", Kind.TEXT, "of the measure that decides, or comes nearest", "entry", 16),
        Column("direction", Kind.TEXT, "supply to the target, or procurement from it", "direction"),
        Column("strength", Kind.TEXT, "whether it binds", "strength"),
        Column("reached", Kind.YES, "whether its terms reach the transfer, or may", "reached", 8),
        Column("missing", Kind.TEXT, "party that must be told before anything can be said", "missing"),
        Column("disputed", Kind.LIST, "who does not accept that it stands", "disputed", 30),
        Column("caveats", Kind.LIST, "what is not verified of the record", "caveats", 30),
        Column("source", Kind.TEXT, "title and address of the official text", "source", 40),
        Column("notice", Kind.TEXT, "what a finding is not", "notice", 40),
    ),
    lambda shape: (Place((shape["transfer"], number), one) for number, one in enumerate(shape["findings"], 1)),
    lambda shape, _keys, row: shape["findings"].append({**row, "cases": []}),
)


def _case_rows(shape: Row) -> Iterator[Place]:
    for finding, one in enumerate(shape["findings"], 1):
        for number, case in enumerate(one["cases"], 1):
            yield Place((shape["transfer"], finding, number), case)


def _put_case(shape: Row, keys: Cells, row: Row) -> None:
    cases: Any = shape["findings"][keys[1] - 1]["cases"]
    cases.append(row)


CASES: Final = Table(
    "cases",
    "what a measure answers for one possibility, where the answers differ",
    (TRANSFER, number_key("finding", "of its line"), number_key("number", "of the case in its finding")),
    (
        Column("supposed", Kind.TEXT, "what is supposed", "supposed", 40),
        Column("verdict", Kind.TEXT, "what then follows", "verdict", 14),
        Column("entry", Kind.TEXT, "of the measure that decides", "entry", 16),
        Column("why", Kind.TEXT, "in words", "why", 50),
    ),
    _case_rows,
    _put_case,
)


DOCUMENTS: Final = Table(
    "documents",
    "a document that claims of a line were read from",
    (TRANSFER, _DOCUMENT),
    (
        Column("title", Kind.TEXT, "as it bears it", "title", 40),
        Column("outlet", Kind.TEXT, "who published it", "outlet", 20),
        Column("byline", Kind.TEXT, "who wrote it", "byline", 20),
        Column("language", Kind.TEXT, "ISO 639-1", "language", 8),
        Column("published", Kind.DAY, "when", "published"),
        Column("url", Kind.ADDRESS, "where", "url", 40),
        Column("format", Kind.TEXT, "what it was read from", "format", 8),
        Column("captured", Kind.TEXT, "moment at which its bytes first came here", "captured", 22),
        Column("sha256", Kind.TEXT, "of these bytes", "sha256", 20),
    ),
    lambda shape: (Place((shape["transfer"], one["document"]), one) for one in shape["documents"]),
    lambda shape, keys, row: shape["documents"].append({"document": keys[1], **row}),
)
