"""Two processes that count: in memory of their own, on a shared value, and on one under its lock.

Prints what was expected and what each counted.
"""

import json
import multiprocessing

TIMES = 100_000
counter = 0


def count_own(results):
    global counter
    for _ in range(TIMES):
        counter += 1
    results.put(counter)


def count_shared(value, start):
    start.wait()
    for _ in range(TIMES):
        value.value += 1


def count_locked(value, start):
    start.wait()
    for _ in range(TIMES):
        with value.get_lock():
            value.value += 1


def run(target, *args):
    processes = [multiprocessing.Process(target=target, args=args) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()


if __name__ == "__main__":
    results = multiprocessing.Queue()
    run(count_own, results)
    shared = multiprocessing.RawValue("i", 0)
    run(count_shared, shared, multiprocessing.Barrier(2))
    locked = multiprocessing.Value("i", 0)
    run(count_locked, locked, multiprocessing.Barrier(2))
    own = sum(results.get() for _ in range(2))
    print(json.dumps({"expected": 2 * TIMES, "own": own, "shared": shared.value, "locked": locked.value}))
