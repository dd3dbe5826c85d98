"""Two threads count under one threading.Lock: the post's lock, with a witness that counts who is inside.

Prints how often the section was entered, how many updates were lost, and how often two were inside at once.
"""

import json
import sys
import threading

TIMES = 20_000

sys.setswitchinterval(1e-5)  # lets the interpreter change threads as often as it can
lock = threading.Lock()
counter = 0
inside = 0
overlaps = 0


def count():
    global counter, inside, overlaps
    for _ in range(TIMES):
        with lock:
            inside += 1
            overlaps += inside != 1
            counter += 1
            inside -= 1


threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(json.dumps({"entered": 2 * TIMES, "lost": 2 * TIMES - counter, "overlaps": overlaps}))
