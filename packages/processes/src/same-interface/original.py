"""One function run by a thread and by a process, through the one interface of Python's executors.

Prints, for each place, the answer, the error that came back, and whether it ran elsewhere.
"""

import json
import os
import threading
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor


def task(limit):
    if limit < 2:
        raise ValueError(f"limit is {limit}")
    count = 1
    for candidate in range(3, limit, 2):
        divisor = 3
        while divisor * divisor <= candidate and candidate % divisor:
            divisor += 2
        count += divisor * divisor > candidate
    return count, os.getpid(), threading.get_ident()


def run(executor_class):
    with executor_class(1) as executor:
        primes, pid, thread = executor.submit(task, 20_000).result()
        error = executor.submit(task, 1).exception()
    elsewhere = pid != os.getpid() or thread != threading.get_ident()
    return {"primes": primes, "error": f"{type(error).__name__}: {error}", "elsewhere": elsewhere}


if __name__ == "__main__":
    print(json.dumps({"thread": run(ThreadPoolExecutor), "process": run(ProcessPoolExecutor)}))
