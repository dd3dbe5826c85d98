"""What one thread changes in an object, the other sees."""

import json
import threading

numbers = [10, 20, 30]


def add_one():
    numbers[0] += 1


thread = threading.Thread(target=add_one)
thread.start()
thread.join()

print(json.dumps({"thread": numbers[0]}))
