"""``armstrace doctor``: is the installation sound, and the store, and what is to be done?"""

from __future__ import annotations

import json
import os
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import click

from armstrace.cli.database import database_option
from armstrace.export.plain import plain

if TYPE_CHECKING:
    from armstrace.examining.looks import Look

_BROKEN_CODE: Final = 4
_MARKS: Final = {"fine": "ok", "doubtful": "??", "broken": "!!"}


@click.command()
@database_option
@click.option("--format", "form", type=click.Choice(["person", "jsonl"]), default="person", show_default=True)
def doctor(*, database: str | None, form: str) -> None:
    """Look at the installation and the store, and say what to do where something is wrong.

    The reader reads a sentence, the law answers a question. Nothing is changed, made or sent.

    \b
    Exit codes:
      0  nothing stands in the way of work
      4  something does
    """  # noqa: D301 - click reads the real sign
    from armstrace.examining.program import look_at_program  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.examining.stored import look_at_store  # noqa: PLC0415

    now = datetime.now(UTC)
    counts: Counter[str] = Counter()
    for looks in (look_at_program(now), look_at_store(database, os.environ, now)):
        for look in looks:
            counts[look.state] += 1
            click.echo(json.dumps(look._asdict()) if form == "jsonl" else _line(look))
    if form == "person":
        click.echo(f"{counts['broken']} broken, {counts['doubtful']} worth a thought, {counts['fine']} fine")
    if counts["broken"]:
        raise SystemExit(_BROKEN_CODE)


def _line(look: Look) -> str:
    remedy = f"\n   {'':16}-> {plain(look.remedy)}" if look.remedy else ""
    return f"{_MARKS[look.state]} {look.what:16} {plain(look.found)}{remedy}"
