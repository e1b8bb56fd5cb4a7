"""Signals become exceptions, but not in the middle of keeping an answer."""

from __future__ import annotations

import os
import signal

import pytest

from advisor.terminal.stop_signals import StopSignals


def send(number: int) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_ends_the_process_with_its_code(number: int, code: int) -> None:
    with pytest.raises(SystemExit) as ended, StopSignals():
        send(number)
    assert ended.value.code == code


def test_an_interrupt_stays_an_interrupt() -> None:
    with pytest.raises(KeyboardInterrupt), StopSignals():
        send(signal.SIGINT)


def test_a_signal_waits_for_the_work_that_is_held() -> None:
    done = []

    def work() -> None:
        with StopSignals() as signals:
            with signals.held():
                send(signal.SIGTERM)
                done.append("written")
            done.append("not reached")

    with pytest.raises(SystemExit):
        work()
    assert done == ["written"]


def test_the_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with StopSignals():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_signal_that_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with StopSignals():
            send(signal.SIGHUP)
            assert signal.getsignal(signal.SIGHUP) == signal.SIG_IGN
    finally:
        signal.signal(signal.SIGHUP, before)
