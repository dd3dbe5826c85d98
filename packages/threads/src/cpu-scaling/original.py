"""CPU-bound work in Python threads: the post's comparison, with every thread's CPU time.

usage: original.py LANES

Does LANES units of work in one thread, then one unit in each of LANES threads, three times over. Prints the times in ms.
"""

import json
import os
import sys
import threading
import time

UNIT_SECONDS = 0.3
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


def work(lane, units, repeats, reports):
    waited, cpu, started = waiting_time(), time.thread_time(), time.monotonic()
    for _ in range(units):
        unit(repeats)
    ended, cpu_at_end, waited_at_end = time.monotonic(), time.thread_time(), waiting_time()
    reports.append({
        "lane": f"{os.getpid()}:{lane}",
        "started": started * 1e3,
        "ended": ended * 1e3,
        "cpu": (cpu_at_end - cpu) * 1e3,
        **({"waited": waited_at_end - waited} if waited is not None else {}),
    })


def phase(lanes, units_each, repeats):
    reports = []
    threads = [threading.Thread(target=work, args=(lane, units_each, repeats, reports)) for lane in range(lanes)]
    submitted = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    finished = time.monotonic()
    return {"units": lanes * units_each, "submitted": submitted * 1e3, "finished": finished * 1e3, "reports": reports}


if __name__ == "__main__":
    lanes = int(sys.argv[1])
    start = time.perf_counter()
    unit(3)
    repeats = max(1, round(UNIT_SECONDS / ((time.perf_counter() - start) / 3)))
    trials = [{"alone": phase(1, 1, repeats), "together": phase(lanes, 1, repeats)} for _ in range(3)]
    print(json.dumps({"lanes": lanes, "trials": trials}))
