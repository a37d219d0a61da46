"""What a verb reads: files, folders, addresses and standard input, what the caller says of them, and what failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from armstrace.cli.console import complain
from armstrace.document import Metadata
from armstrace.errors import InputError
from armstrace.fetch.fetched import FetchOptions
from armstrace.ingest.demo import read_demo
from armstrace.ingest.metadata import known_metadata, read_metadata
from armstrace.ingest.raw import PassedOver, RawText, Unread
from armstrace.ingest.walk import Found, Input, Knows, find_inputs, read_input

Command = TypeVar("Command", bound=Callable[..., Any])
_ADDRESS = ("http://", "https://")

_OPTIONS = (
    click.option("--demo", is_flag=True, help="Read the demo report that comes with armstrace."),
    click.option("--published", metavar="DATE", help="When it was published (2022-09-06, 2022-09 or 2022)."),
    click.option("--outlet", metavar="NAME", help="Who published it."),
    click.option(
        "--metadata",
        "metadata_file",
        type=click.Path(dir_okay=False, path_type=Path),
        help="JSON Lines: id (file stem), outlet, published, title, url.",
    ),
    click.option("--allow-private", is_flag=True, help="Fetch from this machine and the local network too."),
    click.option("--ignore-robots", is_flag=True, help="Fetch a page although its site's robots.txt asks not to."),
)


def input_options(command: Command) -> Command:
    """Add to a command the options that say what is read and what is known of it."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return click.argument("paths", nargs=-1, metavar="PATH...")(command)


@dataclass(slots=True)
class Inputs:
    """The files and addresses of one run; iterating tells ``tell`` what could not be read."""

    files: Sequence[Input | str]
    given: Mapping[str, Metadata] = field(default_factory=dict)
    base: Metadata | None = None
    demo: bool = False
    options: FetchOptions = field(default_factory=FetchOptions)
    ignore_robots: bool = False
    tell: Callable[[str], None] = complain
    failed: list[Unread] = field(default_factory=list)

    def found(self, knows: Knows | None = None) -> Iterator[Found]:
        """Yield every text, what could not be read, and by its hash what ``knows`` knows already."""
        yield from self.failed
        for found in self._all(knows):
            if isinstance(found, Unread):
                self.report(found)
            yield found

    def texts(self) -> Iterator[RawText]:
        """Yield every text; a warning tells at the end which names several documents go by."""
        names: Counter[str] = Counter()
        for found in self.found():
            if isinstance(found, RawText):
                names[found.id] += 1
                yield found
        for name, count in names.items():
            if count > 1:
                self.tell(
                    f"warning: {count} documents go by the name '{name}'; their claims cannot be told apart by it"
                )

    def _all(self, knows: Knows | None) -> Iterator[Found]:
        if self.demo:
            yield read_demo()
        for file in self.files:
            if isinstance(file, Input):
                yield from read_input(file, knows)
            else:
                from armstrace.webpages import read_address  # noqa: PLC0415 - a tenth of the start, and mostly unused

                yield from read_address(file, self.options, knows, ignore_robots=self.ignore_robots)

    def known_of(self, raw: RawText) -> tuple[Metadata | None, ...]:
        """Return what the caller says of a text, the more special first."""
        return (self.given.get(raw.id), self.base)

    def report(self, unread: Unread) -> None:
        """Tell what could not be read; it costs only itself, and what is no document costs nothing."""
        self.tell(unread.told)
        if not isinstance(unread, PassedOver):
            self.failed.append(unread)


def gather_inputs(  # noqa: PLR0913 - one parameter an option
    *,
    paths: Sequence[str],
    demo: bool,
    published: str | None,
    outlet: str | None,
    metadata_file: Path | None,
    allow_private: bool,
    ignore_robots: bool,
    tell: Callable[[str], None] = complain,
) -> Inputs:
    """Return the files and addresses that the arguments mean, each once; what is not there is told.

    Raises:
        MetadataError: what is said of them is malformed.
        UsageError: nothing to read was given.
    """
    if not paths and not demo:
        raise click.UsageError("nothing to read: give a PATH, an address, '-' for standard input, or --demo")
    given = read_metadata(metadata_file) if metadata_file else {}
    options = FetchOptions(allow_private=allow_private)
    inputs = Inputs([], given, known_metadata(outlet, published), demo, options, ignore_robots, tell)
    found: dict[str, Input | str] = {}
    for path in paths:
        if path.lower().startswith(_ADDRESS):
            found[path] = path
            continue
        try:
            found.update((str(file.path.resolve() if file.path else path), file) for file in find_inputs(path))
        except InputError as error:
            inputs.report(Unread(path, str(error)))
    inputs.files = list(found.values())
    return inputs
