"""Two processes each print the numbers 0 to 4, are started, then joined: the post's first program.

Prints its lines as JSON, so that the order can be checked.
"""

import json
import multiprocessing
import os


def print_numbers(name, lines):
    for number in range(5):
        lines.put({"name": name, "pid": os.getpid(), "number": number})


if __name__ == "__main__":
    lines = multiprocessing.Queue()
    processes = [multiprocessing.Process(target=print_numbers, args=(name, lines)) for name in ("A", "B")]
    for process in processes:
        process.start()
    arrived = [lines.get() for _ in range(10)]  # before the join: a process ends only once its queue is read
    for process in processes:
        process.join()
    print(json.dumps(arrived))
