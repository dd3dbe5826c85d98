"""Lists change in place, tuples do not; and what `+=` makes of either."""

import json

samples = [30, 10, 20]
returned = samples.sort()

first = [1]
second = first
second += [2]

pair = ([1], "label")
error = None
try:
    pair[0] += [2]
except TypeError as raised:
    error = type(raised).__name__

print(json.dumps({
    "sort": repr(returned),
    "listSeen": first == [1, 2],
    "tupleChanged": pair[0] == [1, 2],
    "tupleError": error,
}))
