"""Two threads take one threading.RLock, three deep, and count at each depth; a witness counts who is inside.

Prints how often the lock was taken, how many updates were lost, and how often two threads were inside at once.
"""

import json
import sys
import threading

TIMES = 5_000
DEPTH = 3

sys.setswitchinterval(1e-5)  # lets the interpreter change threads as often as it can
lock = threading.RLock()
counter = 0
inside = 0
overlaps = 0


def count_down(depth):
    global counter
    with lock:
        if depth > 1:
            count_down(depth - 1)
        counter += 1


def count():
    global counter, inside, overlaps
    for _ in range(TIMES):
        with lock:
            inside += 1
            overlaps += inside != 1
            count_down(DEPTH - 1)
            counter += 1
            inside -= 1


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

taken = 2 * TIMES * DEPTH
print(json.dumps({"taken": taken, "lost": taken - counter, "overlaps": overlaps}))
