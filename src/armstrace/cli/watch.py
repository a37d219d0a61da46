"""``armstrace watch``: feeds, sitemaps and pages, asked again and again; what is new goes into the store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from armstrace.cli.add import receipt_line
from armstrace.cli.counting import kept_metrics
from armstrace.cli.database import database_option, now, open_named_store
from armstrace.cli.log_options import log_options, metrics_option
from armstrace.cli.progress import Reporter, reporting
from armstrace.cli.reading import KeptReader
from armstrace.fetch.events import FetchedFeed, FetchedPage, PageFailed, SitemapPartFailed, SourceFailed
from armstrace.fetch.feeds_file import read_feeds_file
from armstrace.fetch.fetched import FetchOptions
from armstrace.fetch.stop import stopping_on_signals
from armstrace.fetch.watch import polite_tools, watch_sources
from armstrace.ingest.feeds import read_feed_links
from armstrace.ingest.sitemaps import read_sitemap
from armstrace.intake import Receipt, keep_texts
from armstrace.observing.logs import Logs
from armstrace.store.repository import Store
from armstrace.watching import texts_of

_TROUBLES = (SourceFailed, SitemapPartFailed, PageFailed)


@click.command()
@click.argument("feeds", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@database_option
@click.option("--once", is_flag=True, help="Ask every source that is due once, then stop.")
@click.option("--no-read", is_flag=True, help="Keep the documents only; `armstrace update` reads them later.")
@click.option("--allow-private", is_flag=True, help="Fetch from this machine and the local network too.")
@metrics_option
@log_options
def watch(  # noqa: PLR0913 - one parameter an option
    *,
    feeds: Path,
    database: str | None,
    once: bool,
    no_read: bool,
    allow_private: bool,
    metrics_path: Path | None,
    logs: Logs,
) -> None:
    """Watch the sources of FEEDS (a YAML file) and add what is new to the store.

    \b
      sources:
        - url: https://outlet.example/world.rss
          outlet: The Outlet
          every: 30m
        - url: https://ministry.example/news-sitemap.xml
          kind: sitemap
          include: ["*/press/*"]

    Unchanged sources are not sent again, robots.txt is heeded, one page a host at a time with pauses. Ends on Ctrl-C;
    what was fetched and not kept is fetched again the next time, nothing is fetched twice.
    """  # noqa: D301 - click reads the real sign
    with (
        reporting(logs) as reporter,
        open_named_store(database) as store,
        stopping_on_signals() as stop,
        kept_metrics(metrics_path) as counting,
    ):
        sources = read_feeds_file(feeds)
        state = store.watched
        tools = polite_tools(state, (read_feed_links, read_sitemap), stop, FetchOptions(allow_private=allow_private))
        reporter.expect("watching", None)
        kept = KeptReader(store, reporter)
        for event in watch_sources(sources, state, tools, once=once):
            counting.watched(type(event).__name__)
            if isinstance(event, _TROUBLES):
                reporter.trouble(type(event).__name__, str(event))
                continue
            reporter.step(type(event).__name__, told=str(event))
            if isinstance(event, FetchedPage | FetchedFeed):
                for receipt in _keep(store, event):
                    counting.took_in(receipt.outcome)
                    _tell(receipt, reporter)
                if not no_read:
                    counting.read(kept.read())


def _keep(store: Store, event: FetchedPage | FetchedFeed) -> Iterator[Receipt]:
    return keep_texts(store, texts_of(event), lambda _: (), now)


def _tell(receipt: Receipt, reporter: Reporter) -> None:
    if receipt.id is None:
        reporter.complain(receipt.detail)
    else:
        reporter.write(receipt_line(receipt, "person"))
