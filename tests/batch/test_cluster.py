"""A Dask cluster on this machine: workers that die, schedulers that are not there."""

from __future__ import annotations

import os
import signal

import pytest

from armstrace.batch.engines import Died, open_engine, run_on
from armstrace.errors import InputError, WorkerError


def double(number):
    return number * 2


def die(task):
    if task == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    yield task


def refuse(number):
    raise InputError(f"{number}: refused")


def test_a_cluster_gives_each_result_once_and_tells_of_deadly_tasks():
    with open_engine("dask", 2) as cluster:
        assert cluster.workers == 2
        assert sorted(run_on(cluster)(double, range(20))) == sorted(map(double, range(20)))
        with pytest.raises(InputError, match="1: refused"):
            list(run_on(cluster)(refuse, [1]))
        results = list(cluster.stream(die, ["a", "deadly", "b"]))
        assert sorted(r for r in results if isinstance(r, str)) == ["a", "b"]
        assert [r for r in results if isinstance(r, Died)] == [Died("deadly", "its workers were lost")]


def test_a_scheduler_that_is_not_there_is_told(monkeypatch):
    monkeypatch.setattr("armstrace.batch.cluster._PATIENCE", 1)
    with (
        pytest.raises(WorkerError, match=r"tcp://127\.0\.0\.1:9: no Dask cluster answers"),
        open_engine("dask", 2, "tcp://127.0.0.1:9"),
    ):
        pass
