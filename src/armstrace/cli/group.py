"""``armstrace group``: which documents of a batch repeat one another, and which claims tell of one transfer."""

from __future__ import annotations

import click

from armstrace.cli.engine_options import engine_options
from armstrace.cli.log_options import log_options
from armstrace.cli.progress import reporting
from armstrace.observing.logs import Logs

_CLAIMS_OF_BUCKET, _MOST_BUCKETS = 20_000, 1_024


@click.command()
@click.argument("out", metavar="OUT")
@engine_options
@log_options
def group(*, out: str, engine: tuple[str, int, str | None], logs: Logs) -> None:
    """Find the documents of OUT that repeat one another, and the claims that tell of one transfer.

    OUT is what `armstrace batch --keep-texts` wrote, and may be an s3://-style address. Written into OUT/groups are
    families.jsonl (document, family, role), copies.jsonl (each pair of likely copies, how likely, and why),
    transfers.jsonl (the claims of each transfer, and the origins behind them), and how many there are of all. A run
    that was broken off goes on where it was; docs/grouping-at-scale.md has the details.

    \b
    Exit codes:
      0  families and transfers are written
      2  the batch was run without --keep-texts
      3  OUT holds no batch, or one that is not finished
      6  OUT cannot be written
      7  no worker can be had
    """  # noqa: D301 - click reads the real sign
    from armstrace.batch.engines import open_engine, run_on  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.batch.joins.families import Grouping, group_documents  # noqa: PLC0415
    from armstrace.batch.joins.kept import count_claims, parts_of_run, told_of_run  # noqa: PLC0415
    from armstrace.batch.joins.transfers import group_told  # noqa: PLC0415
    from armstrace.batch.joins.work_folder import Folder  # noqa: PLC0415

    folder, (name, count, scheduler) = Folder(out), engine
    alone = count == 1 and name == "local"
    with reporting(logs) as reporter, open_engine(name, 0 if alone else count, scheduler) as opened:

        def tell(step: str, pieces: int | None) -> None:
            if pieces is None:
                reporter.step(step)
            else:
                reporter.expect(step, pieces)

        run, groups = run_on(opened), folder.sub("groups")
        found = group_documents(Grouping(groups, run, tell), parts_of_run(folder))
        buckets = min(_MOST_BUCKETS, 1 + count_claims(folder) // _CLAIMS_OF_BUCKET)
        transfers = group_told(run, groups, told_of_run(folder, groups, found.mark), buckets).transfers
    click.echo(
        f"{found.documents:,} documents: {found.members:,} of them in {found.families:,} families; "
        f"{found.likely:,} likely copies among {found.compared:,} pairs compared; {transfers:,} transfers"
    )
