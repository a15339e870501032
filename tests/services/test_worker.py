"""One thread that does one thing after another."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from tchat_desktop.services.worker import Worker


@pytest.fixture
def errors() -> list[Exception]:
    return []


@pytest.fixture
def worker(errors: list[Exception]) -> Iterator[Worker]:
    worker = Worker("test", errors.append)
    yield worker
    worker.stop()


def test_jobs_are_done_in_order_off_the_callers_thread(worker: Worker) -> None:
    done: list[int] = []
    threads = set()

    def job(number: int) -> None:
        done.append(number)
        threads.add(threading.current_thread())

    for number in range(500):
        worker.do(lambda number=number: job(number))  # type: ignore[misc]
    assert worker.stop()
    assert done == list(range(500))
    assert len(threads) == 1
    assert threading.current_thread() not in threads


def test_handing_in_a_job_waits_for_nothing(worker: Worker) -> None:
    gate, after = threading.Event(), threading.Event()
    worker.do(lambda: gate.wait(10) and None)
    worker.do(after.set)
    # Here the first job is still running: `do` came back all the same.
    assert not after.is_set()
    gate.set()
    assert after.wait(10)


def test_a_job_that_raises_is_told_and_does_not_stop_the_next(
    worker: Worker, errors: list[Exception]
) -> None:
    mistake = ValueError("no such folder")

    def fail() -> None:
        raise mistake

    done = threading.Event()
    worker.do(fail)
    worker.do(done.set)
    assert done.wait(10)
    assert errors == [mistake]


def test_stop_finishes_what_was_handed_in_then_does_no_more(worker: Worker) -> None:
    done: list[str] = []
    worker.do(lambda: done.append("before"))
    assert worker.stop()
    worker.do(lambda: done.append("after"))
    assert worker.stop()
    assert done == ["before"]


def test_stop_says_when_a_job_takes_too_long(worker: Worker) -> None:
    gate = threading.Event()
    worker.do(lambda: gate.wait(10) and None)
    assert not worker.stop(0.01)
    gate.set()
    assert worker.stop()


def test_the_thread_never_keeps_the_app_from_ending(worker: Worker) -> None:
    found: list[bool] = []
    worker.do(lambda: found.append(threading.current_thread().daemon))
    worker.stop()
    assert found == [True]
