"""Assigning one variable to another copies the reference: `+=` (or its like) through the second name, seen by the first?

`+=` on a list changes the list; on a tuple, a string or a number it gives the second name a new object.
"""

import json

VALUES = {
    "list": ([1], [2]),
    "set": ({1}, {2}),
    "bytearray": (bytearray(b"a"), b"b"),
    "dict": ({"a": 1}, {"b": 2}),
    "tuple": ((1,), (2,)),
    "str": ("a", "b"),
    "int": (1, 2),
    "bytes": (b"a", b"b"),
}

shared, separate = [], []
for kind, (first, more) in VALUES.items():
    before = repr(first)
    second = first
    if kind in ("set", "dict"):
        second |= more  # on a dict from Python 3.9 on
    else:
        second += more
    (shared if repr(first) != before else separate).append(kind)

print(json.dumps({"shared": shared, "separate": separate}))
