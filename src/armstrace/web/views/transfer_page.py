"""All that the template of a transfer's page is given, on the desk and in a publication."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from armstrace.export.findings import Findings
from armstrace.export.wording import CountryNames
from armstrace.register.reliability import Row
from armstrace.register.types import Transfer
from armstrace.web.addresses import Addresses
from armstrace.web.views.law import view_law
from armstrace.web.views.reliability import view_reliability
from armstrace.web.views.transfer import Around, view_transfer


def transfer_values(  # noqa: PLR0913 - one parameter a part of the page
    transfer: Transfer,
    findings: Findings,
    reliability: Sequence[Row],
    names: CountryNames,
    addresses: Addresses,
    *,
    around: Mapping[str, Around] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return what the page shows of a transfer; the desk adds the days to go back to and where to watch."""
    return {
        "shown": view_transfer(transfer, names, addresses, around),
        "law": view_law(findings, addresses),
        "sources": view_reliability(transfer, reliability, names),
        "as_of": "",
        "slider": None,
        "notice": "",
        "printed": False,
        "exports": (),
        "watch": "",
    }
