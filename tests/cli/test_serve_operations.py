"""``serve`` as a service manager sees it: its log, its metrics over several processes, its end by a signal."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from running import start


class Served:
    """A desk that runs, and the lines of its log as they come."""

    def __init__(self, here: Path, *options: str) -> None:
        self.process = start("serve", "--port", "0", "--log-format", "json", *options, cwd=here)
        self.rows: list[dict[str, object]] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        self.until(lambda: self.events("desk_started"))
        self.client = httpx2.Client(base_url=str(self.events("desk_started")[0]["address"]), timeout=90)
        self.client.get("/healthz")  # it takes signals for its own once it answers

    def _read(self) -> None:
        for line in self.process.stderr:
            self.rows.append(json.loads(line))

    def events(self, name: str) -> list[dict[str, object]]:
        return [row for row in list(self.rows) if row["event"] == name]

    def until(self, holds, seconds=120) -> None:
        end = time.monotonic() + seconds
        while not holds():
            assert time.monotonic() < end, self.rows
            if self.process.poll() is not None:
                self._reading.join(10)  # what it told last may not have been read yet
                assert holds(), self.rows
            time.sleep(0.05)

    def end(self) -> int:
        code = self.process.wait(90)
        self._reading.join(10)
        self.process.stdout.close()
        self.process.stderr.close()
        self.client.close()
        return code

    def samples(self) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
        told = self.client.get("/metrics").text
        families = text_string_to_metric_families(told)
        return {(one.name, tuple(sorted(one.labels.items()))): one.value for part in families for one in part.samples}


def readiness(served: Served) -> dict[str, str]:
    """Return what is told on a connection of its own, as a load balancer asks; nothing once it is refused."""
    try:
        return httpx2.get(f"{served.client.base_url}readyz", timeout=30).json()["checks"]
    except httpx2.TransportError:
        return {}


def test_a_desk_says_that_it_is_not_ready_then_ends_with_nothing_cut_off(here):
    served = Served(here, "--drain", "2")
    served.until(lambda: served.client.get("/readyz").status_code == 200)
    served.process.send_signal(signal.SIGTERM)
    served.until(lambda: served.events("desk_stopping"))
    assert readiness(served) == {"running": "stopping"}
    assert served.client.get("/login").status_code == 200  # it still serves meanwhile
    assert served.end() == 0
    assert [row["event"] for row in served.rows][-1] == "desk_stopped"
    assert {"desk_started", "ready", "request", "desk_stopping"} <= {row["event"] for row in served.rows}


def test_a_second_signal_ends_it_at_once(here):
    served = Served(here, "--drain", "300")
    served.process.send_signal(signal.SIGTERM)
    served.until(lambda: served.events("desk_stopping"))
    served.process.send_signal(signal.SIGTERM)
    assert served.end() == -signal.SIGTERM
    assert not served.events("desk_stopped")


def test_a_scrape_adds_up_all_processes_and_one_that_died_keeps_what_it_counted(here, tmp_path_factory, monkeypatch):
    folder = tmp_path_factory.mktemp("shared")
    monkeypatch.setenv("TMPDIR", str(folder))
    left_over = folder / "armstrace-metrics-999999999-killed"
    left_over.mkdir()
    served = Served(here, "--processes", "2")
    own = Path(next(folder.glob(f"armstrace-metrics-{served.process.pid}-*")))
    assert not left_over.exists()

    def asked() -> float:
        return served.samples().get(
            (REQUESTS, (("method", "GET"), ("route", "/documents/{document}"), ("status", "4xx"))), 0.0
        )

    for _ in range(20):  # each on a connection of its own, for either process to take
        httpx2.get(f"{served.client.base_url}documents/none", timeout=90)
    assert asked() == 20
    served.until(lambda: served.samples()["armstrace_processes", ()] == 3)
    victim = next(int(file.stem.rpartition("_")[2]) for file in own.glob("gauge_livesum_*") if is_worker(served, file))
    os.kill(victim, signal.SIGKILL)
    served.client.close()
    served.client = httpx2.Client(base_url=served.client.base_url, timeout=90)
    assert asked() == 20
    assert served.samples()["armstrace_requests_in_flight", ()] == 1
    served.process.send_signal(signal.SIGTERM)
    assert served.end() == 0
    assert list(folder.glob("armstrace-metrics-*")) == []


REQUESTS = "armstrace_requests_total"


def is_worker(served: Served, file: Path) -> bool:
    return int(file.stem.rpartition("_")[2]) != served.process.pid


@pytest.mark.parametrize(("content", "told"), [("short", "is no token"), ("two words of more\n", "is no token")])
def test_a_token_that_will_not_do_is_told_before_anything_is_served(here, run, content, told):
    (here / "token").write_text(content, encoding="utf-8")
    done = run("serve", "--metrics-token-file", "token", "--port", "0", "--log-format", "json", cwd=here)
    assert done.code == 2
    assert told in done.logged[-1]["message"]


def test_watch_writes_its_metrics_whole(here, run):
    (here / "feeds.yml").write_text("sources:\n  - url: http://127.0.0.1:1/feed\n", encoding="utf-8")
    done = run("watch", "feeds.yml", "--once", "--allow-private", "--metrics-file", "w.prom", "--log-format", "json",
               cwd=here)  # fmt: skip
    assert done.code == 0
    assert [row["level"] for row in done.logged if row["event"] == "source_failed"] == ["warning"]
    families = text_string_to_metric_families((here / "w.prom").read_text(encoding="utf-8"))
    told = {(one.name, one.labels.get("outcome")): one.value for part in families for one in part.samples}
    assert told["armstrace_source_fetches_total", "failed"] == 1
    assert [path.name for path in here.glob("w.prom*")] == ["w.prom"]
    refused = run("watch", "feeds.yml", "--once", "--metrics-file", "no/folder.prom", cwd=here)
    assert (refused.code, "no/folder.prom: cannot be written" in refused.err) == (3, True)
