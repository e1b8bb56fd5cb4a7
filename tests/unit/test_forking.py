"""A child forked while other threads advise gives advice of its own, and so does its parent afterward."""

from __future__ import annotations

import subprocess
import sys

import pytest

FORKS = """
import os, sys, threading, warnings
from advisor import Advisor
warnings.simplefilter("ignore")
advisor = Advisor.load()
given = {"brings": "start_own", "also": ["nothing"], "license": "counselor", "runway": "one_to_two"}
expected = advisor.advise(given)
over = threading.Event()
def keep_advising():
    while not over.is_set():
        advisor.advise(given)
threads = [threading.Thread(target=keep_advising) for _ in range(2)]
for thread in threads:
    thread.start()
advisor.challenger  # and one that is made while the others advise
for n in range(10):
    child = os.fork()
    if not child:
        same = advisor.advise(given, proofs=n == 0).model_copy(update={"proofs": None}) == expected
        os._exit(0 if same else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
over.set()
for thread in threads:
    thread.join()
assert advisor.advise(given) == expected
print("all of them")
"""


@pytest.mark.long
def test_a_child_forked_while_threads_advise_does_not_hang() -> None:
    done = subprocess.run([sys.executable, "-c", FORKS], capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "all of them\n", "")
