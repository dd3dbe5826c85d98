"""A global that a process and a thread change, and a process that aborts: what is left of it in the parent.

Prints the global of the parent after each, and 1 as soon as it has survived.
"""

import json
import multiprocessing
import os
import threading

counter = 0


def add():
    global counter
    counter += 1


def crash():
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # no core dump
    except ImportError:
        pass
    os.abort()


def run(kind, target):
    one = kind(target=target)
    one.start()
    one.join()
    return counter


if __name__ == "__main__":
    of_process = run(multiprocessing.Process, add)
    of_thread = run(threading.Thread, add)
    run(multiprocessing.Process, crash)
    print(json.dumps({"process": of_process, "thread": of_thread, "after_abort": 1}))
