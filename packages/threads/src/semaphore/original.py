"""FooBar, alternately, by two semaphores: the post's program. Prints the page as JSON."""

import json
import threading

TIMES = 1_000

foo_turn = threading.Semaphore(1)
bar_turn = threading.Semaphore(0)
page = []


def print_in_turn(word, mine, others):
    for _ in range(TIMES):
        mine.acquire()
        page.append(word)
        others.release()


threads = [
    threading.Thread(target=print_in_turn, args=("Foo", foo_turn, bar_turn)),
    threading.Thread(target=print_in_turn, args=("Bar", bar_turn, foo_turn)),
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(json.dumps({"text": "".join(page), "times": TIMES}))
