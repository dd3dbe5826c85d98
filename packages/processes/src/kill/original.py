"""A process in an endless loop is started and terminated.

Prints whether it is alive afterwards, its exit code (less than 0: the signal) and the ms that it took.
"""

import json
import multiprocessing
import time


def loop(looping):
    looping.set()
    while True:
        pass


if __name__ == "__main__":
    looping = multiprocessing.Event()
    process = multiprocessing.Process(target=loop, args=(looping,), daemon=True)
    process.start()
    looping.wait()
    start = time.perf_counter()
    process.terminate()
    process.join(5)
    ms = (time.perf_counter() - start) * 1e3
    print(json.dumps({"alive": int(process.is_alive()), "exitcode": process.exitcode or 0, "ms": ms}))
