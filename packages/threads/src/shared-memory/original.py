"""What a Python thread changes, and what the thread that started it sees of that. Prints the changes seen as JSON."""

import json
import os
import threading

visits = 0
record = {"count": 0}
numbers = [0]


def change():
    global visits
    visits += 1
    record["count"] += 1
    numbers[0] += 1
    os.environ["COOKBOOK_SHARED_MEMORY"] = "set by the thread"


thread = threading.Thread(target=change)
thread.start()
thread.join()

print(json.dumps({
    "object": record["count"],
    "numbers": numbers[0],
    "module": visits,
    "environment": int(os.environ.get("COOKBOOK_SHARED_MEMORY") == "set by the thread"),
}))
