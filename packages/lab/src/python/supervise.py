"""Runs a program that must not outlive the process that started it.

usage: supervise.py PROGRAM [ARGUMENT ...]

Standard input is the lifeline: it stays open as long as the starter lives, and closes when that ends, however it ends.
The program then ends, with every process that it started.
"""

import os
import runpy
import signal
import sys
import threading


def end_with_starter():
    # os.read, not sys.stdin.read: a forked child would inherit the lock that the latter holds while it waits.
    while os.read(0, 4096):
        pass
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)  # the starter made this process the leader of a group of its own
    os._exit(1)


if __name__ == "__main__":
    threading.Thread(target=end_with_starter, daemon=True).start()
    del sys.argv[0]
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))  # for bench.py
    sys.path.insert(0, os.path.dirname(os.path.abspath(sys.argv[0])))
    runpy.run_path(sys.argv[0], run_name="__main__")
