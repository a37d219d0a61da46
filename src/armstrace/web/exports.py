"""All formats that a register can be written in: those made from records alone, and those that need the store too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Final

from armstrace.errors import MetadataError
from armstrace.export.formats import FORMATS, Format, writer_of
from armstrace.export.record import About, Out, Record

if TYPE_CHECKING:  # needed where there is work
    from armstrace.exporting import Choice
    from armstrace.keeping.stages import Stages
    from armstrace.store.repository import Store

# As in ``FORMATS``, but that the module lies below ``armstrace.web.publication``, and its ``write`` takes a Material.
STORE_FORMATS: Final = (
    Format(
        "html",
        ".html",
        "text/html; charset=utf-8",
        "the evidence of one line (--transfer) as a page that needs nothing beside it; of several, a ZIP of such pages",
        "report",
        ("certificate",),
    ),
    Format(
        "bundle",
        ".zip",
        "application/zip",
        "all of an investigation in one file: records, evidence, law, reports, hashes; `verify` checks it offline",
        "bundle",
        ("lists", "timestamp"),
    ),
)
ALL_FORMATS: Final = (*FORMATS, *STORE_FORMATS)
_BY_NAME: Final = {form.name: form for form in ALL_FORMATS}
# What is written of several lines as another kind of file than of one.
_OF_SEVERAL: Final = {"html": (".zip", "application/zip")}


@dataclass(frozen=True, slots=True)
class Material:
    """What an export is made from: a store, what its register is made by, which lines are asked for, and the rest."""

    store: Store
    stages: Stages
    choice: Choice
    about: About

    def records(self) -> Iterator[Record]:
        """Yield the lines that are asked for, as ``exporting.each_record`` does."""
        from armstrace.exporting import each_record  # noqa: PLC0415 - keeps `--help` fast

        yield from each_record(self.store, self.stages, self.choice)


def find_format(name: str, *, is_of_one: bool = False) -> Format:
    """Return the format of a name, as it is of one line alone or of several.

    Raises:
        MetadataError: there is none.
    """
    if name not in _BY_NAME:
        raise MetadataError(f"{name}: no format of this name; there are {', '.join(_BY_NAME)}")
    form = _BY_NAME[name]
    if is_of_one or name not in _OF_SEVERAL:
        return form
    suffix, media_type = _OF_SEVERAL[name]
    return form._replace(suffix=suffix, media_type=media_type)


def write_format(form: Format, material: Material, out: Out) -> None:
    """Write what is asked for in a format.

    Raises:
        ArmstraceError: an extra of the package is not installed, nothing is all that is asked for, an option of the
            format is malformed, or the store cannot be used.
        ValueError: a date is none.
    """
    if form.name in {one.name for one in STORE_FORMATS}:
        write: Callable[[Material, Out], None] = import_module(f"armstrace.web.publication.{form.module}").write
        write(material, out)
    else:
        writer_of(form)(material.records(), material.about, out)
