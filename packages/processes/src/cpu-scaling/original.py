"""CPU-bound work in Python processes: the post's comparison, with every process's CPU time.

usage: original.py LANES

Does LANES units of work in one process of a pool, then one unit in each of LANES processes, three times over. Prints the
times in ms.
"""

import json
import multiprocessing
import os
import sys
import time

UNIT_SECONDS = 0.3
KNOWN_PRIMES = 2262  # below 20,000


def count_primes(limit):
    count = 1
    for candidate in range(3, limit, 2):
        divisor = 3
        while divisor * divisor <= candidate and candidate % divisor:
            divisor += 2
        count += divisor * divisor > candidate
    return count


def unit(repeats):
    for _ in range(repeats):
        assert count_primes(20_000) == KNOWN_PRIMES


def waiting_time():
    """How long this process has stood in the queue for a core, in ms; None where the system does not tell."""
    try:
        with open("/proc/thread-self/schedstat") as stat:
            return int(stat.read().split()[1]) / 1e6
    except (OSError, ValueError, IndexError):
        return None


def work(repeats):
    waited, cpu, started = waiting_time(), time.process_time(), time.monotonic()
    unit(repeats)
    ended, cpu_at_end, waited_at_end = time.monotonic(), time.process_time(), waiting_time()
    return {
        "lane": str(os.getpid()),
        "started": started * 1e3,
        "ended": ended * 1e3,
        "cpu": (cpu_at_end - cpu) * 1e3,
        **({"waited": waited_at_end - waited} if waited is not None else {}),
    }


def phase(pool, units, repeats):
    submitted = time.monotonic()
    reports = pool.map(work, [repeats] * units, chunksize=1)
    finished = time.monotonic()
    return {"units": units, "submitted": submitted * 1e3, "finished": finished * 1e3, "reports": reports}


if __name__ == "__main__":
    lanes = int(sys.argv[1])
    start = time.perf_counter()
    unit(3)
    repeats = max(1, round(UNIT_SECONDS / ((time.perf_counter() - start) / 3)))
    with multiprocessing.Pool(1) as one, multiprocessing.Pool(lanes) as many:
        phase(one, 1, 1)  # a pool starts its processes in the background: wait until they answer
        phase(many, lanes * 4, 1)
        trials = [{"alone": phase(one, 1, repeats), "together": phase(many, lanes, repeats)} for _ in range(3)]
    print(json.dumps({"lanes": lanes, "trials": trials}))
