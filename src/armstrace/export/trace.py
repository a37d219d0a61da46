"""One transfer for a person at a terminal: its values, the trees of its sources, its history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from armstrace.embargo.findings import Finding
from armstrace.export.findings import print_findings, print_notice
from armstrace.export.person import print_row
from armstrace.export.plain import plain
from armstrace.export.reviews import review_mark, review_rows
from armstrace.export.transfer_words import (
    alternative_words,
    backing_words,
    certainty_words,
    counts_words,
    givers_words,
    items_words,
    origin_words,
    period_words,
    place_words,
    quantity_column,
    range_words,
    route_words,
    saying_words,
    standing_words,
    step_words,
)
from armstrace.export.wording import HONESTY, UNKNOWN, CountryNames
from armstrace.model import Source, SourceKind
from armstrace.register.backing import voices_of
from armstrace.register.denials import denying_origins
from armstrace.register.grades import grade_transfer, likelihoods
from armstrace.register.history import Step, latest_status, report_history, status_history
from armstrace.register.reliability import Row, grade_source
from armstrace.register.tree import Node, source_tree
from armstrace.register.types import Denial, Origin, Transfer
from armstrace.told import Told

_FIELDS = ("supplier", "recipient", "maker", "items", "quantity", "value", "mode", "via", "status", "when")
_TOLD_UNKNOWN = frozenset({"supplier", "recipient", "quantity"})  # where it matters that nobody tells
_MOST_PLACES = 3
_LONGEST_WORDS = 300
_INDENT = 13
_TAKEN_BACK = {"source-withdrawn": "at source"}  # labels are short


def print_trace(
    page: Console, transfer: Transfer, names: CountryNames, reliability: Sequence[Row], findings: Sequence[Finding]
) -> None:
    """Print a transfer: the line, each value with who gives it, sources for and against, history, and the law."""
    _print_heading(page, transfer, names)
    for label, words in (*_values(transfer, names), *_beside(transfer, names)):
        print_row(page, label, Text(words), _INDENT)
    told = {one.claim.id: one for one in (*transfer.claims, *transfer.context)}
    labels = _Labels(names, reliability, {denial.claim: denial for denial in transfer.denials})
    denial = "Who denies it" if transfer.denied.origins else "Who denies a part of it"
    for title, origins in (("Who says so", transfer.affirmed.origins), (denial, denying_origins(transfer))):
        if origins:
            page.print()
            page.print(_tree(title, origins, told, labels))
    _print_history(page, transfer, names)
    page.print()
    page.print(Text("Arms embargoes", style="bold"))
    print_findings(page, findings)
    print_notice(page)
    page.print(Text(HONESTY, style="dim"))


def _print_heading(page: Console, transfer: Transfer, names: CountryNames) -> None:
    grade = grade_transfer(transfer)
    step = latest_status(transfer)
    status = f"{step_words(step)} ({period_words(step.period)})" if step else "status unknown"
    page.print(Text(f"{route_words(transfer, names)}: {items_words(transfer)}", style="bold underline"))
    page.print(Text(f"{transfer.id} · {_number(transfer)} · {status} · {standing_words(transfer)}", style="dim"))
    page.print()
    print_row(page, "credibility", Text(f"{grade.digit}, {grade.label}: {grade.sentence}"), _INDENT)
    bands = ", ".join(f"{low}-{high} %" for low, high in likelihoods(transfer))
    if bands:
        print_row(page, "likelihood", Text(f"{bands}, as sources word it (ICD 203); not part of the grade"), _INDENT)


def _number(transfer: Transfer) -> str:
    return quantity_column(transfer) if transfer.ranges else "number unknown"


def _values(transfer: Transfer, names: CountryNames) -> Iterator[tuple[str, str]]:
    """Yield each field: with who gives which value where there are several, else with how many give the one."""
    for name in _FIELDS:
        alternatives = getattr(transfer.fields, name)
        known = [alternative for alternative in alternatives if alternative.value is not None]
        if not known and name in _TOLD_UNKNOWN:
            yield name, UNKNOWN
        for number, alternative in enumerate(known):
            backing = alternative.backing
            who = givers_words(transfer, backing.claims, names) if len(known) > 1 else backing_words(backing)
            yield "" if number else name, f"{alternative_words(alternative, names)} ({who})"
        if name == "quantity" and len(known) > 1:
            yield "range", "; ".join(map(range_words, transfer.ranges))


def _beside(transfer: Transfer, names: CountryNames) -> Iterator[tuple[str, str]]:
    told = {one.claim.id: one for one in (*transfer.claims, *transfer.context)}
    for account in transfer.accounts:
        country = plain(names.get(account.country, account.country))
        yield "own account", f"{country}, the {account.side}: {_account([told[claim] for claim in account.claims])}"
    for denial in transfer.denials:
        who = givers_words(transfer, [denial.claim], names)
        against = "" if denial.counts else "; it does not count against the transfer"
        yield "denial", f"of the {denial.target}, by {who}: {denial.rule}{against}"
    for conflict in transfer.conflicts:
        yield "conflict", conflict.sentence
    for revision in transfer.revisions:
        words = f": \u201c{_short(revision.correction)}\u201d" if revision.correction else ""
        one = told[revision.claim]
        yield (
            revision.kind,
            f"{saying_words(one)} ({place_words(one)}), {revision.since or 'undated'}: {revision.rule}{words}",
        )
    yield from review_rows(transfer, names)
    if transfer.left_out:
        yield "left out", f"{len(transfer.left_out)} claims of documents without a date"


def _account(claims: Sequence[Told]) -> str:
    said: dict[str, dict[str, None]] = {}
    for told in claims:
        said.setdefault(saying_words(told), {})[place_words(told)] = None
    return "; ".join(f"{saying} ({_first(list(places))})" for saying, places in said.items())


def _first(words: Sequence[str]) -> str:
    more = f" and {len(words) - _MOST_PLACES} more" if len(words) > _MOST_PLACES else ""
    return f"{', '.join(words[:_MOST_PLACES])}{more}"


class _Labels:
    """What stands at the nodes of a tree."""

    def __init__(self, names: CountryNames, reliability: Sequence[Row], denials: Mapping[str, Denial]) -> None:
        self.names = names
        self._reliability = reliability
        self._denials = denials

    def of(self, node: Node, told: Told) -> Text:
        place = node.place
        counts = f"  {counts_words(node.documents, node.families)}"
        if place.kind == "claim":
            denial = self._denials.get(told.claim.id)
            target = f"  denies the {denial.target}" if denial else ""
            words = Text(f"\u201c{_short(place.label)}\u201d").append(target, style="red")
            words.append(f"  {review_mark(told)}" if told.review else "", style="yellow")
            return words.append(f"  {told.claim.id}", style="dim")
        if place.kind == "document":
            return Text(plain(place.label)).append(
                f"  {told.published or 'undated'}  {told.claim.document}", style="dim"
            )
        if place.source is None:
            return Text(counts)
        name, kind = plain(place.label), place.source.kind
        label = Text(name, style="cyan" if place.kind == "outlet" else "")
        about = "outlet" if place.kind == "outlet" else _about(place.source, self.names)
        return label.append(f" ({about}){self._grade(place.source, kind)}{counts}", style="dim")

    def _grade(self, source: Source, kind: SourceKind) -> str:
        found = grade_source(self._reliability, source.name, kind, source.country)
        return "" if found.grade == "F" else f", reliability {found.grade} {found.label}: {plain(found.sentence)}"


def _about(source: Source, names: CountryNames) -> str:
    country = [plain(names.get(source.country, source.country))] if source.country else []
    channel = [plain(source.channel)] if source.channel else []
    return ", ".join([source.kind, *country, *channel])


def _tree(title: str, found: Sequence[Origin], told: dict[str, Told], labels: _Labels) -> Tree:
    own = [told[claim] for origin in found for claim in origin.claims]
    counts = counts_words(len({one.claim.document for one in own}), len({one.family for one in own}))
    tree = Tree(Text(title, style="bold").append(f"  {counts}", style="not bold dim"), guide_style="dim")
    origins = {origin.key: origin for origin in found}
    for node in source_tree(tuple(told.values()), found):
        origin = origins[node.place.key]
        label = Text(origin_words(origin, labels.names), style="bold")
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
    by_status = [(period_words(step.period), step) for step in status_history(transfer)]
    by_report = [(step.reported or "undated", step) for step in report_history(transfer)]
    for title, rows in (("By the date of the status", by_status), ("By the date of the report", by_report)):
        if rows:
            page.print()
            page.print(Text(title, style="bold"))
        indent = max((len(day) for day, _ in rows), default=0) + 4
        for day, step in rows:
            print_row(page, f"  {day}", _step(step, transfer, names), indent)


def _step(step: Step, transfer: Transfer, names: CountryNames) -> Text:
    voices = voices_of(transfer.voices)
    who = dict.fromkeys(origin_words(voices[claim], names) for claim in step.claims if claim in voices)
    words = Text(step_words(step), style="red" if step.polarity == "denied" else "")
    words.append(f", {certainty_words(step)}: {', '.join(who) or UNKNOWN}", style="not red")
    words.append("  rejected by review" if step.rejected else "", style="not red yellow")
    return words.append("  taken back", style="not red yellow") if step.taken_back else words


def _short(words: str) -> str:
    text = plain(words[: 4 * _LONGEST_WORDS])
    return text if len(text) <= _LONGEST_WORDS else f"{text[:_LONGEST_WORDS].rstrip()} …"
