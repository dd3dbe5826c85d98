"""Two threads each print the numbers 0 to 4, are started, then joined: the post's first program.

Prints its lines as JSON, so that the order can be checked.
"""

import json
import threading

lines = []


def print_numbers(name):
    for number in range(5):
        lines.append({"name": name, "number": number})


threads = [threading.Thread(target=print_numbers, args=(name,)) for name in ("A", "B")]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

print(json.dumps(lines))
