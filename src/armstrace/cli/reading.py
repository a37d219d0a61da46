"""Reading what the store keeps and has not read yet."""

from __future__ import annotations

from armstrace.cli.database import now
from armstrace.cli.progress import Reporter
from armstrace.store.repository import Store


def read_what_is_kept(store: Store, reporter: Reporter) -> int:
    """Read every document that today's reader has not read yet; return how many claims were kept of them."""
    from armstrace.extractor import extractor_version  # noqa: PLC0415 - loads the model, needed only if there is work
    from armstrace.intake import read_kept  # noqa: PLC0415
    from armstrace.pipeline import load_reader  # noqa: PLC0415

    version = extractor_version()
    total = sum(1 for _ in store.unread(version))
    if not total:
        return 0
    reporter.expect("reading", total)
    claims = 0
    for receipt in read_kept(store, load_reader(), version, now):
        reporter.step("read", **receipt._asdict())
        claims += receipt.claims
    return claims
