"""Times CPU-bound work on the workers of a Python pool: what the posts' comparisons of speed share.

An original.py calls `measure` with its pool. Every worker reports its CPU time, and how long it waited for a core.
"""

import json
import os
import sys
import threading
import time

KNOWN_PRIMES = 2262  # below 20,000

# Whenever the interpreter lock changes its holder, a thread that waits for the lock looks for a moment like one that
# waits for a core. The default, every 5 ms, blurs the measurement; a longer interval does not change that one thread
# runs at a time.
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
    """How long this thread has waited in the run queue for a core, in ms; None where the system does not say."""
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


def measure(open_pool, lanes, unit_seconds=0.3, trials=3, watched=0):
    """Prints, as JSON and in ms, `trials` comparisons of one unit on one worker with one unit on each of `lanes`.

    `open_pool(n)` opens a pool of n workers with the `map` of concurrent.futures. `watched` units a worker are done once
    more at the end, for whoever watches the cores.
    """
    start = time.perf_counter()
    unit(3)
    repeats = max(1, round(unit_seconds / ((time.perf_counter() - start) / 3)))
    with open_pool(1) as one, open_pool(lanes) as many:
        phase(one, 1, 1)  # a pool starts its workers when work arrives
        phase(many, lanes * 4, 1)
        result = {
            "lanes": lanes,
            "trials": [{"alone": phase(one, 1, repeats), "together": phase(many, lanes, repeats)} for _ in range(trials)],
        }
        if watched:
            result["watched"] = phase(many, lanes * watched, repeats)
    print(json.dumps(result))
