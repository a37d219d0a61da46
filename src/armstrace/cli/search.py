"""``armstrace search``: documents and claims in the store."""

from __future__ import annotations

import json
from typing import Any, cast

import click
from rich.text import Text

from armstrace.cli.database import database_option, open_named_store
from armstrace.document import Span
from armstrace.export.plain import plain_part
from armstrace.store.filters import Query
from armstrace.store.ranking import MOST_RANKED
from armstrace.store.search import Hit, Page


@click.command()
@click.argument("words", nargs=-1)
@database_option
@click.option("--party", metavar="CODE|NAME", help="A supplier or recipient: RU (in capitals), or words of its name.")
@click.option("--item", metavar="WORDS", help="Words of a designation or description, or a category.")
@click.option("--category", help="A category of items, such as drones or air-defence.")
@click.option("--status", help="Claims of this status, such as planned or delivered, and documents with such.")
@click.option("--outlet", metavar="WORDS", help="Words of the name of the outlet that published it.")
@click.option("--after", metavar="DATE", help="Not before this day, month or year.")
@click.option("--before", metavar="DATE", help="Not after it.")
@click.option("--only", "kind", type=click.Choice(["document", "claim"]), help="Only documents, or only claims.")
@click.option("--limit", type=click.IntRange(1, 200), default=20, show_default=True, help="How many hits at most.")
@click.option("--cursor", metavar="TEXT", help="Go on where the page before ended.")
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
def search(
    *,
    words: tuple[str, ...],
    database: str | None,
    limit: int,
    cursor: str | None,
    form: str,
    **filters: Any,  # noqa: ANN401 - those of ``Query``
) -> None:
    """Find documents and claims that hold all WORDS, the best first.

    "Quoted words" stand together, -word must not occur, word* begins so. Without words the filters alone count.
    """
    with open_named_store(database, create=False) as store:
        query = Query(" ".join(words), **filters)
        found = store.search(query, Page(limit, cursor))
        is_bounded = not found.cursor and any(count.is_least for count in store.count_hits(query).values())
    for hit in found.hits:
        if form == "jsonl":
            click.echo(json.dumps(_record(hit)))
        else:
            _print(hit)
    if form == "person":
        last = f"no more of the {MOST_RANKED:,} of each kind that came last; narrow the search to reach others"
        more = f"more: --cursor {found.cursor}" if found.cursor else last if is_bounded else "no more"
        click.echo(f"{len(found.hits)} found; {more}" if found.hits else "nothing found")


def _record(hit: Hit) -> dict[str, Any]:
    record = hit._asdict()
    snippet = {"text": hit.snippet.text, "span": list(hit.snippet.span), "marks": [list(m) for m in hit.snippet.marks]}
    return {**record, "title_marks": [list(mark) for mark in hit.title_marks], "snippet": snippet}


def _print(hit: Hit) -> None:
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second

    console = Console(highlight=False, soft_wrap=True)
    about = " · ".join(plain_part(part) for part in (hit.outlet, hit.published) if part)
    head = Text.assemble((hit.document, "dim"), "  ", (hit.kind, "cyan"), f"  {about}  " if about else "  ")
    console.print(head + _marked(hit.title or "", hit.title_marks))
    console.print(Text("  ") + _marked(hit.snippet.text, hit.snippet.marks))
    if hit.body:
        console.print(Text(f"  {_line(hit.body)}", style="green"))


def _line(body: dict[str, Any]) -> str:
    def party(name: str) -> str:
        found = cast("dict[str, Any] | None", body.get(name))
        return plain_part(found["text"]) if found else "?"

    items = ", ".join(plain_part(item["designation"] or item["description"]) for item in body["items"])
    denied = ", denied" if body["polarity"] == "denied" else ""
    return f"{party('supplier')} → {party('recipient')}: {items or 'arms'} ({body['status']}{denied})"


def _marked(text: str, marks: tuple[Span, ...]) -> Text:
    """Return text safe to show, what was looked for in bold."""
    line, done = Text(), 0
    for start, end in marks:
        line.append(plain_part(text[done:start]))
        line.append(plain_part(text[start:end]), style="bold")
        done = end
    return line.append(plain_part(text[done:]))
