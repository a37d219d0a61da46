"""What the law says of a transfer, as a sanction on the event that the transfer is, never on a party."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from armstrace.embargo.findings import Verdict
from armstrace.export.addresses import href_of
from armstrace.export.findings import VERDICT_TITLES
from armstrace.export.ftm.entity import (
    Entity,
    Seen,
    address_value,
    date_value,
    entity_id,
    label_value,
    line_values,
    make_entity,
    reference_values,
    text_value,
)


def finding_entity(finding: Mapping[str, Any], number: int, event: str, seen: Seen) -> Entity:
    """Return one finding, the ``number``-th of its event: a measure, and whether it bears on the event."""
    values = [
        *reference_values("entity", [event]),
        *label_value("authority", finding["body"]),
        *label_value("program", f"{finding['measure']}: {finding['instrument']}"),
        *label_value("provisions", finding["paragraph"]),
        *label_value("status", VERDICT_TITLES[Verdict(finding["verdict"])]),
        *text_value("reason", finding["decisive"]),
        *text_value("summary", finding["notice"]),
        *date_value("startDate", finding["in_force_from"]),
        *date_value("endDate", finding["in_force_to"]),
        *address_value("programUrl", href_of(finding["source"])),
        *label_value("recordId", finding["measure"]),
        *line_values("description", finding),
    ]
    return make_entity(entity_id("finding", event, number, finding["measure"]), "Sanction", values, seen)
