"""The largest value of a list is found by max: given the list, or with every element as an argument."""

import json

samples = [index % 100 for index in range(1_000_000)]

empty = None
try:
    max([])
except ValueError as error:
    empty = type(error).__name__

print(json.dumps({"listed": max(samples), "spread": max(*samples), "empty": empty}))
