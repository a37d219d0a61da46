"""What the law says of a transfer, as notes on the report that the transfer is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from armstrace.embargo.findings import Verdict
from armstrace.export.findings import VERDICT_TITLES
from armstrace.export.machine_tags import finding_tags
from armstrace.export.plain import plain
from armstrace.export.record import Record
from armstrace.export.stix.objects import make_object, object_id, words
from armstrace.export.stix.references import source_name


def finding_objects(record: Record, report: str, moment: str) -> Iterator[dict[str, Any]]:
    """Yield a note a finding, of the moment of the report."""
    for number, finding in enumerate(record.findings):
        title = VERDICT_TITLES[Verdict(finding["verdict"])]
        in_force = f"from {finding['in_force_from'] or 'unknown'} to {finding['in_force_to'] or 'no end set'}"
        rows = (
            ("Verdict", title),
            ("Measure", f"{finding['measure']} ({finding['body']})"),
            ("In force", in_force),
            ("Decisive", plain(finding["decisive"])),
            ("Missing", finding["missing"] or ""),
            *(("If", plain(f"{case['supposed']}: {case['verdict']}: {case['why']}")) for case in finding["cases"]),
            *(("Would change it", plain(one)) for one in finding["would_change"]),
            *(("Disputed", plain(one)) for one in finding["disputed"]),
            *(("Caveat", plain(one)) for one in finding["caveats"]),
            ("Source", plain(finding["source"])),
            ("Notice", finding["notice"]),
        )
        reference = {
            "source_name": source_name(finding["instrument"], "instrument unknown"),
            "description": words(finding["paragraph"], "paragraph unknown"),
            "external_id": finding["measure"],
        }
        yield make_object(
            object_id("note", "finding", record.transfer.id, number, finding["measure"]),
            moment,
            moment,
            abstract=f"{finding['measure']}: {title}",
            content="\n".join(f"{name}: {value}" for name, value in rows if value),
            object_refs=[report],
            lang="en",
            labels=list(finding_tags([finding])),
            external_references=[reference],
        )
