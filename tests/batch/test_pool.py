from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from armstrace.batch.engines import Died, open_engine, run_on
from armstrace.errors import InputError, WorkerError


def double(number):
    return number * 2


def count_up(number):
    yield from range(number)


def refuse(number):
    raise InputError(f"{number}: refused")


def die(task):
    if task == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if Path(task).is_absolute() and not Path(task).exists():
        Path(task).touch()
        os._exit(3)
    yield task


def give_out(task):
    yield task
    raise MemoryError


def wait(_task):
    yield os.getpid()
    time.sleep(60)


@pytest.fixture
def pool():
    with open_engine("local", 2) as engine:
        yield engine


def test_any_run_gives_each_result_once(pool):
    assert sorted(run_on(pool)(double, range(50))) == sorted(map(double, range(50)))
    with open_engine("local", 0) as here:
        assert list(run_on(here)(double, range(3))) == [0, 2, 4]


def test_a_task_may_have_any_number_of_results(pool):
    assert sorted(pool.stream(count_up, [3, 0, 2])) == [0, 0, 1, 1, 2]


def test_an_error_of_the_work_is_raised_and_the_pool_goes_on(pool):
    with pytest.raises(InputError, match="1: refused"):
        list(run_on(pool)(refuse, [1]))
    assert list(run_on(pool)(double, [4])) == [8]


def test_a_task_whose_worker_dies_once_is_begun_again_and_a_deadly_one_is_told(pool, tmp_path):
    once = str(tmp_path / "once")
    results = list(pool.stream(die, ["a", once, "deadly", "b"]))
    assert sorted(r for r in results if isinstance(r, str)) == sorted(["a", "b", once])
    assert [r for r in results if not isinstance(r, str)] == [Died("deadly", "killed by signal 9")]
    with pytest.raises(WorkerError, match="deadly: its worker died each time"):
        list(run_on(pool)(tuple_of_dying, ["deadly"]))


def tuple_of_dying(task):
    return tuple(die(task))


def test_memory_that_gives_out_is_a_death(pool):
    assert list(pool.stream(give_out, ["x"], attempts=1)) == ["x", Died("x", "ended with code 137")]


def test_who_stops_asking_leaves_no_process_behind(pool):
    results = pool.stream(wait, [1, 2])
    found = next(results)
    results.close()
    with pytest.raises(ProcessLookupError):
        os.kill(found, 0)
