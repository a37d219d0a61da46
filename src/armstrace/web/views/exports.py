"""The menu of exports: a link for each format, and each that one may be written as, of what a page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from armstrace.web.exports import ALL_FORMATS
from armstrace.web.views.register_form import Asked, address_of


class ExportLink(NamedTuple):
    """One link: how it is called, where it leads, what is in the file."""

    name: str
    address: str
    holds: str


def register_exports(asked: Asked) -> tuple[ExportLink, ...]:
    """Return the links for what the page of the register shows, all pages of it; none where a field is wrong."""
    query = address_of(asked).partition("?")[2]
    return () if asked.problems else tuple(_links(query))


def transfer_exports(identity: str, as_of: str) -> tuple[ExportLink, ...]:
    """Return the links for one transfer, today's or as known on a day."""
    told: Mapping[str, str] = {"transfer": identity, **({"as_of": as_of} if as_of else {})}
    return tuple(_links(urlencode(told)))


def _links(query: str) -> Iterator[ExportLink]:
    for form in ALL_FORMATS:
        if form.must:  # whoever has to say more asks by the API or the command line
            continue
        yield ExportLink(form.name, _address(form.name, query), form.holds)
        for one in form.variants:
            option = urlencode({"set": f"{one.option}={one.value}"})
            words = f"{form.name}, {one.option}={one.value}"
            yield ExportLink(words, _address(form.name, "&".join(filter(None, (query, option)))), one.holds)


def _address(name: str, query: str) -> str:
    return f"/export/{name}?{query}" if query else f"/export/{name}"
