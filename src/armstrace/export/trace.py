"""One transfer for a person at a terminal: its values, the trees of its sources, its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from armstrace.export.person import print_row
from armstrace.export.plain import plain
from armstrace.export.transfer_words import (
    alternative_words,
    certainty_words,
    counts_words,
    givers_words,
    items_words,
    origin_words,
    period_words,
    quantity_column,
    range_words,
    route_words,
    standing_words,
    step_words,
)
from armstrace.export.wording import HONESTY, UNKNOWN, CountryNames
from armstrace.model import Source, SourceKind
from armstrace.register.backing import voices_of
from armstrace.register.grades import grade_transfer, likelihoods
from armstrace.register.history import Step, latest_status, report_history, status_history
from armstrace.register.reliability import Row, grade_source
from armstrace.register.tree import Node, source_tree
from armstrace.register.types import Side, Transfer
from armstrace.told import Told

_FIELDS = ("supplier", "recipient", "maker", "items", "quantity", "value", "mode", "via", "status", "when")
_LONGEST_WORDS = 300
_INDENT = 13


def print_trace(page: Console, transfer: Transfer, names: CountryNames, reliability: Sequence[Row]) -> None:
    """Print a transfer: the line, each value with who gives it, the sources for and against, the history."""
    _print_heading(page, transfer, names)
    for label, words in (*_values(transfer, names), *_beside(transfer, names)):
        print_row(page, label, Text(words), _INDENT)
    told = {one.claim.id: one for one in (*transfer.claims, *transfer.context)}
    for title, side in (("Who says so", transfer.affirmed), ("Who denies it", transfer.denied)):
        if side.origins:
            page.print()
            page.print(_tree(title, side, told, _Labels(names, reliability)))
    _print_history(page, transfer, names)
    page.print()
    page.print(Text(HONESTY, style="dim"))


def _print_heading(page: Console, transfer: Transfer, names: CountryNames) -> None:
    grade = grade_transfer(transfer)
    step = latest_status(transfer)
    status = f"{step_words(step)} ({period_words(step.period)})" if step else "status unknown"
    page.print(Text(f"{route_words(transfer, names)}: {items_words(transfer)}", style="bold underline"))
    page.print(
        Text(f"{transfer.id} · {quantity_column(transfer)} · {status} · {standing_words(transfer)}", style="dim")
    )
    page.print()
    print_row(page, "credibility", Text(f"{grade.digit}, {grade.label}: {grade.sentence}"), _INDENT)
    bands = ", ".join(f"{low}-{high} %" for low, high in likelihoods(transfer))
    if bands:
        print_row(page, "likelihood", Text(f"{bands}, as sources word it (ICD 203); not part of the grade"), _INDENT)


def _values(transfer: Transfer, names: CountryNames) -> Iterator[tuple[str, str]]:
    for name in _FIELDS:
        alternatives = getattr(transfer.fields, name)
        if all(alternative.value is None for alternative in alternatives):
            if name in {"supplier", "recipient", "quantity"}:
                yield name, UNKNOWN
            continue
        yield (
            name,
            "; ".join(
                f"{alternative_words(a, names)} ({givers_words(transfer, a.backing.claims, names)})"
                for a in alternatives
            ),
        )
        if name == "quantity" and sum(a.value is not None for a in alternatives) > 1:
            yield "range", "; ".join(map(range_words, transfer.ranges))


def _beside(transfer: Transfer, names: CountryNames) -> Iterator[tuple[str, str]]:
    told = {one.claim.id: one for one in (*transfer.claims, *transfer.context)}
    for account in transfer.accounts:
        says = "; ".join(dict.fromkeys(_saying(told[claim]) for claim in account.claims))
        yield account.side, f"{plain(names.get(account.country, account.country))} itself says: {says}"
    for denial in transfer.denials:
        who = givers_words(transfer, [denial.claim], names)
        against = "" if denial.counts else "; it does not count against the transfer"
        yield "denial", f"of the {denial.target} by {who}: {denial.rule}{against}"
    for conflict in transfer.conflicts:
        yield "conflict", conflict.sentence
    for revision in transfer.revisions:
        words = f": {_short(revision.correction)}" if revision.correction else ""
        since = revision.since or "date unknown"
        yield revision.kind, f"{_saying(told[revision.claim])}, {since} ({plain(revision.rule)}){words}"
    if transfer.left_out:
        yield "left out", f"{len(transfer.left_out)} claims of documents without a date"


def _saying(told: Told) -> str:
    claim = told.claim
    denied = "denied: " if claim.polarity == "denied" else ""
    number = f", {plain(claim.quantity.text)}" if claim.quantity else ""
    return f"{denied}{claim.status}{number} ({plain(told.outlet or 'outlet unknown')}, {told.published or 'undated'})"


class _Labels:
    """What stands at the nodes of a tree."""

    def __init__(self, names: CountryNames, reliability: Sequence[Row]) -> None:
        self._names = names
        self._reliability = reliability

    def of(self, node: Node, told: Told) -> Text:
        place = node.place
        counts = f"  {counts_words(node.documents, node.families)}"
        if place.kind == "claim":
            return Text(f"\u201c{_short(place.label)}\u201d").append(f"  {told.claim.id}", style="dim")
        if place.kind == "document":
            return Text(plain(place.label)).append(
                f"  {told.published or 'undated'}  {told.claim.document}", style="dim"
            )
        if place.source is None:
            return Text(counts)
        name, kind = plain(place.label), place.source.kind
        label = Text(name, style="cyan" if place.kind == "outlet" else "")
        about = "outlet" if place.kind == "outlet" else _about(place.source, self._names)
        return label.append(f" ({about}){self._grade(place.source, kind)}{counts}", style="dim")

    def _grade(self, source: Source, kind: SourceKind) -> str:
        found = grade_source(self._reliability, source.name, kind, source.country)
        return "" if found.grade == "F" else f", reliability {found.grade} {found.label}: {plain(found.sentence)}"


def _about(source: Source, names: CountryNames) -> str:
    country = [plain(names.get(source.country, source.country))] if source.country else []
    channel = [plain(source.channel)] if source.channel else []
    return ", ".join([source.kind, *country, *channel])


def _tree(title: str, side: Side, told: dict[str, Told], labels: _Labels) -> Tree:
    counts = counts_words(side.backing.documents, side.backing.families)
    tree = Tree(Text(title, style="bold").append(f"  {counts}", style="not bold dim"), guide_style="dim")
    origins = {origin.key: origin for origin in side.origins}
    for node in source_tree(tuple(told.values()), side.origins):
        origin = origins[node.place.key]
        label = Text(origin_words(origin, labels._names), style="bold")  # noqa: SLF001 - one module
        label.append("" if origin.is_shown else "  not shown to be independent", style="not bold yellow")
        label.append(f"  {counts_words(node.documents, node.families)}", style="not bold dim")
        for rule in node.rules:
            label.append(f"\n{plain(rule)}", style="not bold italic dim")
        _grow(tree.add(label), node.children, told, labels)
    return tree


def _grow(branch: Tree, nodes: Iterable[Node], told: dict[str, Told], labels: _Labels) -> None:
    for node in nodes:
        _grow(branch.add(labels.of(node, told[node.claims[0]])), node.children, told, labels)


def _print_history(page: Console, transfer: Transfer, names: CountryNames) -> None:
    page.print()
    page.print(Text("By the date of the status", style="bold"))
    for step in status_history(transfer):
        print_row(page, f"  {period_words(step.period)}", _step(step, transfer, names), 14)
    page.print()
    page.print(Text("By the date of the report", style="bold"))
    for step in report_history(transfer):
        print_row(page, f"  {step.reported or 'undated'}", _step(step, transfer, names), 14)


def _step(step: Step, transfer: Transfer, names: CountryNames) -> Text:
    voices = voices_of(transfer.voices)
    who = dict.fromkeys(origin_words(voices[claim], names) for claim in step.claims if claim in voices)
    words = Text(step_words(step), style="red" if step.polarity == "denied" else "")
    words.append(f", {certainty_words(step)}: {', '.join(who) or UNKNOWN}", style="not red")
    return words.append("  taken back", style="not red yellow") if step.taken_back else words


def _short(words: str) -> str:
    text = plain(words[: 4 * _LONGEST_WORDS])
    return text if len(text) <= _LONGEST_WORDS else f"{text[:_LONGEST_WORDS].rstrip()} …"
