"""The command line: a module a verb, loaded when it is needed."""

from __future__ import annotations

import errno
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from keyword import iskeyword
from typing import Final, NoReturn

import click

from armstrace import __version__
from armstrace.errors import ArmstraceError, refused

# Every verb: its one line in `--help`, in the order in which a newcomer needs them. The module has its name,
# with an underline behind it where Python keeps the word for itself.
_VERBS: Final[Mapping[str, str]] = {
    "demo": "Read a small archive of invented reports, and show the register, a source tree, a history.",
    "read": "Read reports and print their claims.",
    "add": "Add documents to the store, and read their claims.",
    "import": "Put a register that others keep, such as SIPRI's, into the store.",
    "batch": "Read archives of millions of documents on all cores or a cluster.",
    "group": "Find the copies in what a batch left, and the transfers it tells of.",
    "search": "Find documents and claims in the store.",
    "show": "Show one document of the store, its claims and where their words stand.",
    "serve": "Serve the desk: register, sources, documents and review in a browser.",
    "publish": "Write the register as pages and data that need no server.",
    "export": "Write the register, or a part of it, in a format of the field.",
    "compare": "Show where the press and SIPRI's trade register differ.",
    "report": "Write one transfer with all its evidence as a single page.",
    "people": "Keep the accounts of a desk that several people use.",
    "watch": "Watch feeds, sitemaps and pages, and add what is new.",
    "register": "Show all transfers, and who is for and against each.",
    "trace": "Show who stands behind a transfer, and its history.",
    "check": "Say which arms embargoes a transfer would break, if the report is true.",
    "why": "Say why two claims or documents were joined or not.",
    "lists": "Load sanctions lists, and show which are in force.",
    "screen": "Screen names, or all parties of the register, against the lists in force.",
    "judge": "Accept, correct or reject a claim, or tell two transfers apart.",
    "watches": "Keep watches on the register: what becomes of its lines is told as alerts.",
    "alerts": "Show the alerts of watches.",
    "deliver": "Send alerts to the addresses of watches.",
    "judgements": "List what people judged, and what is of it today.",
    "settings": "Show or change what is set for a store: which lines are public.",
    "update": "Read what the store keeps and this version has not read yet.",
    "migrate": "Change the tables of the store to those of another version, for an older program.",
    "verify": "Hash all evidence again, and tell every loss or change.",
    "doctor": "Look at the installation and the store, and say what to do where something is wrong.",
    "evaluate": "Read the folder TEXTS and score the claims against the folder GOLD.",
}
# Of a hundred thousand objects that a start makes nearly all stay: looking through them for garbage after every 700, as
# Python does by itself, takes a tenth of it.
_GARBAGE: Final = (50_000, 20, 50)
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_OUTPUT_BROKEN: Final = dict.fromkeys((errno.EIO, errno.EBADF), "the output cannot be written")


class Verbs(click.Group):
    """A group whose commands are loaded one by one, so that ``--help`` takes a tenth of a second."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as click calls it
        """Return the names of the verbs."""
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a verb's command, or None for an unknown one."""
        if cmd_name not in _VERBS:
            return None
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command = getattr(import_module(f"armstrace.cli.{name}"), name)
        if not isinstance(command, click.Command):
            raise TypeError(cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of verbs without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_VERBS.items()))


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="armstrace")
def cli() -> None:
    """Trace every reported arms transfer back to who said it.

    armstrace reads news reports and takes out each attributed claim that arms move from one party to
    another, with the exact words beside every value. It reports what sources say; it never claims that a
    transfer took place.

    \b
    Start here:
      armstrace demo                    see what it does, on invented reports
      armstrace read article.html       read your own: text, web page, PDF, DOCX, e-mail, feed, archive
      armstrace read FOLDER --format jsonl -o claims.jsonl
    """  # noqa: D301 - click reads the real sign


def _told(error: OSError) -> str:
    """Return what to tell of what the system refused and nobody nearer told."""
    if isinstance(error.filename, str | bytes):
        return f"{os.fsdecode(error.filename)}: cannot be used {refused(error)}"
    if error.errno in _NO_ROOM:
        return f"the output cannot be written ({error.strerror}); make room, or send it elsewhere"
    return f"{_OUTPUT_BROKEN.get(error.errno or 0, 'the system refuses what is needed')} {refused(error)}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; errors of ours, and output that finds no room, are one line on standard error."""
    gc.set_threshold(*_GARBAGE)
    if sys.stdout is None:
        _fail("standard output is closed; send it to a file, or to /dev/null if nobody is to read it")
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="armstrace")
    except OSError as error:
        _fail(_told(error))
    except MemoryError:
        _fail("there is too little memory; end other programs, or give less at once. What was acknowledged is kept")
    except ArmstraceError as error:
        _fail(str(error), error.exit_code)
    except Exception as error:  # noqa: BLE001 - whatever it is: nobody is left alone with a traceback
        from armstrace.cli.console import complain_unforeseen  # noqa: PLC0415 - keeps `--help` fast

        complain_unforeseen(error)
        sys.exit(1)


def _fail(message: str, code: int = 1) -> NoReturn:
    """Tell one thing and end."""
    from armstrace.cli.console import complain  # noqa: PLC0415 - keeps `--help` fast

    complain(message)
    sys.exit(code)
