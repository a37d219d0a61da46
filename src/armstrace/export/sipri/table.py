"""The register in the layout of SIPRI's trade register: eleven lines of words, the 16 columns, a line a deal.

Where each field goes, which rules set the markers, and which transfers are no deals: docs/sipri.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from tempfile import SpooledTemporaryFile
from typing import Final

from armstrace.errors import MetadataError
from armstrace.export.record import About, Out, Record
from armstrace.export.sipri.comments import comment_cell
from armstrace.export.sipri.deals import Deal, deal_of, why_no_deal
from armstrace.export.sipri.figures import delivery_years, number, order_year
from armstrace.export.sipri.parties import party_cell
from armstrace.export.spreadsheet import ENCODING, csv_line_of_others
from armstrace.export.wording import CountryNames
from armstrace.extract.sipri_rows import COLUMNS, OURS, Column
from armstrace.register.types import Alternative, ItemValue

_AT_ONCE: Final = 1 << 20  # bytes
DEALS: Final = "deals"
ALL: Final = "all"
_HEADER: Final = f"{','.join(COLUMNS)}\r\n"  # as SIPRI has it: a space is the name of a marker column
_IN_MEMORY: Final = 8 << 20  # bytes of lines; more wait on the disk until it is known how many are left out


def write(records: Iterable[Record], about: About, out: Out) -> None:
    """Write a line a deal; with ``lines=all`` also the transfers that are none, with no number and no year of delivery.

    What stands above the columns tells that it is armstrace's table, and how many transfers are not in it, and why.

    Raises:
        MetadataError: other lines are asked for than there are.
    """
    lines_wanted = about.options.get("lines", DEALS)
    if lines_wanted not in {DEALS, ALL}:
        raise MetadataError(f"lines={lines_wanted}: give lines={DEALS} (which is so without it) or lines={ALL}")
    left: Counter[str] = Counter()
    written = 0
    with SpooledTemporaryFile(max_size=_IN_MEMORY) as lines:
        for record in records:
            reason = why_no_deal(record.transfer)
            if reason and lines_wanted == DEALS:
                left[reason] += 1
                continue
            lines.write(csv_line_of_others(cells_of(record, about.names, reason)).encode())
            written += 1
        for number_of_line, line in enumerate((*_above(about, written, left), _HEADER)):
            out.write(line.encode(ENCODING if number_of_line == 0 else "utf-8"))
        lines.seek(0)
        while part := lines.read(_AT_ONCE):
            out.write(part)


def cells_of(record: Record, names: CountryNames, reason: str = "") -> tuple[str, ...]:
    """Return the 16 cells of a transfer; of one that is no deal, for this ``reason``, none of order and delivery."""
    deal = deal_of(record.transfer)
    fields = record.transfer.fields
    designation, description = _arms(deal, fields.items)
    cells = (
        party_cell(deal, fields.recipient, Column.RECIPIENT, names),
        party_cell(deal, fields.supplier, Column.SUPPLIER, names),
        *order_year(deal),
        *number(deal, deal.ordered, Column.ORDERED),
        designation,
        description,
        *number(deal, deal.delivered, Column.DELIVERED),
        delivery_years(deal),
        f"no deal: {reason}" if reason else deal.cell(Column.STATUS).strip(),
        comment_cell(deal, names),
        *(deal.cell(column).strip() for column in (Column.TIV_UNIT, Column.TIV_ORDER, Column.TIV_DELIVERED)),
    )
    return tuple("" if reason and at in _FIGURES else cell for at, cell in enumerate(cells))


_FIGURES: Final = frozenset(
    {
        *range(Column.ORDER_YEAR, Column.DESIGNATION),
        *range(Column.DELIVERED, Column.STATUS),
        *range(Column.TIV_UNIT, len(COLUMNS)),
    }
)


def _arms(deal: Deal, items: Iterable[Alternative[ItemValue]]) -> tuple[str, str]:
    """Return designation and description; where no type is told the description stands for it too, as SIPRI has it."""
    found = next((one for one in items if one.value is not None), None)
    if found is None or found.value is None:
        return "arms", "arms"
    if deal.is_own(found):
        return deal.cell(Column.DESIGNATION).strip(), deal.cell(Column.DESCRIPTION).strip()
    description = found.texts[0] if found.texts else str(found.value.category)
    return found.value.designation or description, description


def _above(about: About, written: int, left: Counter[str]) -> Iterator[str]:
    """Yield eleven lines, as many as SIPRI writes: what skips these finds the columns."""
    gone = "; ".join(f"{count} {reason}" for reason, count in sorted(left.items()))
    chosen = "; ".join(f"{name} {value}" for name, value in about.asked.items())
    words = (
        f"Transfers of arms as documents tell of them; {chosen or 'the whole register'}",
        "A '?' in a column indicates uncertain data: see docs/sipri.md of armstrace for the rules",
        "An empty field for a number or a year indicates that no claim tells it",
        "The column 'status' and those of TIV are filled only where SIPRI's own register is among the documents",
        "What sources say, not what is so. No inference of wrongdoing by makers or earlier owners",
        f"{written} lines; {sum(left.values())} transfers are not deals and left out{': ' if gone else ''}{gone}",
        f"As known on: {about.as_of or 'the day of the last document'}",
        f"Version of the register: {about.versions.get('register', 'unknown')}",
        "",
        f"{OURS} {about.versions.get('program', '')}. This table is not SIPRI's; it only has the layout of SIPRI's",
        "Licence of SIPRI's data: lines that come from SIPRI's register stay under SIPRI's terms of use",
    )
    yield from (csv_line_of_others([line]) if line else "\r\n" for line in words)
