"""``armstrace judge``: what a person decides of a claim, kept beside it."""

from __future__ import annotations

import getpass
import json
from typing import Any

import click

from armstrace.cli.database import database_option, now, open_named_store
from armstrace.errors import SettingsError

_VERDICTS = {
    "accept": "accept",
    "correct": "correct",
    "reject": "reject",
    "same": "same-transfer",
    "different": "different-transfer",
    "undo": "undo",
}


@click.command()
@click.argument("claim")
@click.argument("verdict", type=click.Choice(list(_VERDICTS)))
@database_option
@click.option("--set", "settings", multiple=True, metavar="FIELD=VALUE", help='What "correct" sets; may be repeated.')
@click.option("--field", "fields", multiple=True, help='With "accept": take a correction of this field back.')
@click.option("--other", metavar="CLAIM", help="The claim that is of the same, or of a different transfer.")
@click.option("--why", metavar="WORDS", help="The reason, shown wherever the claim is.")
@click.option("--who", metavar="NAME", help="Who judges; the name of the system's user if left out.")
def judge(  # noqa: PLR0913 - one parameter an option
    *,
    claim: str,
    verdict: str,
    database: str | None,
    settings: tuple[str, ...],
    fields: tuple[str, ...],
    other: str | None,
    why: str | None,
    who: str | None,
) -> None:
    """Judge CLAIM: accept, correct or reject it, or say that it is of the same or a different transfer.

    Nothing is deleted: a later judgement takes the place of an earlier one, and `armstrace judgements` lists all.

    \b
      armstrace judge e06280be accept
      armstrace judge e06280be reject --why "a film, no transfer"
      armstrace judge e06280be correct --set supplier.country=KP --set quantity.low=24
      armstrace judge e06280be correct --set items.0.category=drones --set maker=null
      armstrace judge e06280be correct --set items.1=null
      armstrace judge e06280be same --other 35ec5325
      armstrace judge e06280be undo

    A VALUE is JSON, or words as they are. Words of the document are looked up in it. The keys are those that
    `armstrace read --format jsonl` writes. "undo" takes back what was said of it last.
    """  # noqa: D301 - click reads the real sign
    from armstrace.judging import Saying, judge_claim  # noqa: PLC0415 - keeps `--help` fast

    given = tuple(_setting(one) for one in settings)
    saying = Saying(_VERDICTS[verdict], _name(who), now(), why or None, given, fields, other)
    with open_named_store(database, create=False) as store:
        numbers = judge_claim(store, claim, saying)
    click.echo(f"kept as judgement {', '.join(map(str, numbers))}")


def _setting(told: str) -> tuple[str, Any]:
    path, sign, words = told.partition("=")
    if not sign or not path.strip():
        raise SettingsError(f"--set {told}: give FIELD=VALUE, such as supplier.country=KP")
    try:
        return path.strip(), json.loads(words)
    except ValueError:
        return path.strip(), words


def _name(who: str | None) -> str:
    if who and who.strip():
        return who.strip()
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:
        raise SettingsError("the system names no user; say who judges with --who NAME") from error
