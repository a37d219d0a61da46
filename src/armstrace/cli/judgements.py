"""``armstrace judgements``: all that people judged, and what is of it today."""

from __future__ import annotations

import json
from typing import Any

import click

from armstrace.cli.database import database_option, open_named_store
from armstrace.export.plain import plain
from armstrace.store.judgements import StoredJudgement

_WAITING = {
    "outdated": "outdated: the reading has changed since; to be reviewed anew",
    "waiting": "waiting: its claim is no longer read so; what is read there now is to be reviewed anew",
}


@click.command()
@database_option
@click.option("--document", metavar="ID", help="Only those on the claims of this document.")
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
def judgements(*, database: str | None, document: str | None, form: str) -> None:
    """List what people judged, in the order of judging, and what is of each today.

    In force; superseded by a later one; or to be reviewed anew, because the reader answers otherwise by now.
    """
    from armstrace.export.jsonl import json_line  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.reviewing import list_judgements  # noqa: PLC0415

    with open_named_store(database, create=False) as store:
        found = list(list_judgements(store, document))
    for one in found:
        if form == "jsonl":
            click.echo(json_line({**_to_dict(one.stored), "standing": one.standing}))
        else:
            click.echo(f"{_words(one.stored)}; {_WAITING.get(one.standing, one.standing)}")
    if form == "person" and not found:
        click.echo("nobody has judged anything yet; `armstrace judge --help` tells how")


def _to_dict(stored: StoredJudgement) -> dict[str, Any]:
    """Return a judgement as plain values, with the claim as it was judged."""
    one = stored.judgement
    return {
        "judgement": stored.id,
        "document": one.document,
        "claim": one.claim,
        "verdict": one.verdict,
        "field": one.field,
        "value": one.value,
        "who": one.who,
        "at": one.at,
        "why": one.why,
        "judged": stored.claim_body,
    }


def _words(stored: StoredJudgement) -> str:
    """Return who judged what, when and why, in one line that is safe to show."""
    one = stored.judgement
    field = f" {one.field}" if one.field else ""
    value = f" {json.dumps(one.value, ensure_ascii=False)}" if one.value is not None or one.verdict == "correct" else ""
    why = f", because: {one.why}" if one.why else ""
    return plain(f"{stored.id}  {one.at}  {one.claim or one.document}  {one.verdict}{field}{value}  by {one.who}{why}")
