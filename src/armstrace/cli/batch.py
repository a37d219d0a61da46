"""``armstrace batch``: archives of millions of documents in, parts with their claims out."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from armstrace.cli.console import complain
from armstrace.cli.engine_options import engine_options
from armstrace.cli.log_options import log_options, metrics_option
from armstrace.cli.progress import Reporter, reporting
from armstrace.errors import InputError
from armstrace.observing.logs import Logs

if TYPE_CHECKING:
    from armstrace.batch.driving import Ended
    from armstrace.batch.plan import Options
    from armstrace.batch.work import PartDone
    from armstrace.cli.counting import Counting

_BROKEN_OFF: Final = 130  # as a shell tells the end by Ctrl-C
_HUNDREDTHS: Final = 100


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="IN...")
@click.argument("out", metavar="OUT")
@engine_options
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "parquet"]),
    default="jsonl",
    show_default=True,
    help="Of claims and documents.",
)
@click.option(
    "--part-size",
    type=click.IntRange(1, 1_000_000),
    default=2_000,
    show_default=True,
    metavar="N",
    help="Records of a part: what is lost when a run is broken off.",
)
@click.option("--keep-texts", is_flag=True, help="Write the text of each document beside what is known of it.")
@click.option("--all", "everything", is_flag=True, help="Read all documents, not only those that may hold a transfer.")
@metrics_option
@log_options
def batch(  # noqa: PLR0913 - one parameter an option
    *,
    paths: tuple[str, ...],
    out: str,
    engine: tuple[str, int, str | None],
    form: str,
    part_size: int,
    keep_texts: bool,
    everything: bool,
    metrics_path: Path | None,
    logs: Logs,
) -> None:
    """Read archives of any size: shards of documents IN, files of claims OUT.

    IN are files, folders, patterns in quotes ('news-*.parquet') or paths of stores (s3://bucket/folder) of shards:
    Parquet and JSON Lines, whose fields are told by their names (id, text or html, title, outlet, published, url), and
    web archives (WARC); packed by gzip or Zstandard or not. OUT is a folder here or in a store. What lies there, and
    what each column means, is told in docs/batch.md.

    A run that was broken off goes on when the same command is given again: finished parts are not read anew. New shards
    may have come since; with other options, a changed shard or another version of armstrace it is refused. A document
    that cannot be read costs that document, and stands under failures/ with the reason.

    \b
    Exit codes:
      0    everything was read
      2    wrong usage, or OUT was made with other options, input or version
      3    some documents or shards could not be read; the rest was
      4    the installation is damaged or incomplete
      6    OUT cannot be written
      7    no worker can be had
      130  broken off; finished parts are kept

    \b
    Examples:
      armstrace batch archive/ claims/
      armstrace batch 'crawl/*.warc.gz' claims/ --workers 8 --format parquet
      armstrace batch s3://bucket/news s3://bucket/claims --engine dask --scheduler tcp://head:8786
    """  # noqa: D301 - click reads the real sign
    from armstrace.batch.plan import Options  # noqa: PLC0415 - keeps `--help` fast
    from armstrace.cli.counting import kept_metrics  # noqa: PLC0415

    options = Options(form, part_size, keep_texts, gate=not everything)
    plan = _Plan(paths, out, options, engine)
    with reporting(logs) as reporter, _stopping(out), kept_metrics(metrics_path) as counting:
        ended = plan.run(reporter, counting)
        _tell(ended, out, reporter)
    if ended.unfinished or ended.counts["failed"]:
        raise SystemExit(InputError.exit_code)


class _Plan:
    """What is asked for."""

    def __init__(self, paths: Sequence[str], out: str, options: Options, engine: tuple[str, int, str | None]) -> None:
        self._paths, self._out, self._options, self._engine = paths, out, options, engine

    def run(self, reporter: Reporter, counting: Counting) -> Ended:
        """Read the shards."""
        from armstrace.batch.driving import LOG, prepare_run, run_shards, write_report  # noqa: PLC0415 - loads the pipeline
        from armstrace.batch.engines import open_engine  # noqa: PLC0415
        from armstrace.batch.places import open_folder  # noqa: PLC0415
        from armstrace.batch.reading import built_in, reading_version  # noqa: PLC0415
        from armstrace.batch.shards import find_shards  # noqa: PLC0415
        from armstrace.batch.work import Job  # noqa: PLC0415

        job = Job(self._out, self._options, built_in)
        shards = find_shards(self._paths)
        folder = open_folder(self._out)
        with folder.held():
            finished = prepare_run(folder, job, reading_version(), shards)
            left = [shard for shard in shards if shard.name not in finished]
            progress = _Progress(reporter, counting, sum(shard.size for shard in left))
            with open_engine(*self._engine) as engine:
                ended = run_shards(job, shards, finished, engine, progress.part)
                write_report(folder, LOG, progress.timing(engine.workers, self._engine[0]))
            return ended


class _Progress:
    """Tells of parts in hundredths of all bytes, and how fast it went."""

    def __init__(self, reporter: Reporter, counting: Counting, size: int) -> None:
        self._reporter, self._counting, self._size = reporter, counting, size
        self._done = self._told = self._records = 0
        self._begun = time.time()
        reporter.expect("reading", _HUNDREDTHS)

    def part(self, part: PartDone) -> None:
        """Tell of a part that is finished."""
        self._done += part.size
        self._records += part.counts["records"]
        percent = min(_HUNDREDTHS, _HUNDREDTHS * self._done // max(self._size, 1))
        self._counting.part(part.counts)
        facts = {"part": part.name, "percent": percent, **part.counts}
        self._reporter.step("part", percent - self._told, **facts)
        self._told = percent

    def timing(self, workers: int, engine: str) -> dict[str, object]:
        """Return when and how fast this run went; nothing else of a run depends on the clock."""
        took = time.time() - self._begun
        return {
            "begun": datetime.fromtimestamp(self._begun, UTC).isoformat(timespec="seconds"),
            "seconds": round(took, 1),
            "records": self._records,
            "records_a_second": round(self._records / max(took, 0.001), 1),
            "engine": engine,
            "workers": workers,
        }


def _tell(ended: Ended, out: str, reporter: Reporter) -> None:
    """Tell what was read, and what was not and why."""
    from armstrace.batch.places import shown  # noqa: PLC0415

    for reason in ended.unfinished.values():
        reporter.complain(reason)
    counts = ended.counts
    told = (
        f"{ended.shards - len(ended.unfinished)} of {ended.shards} shards finished: {counts['documents']} documents, "
        f"{counts['passed_over']} passed over as holding no transfer, {counts['read']} read, {counts['claims']} claims"
    )
    beside = (("not_english", "not in English"), ("duplicates", "duplicates"), ("failed", "could not be read"))
    reporter.write("; ".join((told, *(f"{counts[name]} {words}" for name, words in beside if counts[name]))))
    if counts["failed"]:
        reporter.write(f"why they could not be read is told in {shown(out)}/failures/")


@contextmanager
def _stopping(out: str) -> Iterator[None]:
    """Enter to be ended by Ctrl-C or by the system, with a word on how to go on."""
    from armstrace.batch.places import shown  # noqa: PLC0415

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        complain(f"broken off; finished parts are kept in {shown(out)}: give the same command again to go on")
        raise SystemExit(_BROKEN_OFF) from None
    finally:
        signal.signal(signal.SIGTERM, before)
