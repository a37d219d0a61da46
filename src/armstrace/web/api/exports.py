"""The register, or a part of it, in a format of the field."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict
from starlette.requests import Request
from starlette.responses import Response

from armstrace.export.formats import Format, options_of
from armstrace.exporting import Choice, asked_for
from armstrace.model import Status
from armstrace.register.select import Wanted
from armstrace.web.api.answers import answer
from armstrace.web.api.operations import gives, gives_files
from armstrace.web.api.params import Day, Words
from armstrace.web.api.queries import bring_up_to_date, find_known, find_transfer_id
from armstrace.web.api.routing import api_router, desk_of
from armstrace.web.api.shapes.exports import Formats
from armstrace.web.desk import Desk
from armstrace.web.exports import ALL_FORMATS
from armstrace.web.sent_exports import Exports, Wish, asked_format

router = api_router("Export")

_MEDIA_TYPES = {
    media_type.partition(";")[0]: None
    for form in ALL_FORMATS
    for media_type in (form.media_type, *(one.media_type for one in form.variants))
}
Name = Annotated[str, Path(min_length=1, max_length=40, description="Name of the format, as `/export` lists them.")]


class AskedExport(BaseModel):
    """Which lines of the register are exported, and what of them."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    transfer: Words | None = None
    """One line alone: its id, that of one of its claims, or how either begins. No other filter counts then."""
    party: Words | None = None
    """Code, or the beginning of words of a name, of a supplier or recipient."""
    item: Words | None = None
    """A category, or the beginning of words of an item."""
    status: Status | None = None
    """How far it had got by the last word."""
    after: Day | None = None
    """Reported on or after this day, month or year."""
    before: Day | None = None
    """Reported on or before it."""
    as_of: Day | None = None
    """As it was known then: only what follows from documents published by this day, month or year."""
    rejected: bool = False
    """Whether to give lines too of which people rejected every claim."""
    released: bool = False
    """Only lines of which a person accepted or corrected a claim."""
    quotes: bool = True
    """Whether the sentences of documents go with them."""
    set: Words | None = None
    """What is asked of this one format: `NAME=VALUE`, several with `;` between, such as `table=claims`."""


@router.get("/export", summary="List the formats", responses=gives(Formats, "The formats."))
def list_formats(request: Request) -> Response:
    """List the formats that the register can be had in, with what each holds and what can be asked of it."""
    return answer(request, {"formats": [_format(one) for one in ALL_FORMATS]})


@router.get(
    "/export/{format}",
    summary="Export the register",
    response_class=Response,
    responses=gives_files("The file, as it is written.", tuple(_MEDIA_TYPES), 404),
)
def export_register(request: Request, format: Name, asked: Annotated[AskedExport, Query()]) -> Response:  # noqa: A002 - the word of the address
    """Give the lines of the register that are all that is asked for, in a format of the field, as a file.

    The same register and question give the same bytes. Who reviewed claims, and why, is told to nobody; it is
    "a reviewer".
    """
    desk, form = desk_of(request), asked_format(format, is_of_one=asked.transfer is not None)
    options = options_of(form, asked.set.split(";") if asked.set else ())
    bring_up_to_date(desk)
    choice = _choice(desk, asked)
    exports: Exports = request.app.state.exports
    return exports.answer(request, desk, Wish(form, choice, asked_for(choice), dict(options)))


def _choice(desk: Desk, asked: AskedExport) -> Choice:
    """Return the choice, the id of the line whole; a line that was not known then is told before anything is sent."""
    transfer = find_transfer_id(desk, asked.transfer) if asked.transfer else None
    if transfer and asked.as_of:
        find_known(desk, transfer, asked.as_of)
    wanted = Wanted(asked.party, asked.item, asked.status, asked.after, asked.before, asked.rejected, asked.released)
    return Choice(wanted, transfer=transfer, as_of=asked.as_of, quotes=asked.quotes)


def _format(form: Format) -> dict[str, Any]:
    variants = [
        {"set": f"{one.option}={one.value}", "suffix": one.suffix, "media_type": one.media_type, "holds": one.holds}
        for one in form.variants
    ]
    about = {"suffix": form.suffix, "media_type": form.media_type, "holds": form.holds}
    return {"format": form.name, **about, "options": list(form.options), "must": list(form.must), "variants": variants}
