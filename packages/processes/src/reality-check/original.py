"""CPU-bound work in Python threads and in Python processes: the post's reality check. Watch the cores while it runs.

usage: original.py threads|processes LANES

Does a unit of work on one lane, then one on each of LANES lanes at once, a few times over, for the speedup; then several
on every lane, to be watched. Prints the times in ms.
"""

import json
import os
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor

TRIALS = 3
KNOWN_PRIMES = 2262  # below 20,000

# At each change of the lock's hands a thread that waits for the lock looks for a moment like one that waits for a core.
# The default, every 5 ms, blurs the measurement; how often it changes hands does not change that one runs at a time.
sys.setswitchinterval(0.1)


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
    """How long this thread has stood in the queue for a core, in ms; None where the system does not tell."""
    try:
        with open("/proc/thread-self/schedstat") as stat:
            return int(stat.read().split()[1]) / 1e6
    except (OSError, ValueError, IndexError):
        return None


def work(repeats):
    waited, cpu, started = waiting_time(), time.thread_time(), time.monotonic()
    unit(repeats)
    ended, cpu_at_end, waited_at_end = time.monotonic(), time.thread_time(), waiting_time()
    return {
        "lane": f"{os.getpid()}:{threading.get_ident()}",
        "started": started * 1e3,
        "ended": ended * 1e3,
        "cpu": (cpu_at_end - cpu) * 1e3,
        **({"waited": waited_at_end - waited} if waited is not None else {}),
    }


def phase(pool, units, repeats):
    submitted = time.monotonic()
    reports = list(pool.map(work, [repeats] * units))
    finished = time.monotonic()
    return {"units": units, "submitted": submitted * 1e3, "finished": finished * 1e3, "reports": reports}


if __name__ == "__main__":
    Pool = {"threads": ThreadPoolExecutor, "processes": ProcessPoolExecutor}[sys.argv[1]]
    lanes = int(sys.argv[2])
    start = time.perf_counter()
    unit(3)
    unit_seconds = max(0.1, 0.6 / lanes)
    repeats = max(1, round(unit_seconds / ((time.perf_counter() - start) / 3)))
    with Pool(1) as one, Pool(lanes) as many:
        phase(one, 1, 1)  # a pool starts its lanes when work arrives
        phase(many, lanes * 4, 1)
        trials = [{"alone": phase(one, 1, repeats), "together": phase(many, lanes, repeats)} for _ in range(TRIALS)]
        watched = phase(many, lanes * 2, repeats)
    print(json.dumps({"lanes": lanes, "trials": trials, "watched": watched}))
