"""``armstrace serve``: the desk in a browser."""

from __future__ import annotations

import os
import webbrowser
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

import click
from click.core import ParameterSource

from armstrace import __version__
from armstrace.cli.database import database_option, now, open_named_store
from armstrace.cli.log_options import log_options
from armstrace.cli.text_files import read_text
from armstrace.errors import SettingsError
from armstrace.observing.events import Event
from armstrace.observing.logs import Logs, log, start_logs

if TYPE_CHECKING:
    from armstrace.register.reliability import Row
    from armstrace.store.repository import Store
    from armstrace.web.oidc.settings import OidcSettings

PORT: Final = 8477
_LEAST_TOKEN: Final = 16  # characters
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class Place(NamedTuple):
    """Where a desk listens, by which further names it goes, whether a browser is opened, where alerts may go.

    ``reliability`` are the rows of the user's own table of sources. Several ``processes`` open the store by the address
    ``database``. Once it is told to end, it answers for ``drain`` seconds and says that it is not ready.
    """

    host: str = "127.0.0.1"
    port: int = PORT
    names: Sequence[str] = ()
    is_opened: bool = False
    private_hooks: bool = False
    reliability: tuple[Row, ...] = ()
    processes: int = 1
    database: str | None = None
    logs: Logs = Logs()
    metrics_token: str = ""
    drain: float = 1.0

    def tell(self, address: str) -> None:
        """Tell where the desk is, once it is there."""
        told = {"version": __version__, "processes": self.processes, "hint": "end it by Ctrl-C"}
        log(Event.DESK_STARTED, {"address": address, **told})
        if self.is_opened:
            webbrowser.open(address)


@click.command()
@database_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), help="0 for any free one.")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="A further name that the desk goes by.")
@click.option("--users", is_flag=True, help="Let in who has an account (`armstrace people add`), as their role allows.")
@click.option(
    "--oidc",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="ARMSTRACE_OIDC",
    show_envvar=True,
    metavar="FILE",
    help="With --users: let people log in at the provider that this file names, by OpenID Connect (docs/login.md).",
)
@click.option(
    "--sources",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Your own table of how reliable sources are (YAML); people's grades count where they say more of a source.",
)
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many serve, for many people at once: one a processor, each some 300 MB of memory.",
)
@click.option("--open", "is_opened", is_flag=True, help="Open it in the browser of this machine.")
@click.option("--private-webhooks", is_flag=True, help="Let alerts be sent to this machine and the local network too.")
@click.option(
    "--metrics-token-file",
    "token_file",
    type=click.Path(dir_okay=False, path_type=Path),
    envvar="ARMSTRACE_METRICS_TOKEN_FILE",
    show_envvar=True,
    metavar="FILE",
    help="Tell /metrics to whoever shows the token in this file; else only this machine, without --users.",
)
@click.option(
    "--drain",
    default=1.0,
    show_default=True,
    type=click.FloatRange(0, 600),
    metavar="SECONDS",
    help="After SIGTERM: how long requests are still taken while /readyz says no.",
)
@log_options
def serve(  # noqa: PLR0913 - one parameter an option
    *,
    database: str | None,
    host: str,
    port: int,
    names: tuple[str, ...],
    users: bool,
    oidc: Path | None,
    sources: Path | None,
    processes: int,
    is_opened: bool,
    private_webhooks: bool,
    token_file: Path | None,
    drain: float,
    logs: Logs,
) -> None:
    """Serve the desk: register, transfers, documents, review, as pages on this machine.

    Without --users whoever can reach it may do everything, so it listens on this machine only. With --users it may
    listen elsewhere; put what speaks HTTPS before it. Alerts of watches are sent to their addresses meanwhile.
    """
    if oidc and not users and click.get_current_context().get_parameter_source("oidc") is ParameterSource.COMMANDLINE:
        raise click.UsageError("--oidc is for a desk with accounts; add --users")
    if host not in _LOOPBACK and not users:
        raise click.UsageError(f"--host {host}: without --users the desk is for this machine; leave --host out")
    start_logs(logs)
    settings = _read_oidc(oidc) if oidc and users else None
    token = _read_token(token_file) if token_file else ""
    reliability = _read_sources(sources) if sources else ()
    with open_named_store(database) as store:
        if users and not store.people.count():
            raise click.UsageError("there is no account yet; add one: armstrace people add NAME --role admin")
        place = Place(
            host, port, names, is_opened, private_webhooks, reliability, processes, database, logs, token, drain
        )
        serve_store(store, place, with_accounts=users, oidc=settings)


def _read_sources(path: Path) -> tuple[Row, ...]:
    from armstrace.register.reliability import read_reliability  # noqa: PLC0415 - `--help` does not wait for it

    return read_reliability(read_text(path), str(path))


def _read_token(path: Path) -> str:
    token = read_text(path).strip()
    if len(token) < _LEAST_TOKEN or not token.isascii() or not token.isprintable() or " " in token:
        raise SettingsError(f"{path}: is no token; write one line of {_LEAST_TOKEN} letters and digits or more into it")
    return token


def _read_oidc(path: Path) -> OidcSettings:
    from armstrace.web.oidc.settings import read_oidc_file  # noqa: PLC0415 - `--help` does not wait for it

    return read_oidc_file(path, os.environ)


def serve_store(store: Store, place: Place, *, with_accounts: bool = False, oidc: OidcSettings | None = None) -> None:
    """Serve the desk over a store until it is told to end.

    Raises:
        InputError: nothing can listen at the place.
        MissingPartError: logging in elsewhere needs a part that is not installed.
    """
    from armstrace.observing.shared import sharing  # noqa: PLC0415 - `--help` does not wait for it

    start_logs(place.logs)
    with sharing() if place.processes > 1 else nullcontext():
        _serve(store, place, with_accounts=with_accounts, oidc=oidc)
    log(Event.DESK_STOPPED)


def _serve(store: Store, place: Place, *, with_accounts: bool, oidc: OidcSettings | None) -> None:
    # Whether processes share their metrics is settled before these are imported.
    from armstrace.web.app import create_app  # noqa: PLC0415
    from armstrace.web.desk import LOCAL_HOSTS  # noqa: PLC0415
    from armstrace.web.loaded_ahead import load_ahead  # noqa: PLC0415
    from armstrace.web.opening import Opening, make_app, open_desk  # noqa: PLC0415
    from armstrace.web.sending import sending  # noqa: PLC0415
    from armstrace.web.serving import run, run_several  # noqa: PLC0415

    opening = Opening(
        place.database,
        (*LOCAL_HOSTS, place.host, *place.names),
        now,
        with_accounts,
        place.private_hooks,
        place.reliability,
        oidc,
        place.logs,
        place.metrics_token,
        place.drain,
    )
    desk = open_desk(store, opening)
    with sending(desk):
        if place.processes > 1:
            run_several(partial(make_app, opening), place.processes, place.host, place.port, place.tell)
            return
        desk.health.loading = load_ahead()
        run(create_app(desk), place.host, place.port, place.tell)
